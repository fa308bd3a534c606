"""Sources, themes, actors and formulations in the admin, and the decisions of people to look at."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from archive.models import Actor, Decision, Formulation, Source, Theme


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ("slug", "name_en", "name_zh", "kind", "parent", "place")
    list_filter = ("kind",)
    search_fields = ("slug", "name_en", "name_zh")
    prepopulated_fields = {"slug": ("name_en",)}


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    list_display = ("key", "name_en", "name_zh", "order", "retired")
    list_editable = ("order",)


@admin.register(Actor)
class ActorAdmin(admin.ModelAdmin):
    list_display = ("slug", "name_en", "name_zh")
    search_fields = ("slug", "name_en", "name_zh")


@admin.register(Formulation)
class FormulationAdmin(admin.ModelAdmin):
    list_display = ("slug", "text_en", "text_zh", "kind", "discovered")
    list_filter = ("discovered", "kind")
    search_fields = ("slug", "text_en", "text_zh")


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """A record to read; nothing here is added, changed or deleted by hand."""

    list_display = ("made_at", "made_by", "verb", "layer", "document")
    list_filter = ("verb", "layer")
    list_select_related = ("made_by", "document")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return False
