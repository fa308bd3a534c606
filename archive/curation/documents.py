"""Documents in the admin: preview of what was read, publishing, correcting, withdrawing."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from archive.actions.corrections import correct_metadata
from archive.actions.documents import NotPossible, discard, publish, withdraw
from archive.curation import access
from archive.curation.forms import MetadataForm, WithdrawalForm
from archive.curation.uploads import acting_user, preview_address
from archive.models import Document
from archive.models.documents import DocumentQuerySet
from archive.reader.rendering import Layer, Mark, marked
from archive.spans import Span

BOILERPLATE = (("class", "boilerplate"),)
MARKER = (("class", "marker"),)
FORMULATION = (("class", "formulation"),)


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    """Documents are made from uploads and never deleted."""

    form = MetadataForm
    list_display = ("title", "state", "kind", "language", "issuer", "found_at", "issued_on", "created_at")
    list_filter = ("state", "language", "kind", "themes")
    search_fields = ("title", "number")
    list_select_related = ("issuer", "found_at")
    change_form_template = "admin/archive/document/change.html"

    def get_queryset(self, request: HttpRequest) -> DocumentQuerySet:
        return Document.objects.seen_in_curation_by(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", view(self.preview), name="archive_document_preview"),
            path("<int:pk>/publish/", view(self.publish), name="archive_document_publish"),
            path("<int:pk>/discard/", view(self.discard), name="archive_document_discard"),
            path("<int:pk>/withdraw/", view(self.withdraw), name="archive_document_withdraw"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Document, form: MetadataForm, change: bool) -> None:
        correct_metadata(document=obj, changed=form.changed_data, by=acting_user(request))

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        document = get_object_or_404(Document.objects.select_related("upload", "issuer", "found_at"), pk=pk)
        access.require(request, document, "see")
        context = self.admin_site.each_context(request) | {
            "title": _("Preview"),
            "subtitle": document.title,
            "opts": self.opts,
            "document": document,
            "text": marked(document.text, reading_marks(document)),
            "sections": document.sections.exclude(path="0"),
            "directives": document.directives.filter(retired_at=None)
            .select_related("actor")
            .prefetch_related("themes"),
            "occurrences": document.occurrences.select_related("formulation"),
            "themes": document.documenttheme_set.select_related("theme"),
            "facts": facts_of(document),
            "withdrawal": WithdrawalForm(),
            "may": access.rights(request.user, document),
        }
        return TemplateResponse(request, "admin/archive/document/preview.html", context)

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.act(request, pk, publish, _("Published. Readers find it within seconds."))

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.act(request, pk, discard, _("Discarded. The file is kept and can be read again."))

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        reason = request.POST.get("reason", "")
        return self.act(request, pk, withdraw, _("Withdrawn. Its address now says that it is gone."), reason=reason)

    def act(
        self, request: HttpRequest, pk: int, action: Callable[..., None], done: str, **details: str
    ) -> HttpResponse:
        """Carry out the action on a POST and return to the preview, with what happened or why it could not."""
        document = get_object_or_404(Document.objects.select_related("upload"), pk=pk)
        access.require(request, document, action.__name__)
        if request.method != "POST":
            raise PermissionDenied
        try:
            action(document=document, by=acting_user(request), **details)
        except NotPossible as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done)
        return redirect(preview_address(document))


def reading_marks(document: Document) -> list[Mark]:
    """What was read, as marks on the text: boilerplate, markers of sections, directives, formulations."""
    boilerplate = [
        Mark(Span(start, end), Layer.DIRECTIVE, "span", BOILERPLATE) for start, end, _kind in document.boilerplate
    ]
    markers = [
        Mark(Span(section.start, section.start + len(section.marker)), Layer.FORMULATION, "span", MARKER)
        for section in document.sections.exclude(path="0")
    ]
    directives = [
        Mark(row.span, Layer.DIRECTIVE, "span", (("class", f"directive {row.modality}"),))
        for row in document.directives.filter(retired_at=None)
    ]
    formulations = [Mark(row.span, Layer.FORMULATION, "span", FORMULATION) for row in document.occurrences.all()]
    return [*boilerplate, *markers, *directives, *formulations]


def facts_of(document: Document) -> list[tuple[str, object, str]]:
    """(label, value, the rule that found it) of the metadata, found or not."""
    rows = [
        (_("Kind"), document.get_kind_display(), "kind"),
        (_("Language"), document.get_language_display(), ""),
        (_("Number"), document.number, "number"),
        (_("Issued by"), document.issuer, "issuer"),
        (_("Issued on"), document.issued_on, "issued_on"),
        (_("Found at"), document.found_at, "found_at"),
        (_("Category"), document.category, "category"),
        (_("Addressed to"), ", ".join(document.addressees), ""),
    ]
    return [(label, value, document.facts.get(key, {}).get("rule", "")) for label, value, key in rows]
