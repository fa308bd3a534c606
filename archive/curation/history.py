"""Who did what and when: of one document, and of the whole archive."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from archive.models import Decision, VocabularyChange


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
