"""Who did what and when: of one document, and of the whole archive."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.curation import access, timeline
from archive.curation.log import LogForm, page
from archive.models import Decision, Document, VocabularyChange

PERMISSION = "archive.view_decision"


@require_safe
def of_document(request: HttpRequest, document: Document | None) -> HttpResponse:
    if document is None:
        raise Http404
    access.require(request, document, "see")
    context = admin.site.each_context(request) | {
        "title": _("History"),
        "subtitle": document.title,
        "document": document,
        "entries": timeline.of_document(document),
    }
    return TemplateResponse(request, "admin/archive/document/history.html", context)


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    form = LogForm(request.GET)
    form.is_valid()
    pages, entries = page(form.cleaned_data, request.GET.get("page", "1"))
    context = admin.site.each_context(request) | {
        "title": _("History of the archive"),
        "form": form,
        "pages": pages,
        "entries": entries,
    }
    return TemplateResponse(request, "admin/archive/log.html", context)


class RecordAdmin(admin.ModelAdmin):
    """A record to read; nothing here is added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    list_display = ("made_at", "made_by", "verb", "layer", "document")
    list_filter = ("verb", "layer")
    list_select_related = ("made_by", "document")


@admin.register(VocabularyChange)
class VocabularyChangeAdmin(RecordAdmin):
    list_display = ("made_at", "made_by", "kind", "name", "verb", "documents")
    list_filter = ("kind", "verb", "made_by")
    list_select_related = ("made_by",)
    search_fields = ("name",)
