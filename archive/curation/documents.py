"""Documents in the admin: preview of what was read, publishing, correcting, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from archive.actions.documents import NotPossible, discard, publish, withdraw
from archive.actions.revisions import ChangedMeanwhile
from archive.curation import access, bulk, correcting, files, history, preview
from archive.curation.uploads import acting_user, preview_address
from archive.models import Document
from archive.models.documents import DocumentQuerySet


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    """Documents are made from uploads and never deleted."""

    list_display = ("title", "state", "kind", "language", "issuer", "found_at", "issued_on", "created_at")
    list_filter = ("state", "language", "kind", "themes")
    search_fields = ("title", "number")
    list_select_related = ("issuer", "found_at")
    actions = bulk.ACTIONS

    def get_queryset(self, request: HttpRequest) -> DocumentQuerySet:
        return Document.objects.seen_in_curation_by(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", view(preview.preview), name="archive_document_preview"),
            path("<int:pk>/metadata/", view(preview.correct), name="archive_document_metadata"),
            path("<int:pk>/encoding/", view(files.encoding), name="archive_document_encoding"),
            path("<int:pk>/replace/", view(files.replace), name="archive_document_replace"),
            path("<int:pk>/compare/<int:other>/", view(files.compare), name="archive_document_compare"),
            path("<int:pk>/versions/<int:number>/", view(files.version), name="archive_document_version"),
            path("<int:pk>/versions/<int:number>/file/", view(files.file), name="archive_document_file"),
            path("<int:pk>/correct/", view(correcting.correct), name="archive_document_correct"),
            path("<int:pk>/publish/", view(self.publish), name="archive_document_publish"),
            path("<int:pk>/discard/", view(self.discard), name="archive_document_discard"),
            path("<int:pk>/withdraw/", view(self.withdraw), name="archive_document_withdraw"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """A document is looked at and corrected in its preview."""
        document = self.get_object(request, object_id)
        if document is None:
            raise Http404("There is no document of this number for this person.")
        return redirect(preview_address(document))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history.of_document(request, self.get_object(request, object_id))

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
        revision = request.POST.get("revision", "")[:9]
        seen = int(revision) if revision.isdecimal() else None
        try:
            action(document=document, by=acting_user(request), revision=seen, **details)
        except NotPossible as error:
            messages.error(request, str(error))
        except ChangedMeanwhile as error:
            messages.error(request, _("%(what)s Here is the document as it is now.") % {"what": error})
        else:
            messages.success(request, done)
        return redirect(preview_address(document))
