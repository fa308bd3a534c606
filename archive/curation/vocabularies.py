"""Sources, themes, actors and formulations in the admin. What a change would do is shown before it is made."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Model, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.actions.vocabulary_changes import NotAccepted, rehearse, weigh_all
from archive.curation.outlooks import told
from archive.curation.uploads import acting_user
from archive.curation.vocabulary_forms import ActorForm, FormulationForm, SourceForm, ThemeForm
from archive.curation.vocabulary_moves import MergeForm, MoveForm, RetireForm, ReviveForm, SplitForm
from archive.models import Actor, Formulation, Source, Theme

NOT_ASKED = ("csrfmiddlewaretoken", "seen", "all")


class VocabularyAdmin(admin.ModelAdmin):
    """Rows are added and changed through the actions, merged rather than deleted, and every change is shown first."""

    moves: dict[str, type[MoveForm]] = {"merge": MergeForm}
    """Word at the end of the address → the form that does it."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        name = self.opts.model_name
        own = [
            path(
                f"<int:pk>/{word}/",
                self.admin_site.admin_view(self.moving(form)),
                name=f"archive_{name}_{word}",
            )
            for word, form in self.moves.items()
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.form(entered(request))
        return self.go(request, form, None, _("Add %s") % self.opts.verbose_name)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        may = self.has_change_permission(request, row)
        if not (may or (request.method == "GET" and self.has_view_permission(request, row))):
            raise PermissionDenied
        form = self.form(entered(request), instance=row)
        for field in form.fields.values():
            field.disabled = field.disabled or not may
        return self.go(request, form, row, str(row))

    def moving(self, form: type[MoveForm]) -> Any:
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            row = get_object_or_404(self.model, pk=pk)
            if not self.has_change_permission(request, row):
                raise PermissionDenied
            return self.go(request, form(entered(request), row=row), row, str(form.title))

        return view

    def go(self, request: HttpRequest, form: Any, row: Model | None, title: str) -> HttpResponse:
        """The form; what it would do; and, when that was seen and it is sent again unchanged, the change itself."""
        outlook = job = None
        if request.method == "POST" and form.is_valid():
            by = acting_user(request)
            try:
                if request.POST.get("seen") == digest(request) and "all" not in request.POST:
                    return self.done(request, form.apply(by))
                rehearsal = rehearse(lambda: form.apply(by))
                outlook = rehearsal.outlook()
                job = weigh_all(rehearsal, by=by) if "all" in request.POST else None
            except NotAccepted as refused:
                form.blame(refused)
        context = self.admin_site.each_context(request) | {
            "title": title,
            "opts": self.opts,
            "row": row,
            "form": form,
            "outlook": told(outlook) if outlook else None,
            "job": job,
            "seen": digest(request),
            "may": row is None or self.has_change_permission(request, row),
            "moves": self.moves_of(row) if isinstance(form, self.form) else [],
        }
        return TemplateResponse(request, "admin/archive/vocabulary/edit.html", context)

    def done(self, request: HttpRequest, numbers: list[int]) -> HttpResponse:
        said = ngettext(
            "Saved. %d document is read again in the background.",
            "Saved. %d documents are read again in the background.",
            len(numbers),
        )
        messages.success(request, said % len(numbers) if numbers else _("Saved. No document has to be read again."))
        return redirect(f"admin:archive_{self.opts.model_name}_changelist")

    def moves_of(self, row: Any) -> list[tuple[str, str]]:
        """(address, words) of what else can be done with a row."""
        if row is None or row.merged_into_id:
            return []
        return [
            (reverse(f"admin:archive_{self.opts.model_name}_{word}", args=[row.pk]), str(form.title))
            for word, form in self.moves.items()
            if word != ("retire" if getattr(row, "retired", False) else "revive")
        ]


def entered(request: HttpRequest) -> Any:
    """A form without fields is filled in by being sent."""
    return request.POST if request.method == "POST" else None


def digest(request: HttpRequest) -> str:
    """Of what was filled in, to know whether it is what was shown."""
    values = sorted((name, sent) for name, sent in request.POST.lists() if name not in NOT_ASKED)
    return hashlib.sha256(json.dumps([request.path, values]).encode()).hexdigest()


@admin.register(Source)
class SourceAdmin(VocabularyAdmin):
    form = SourceForm
    list_display = ("slug", "name_en", "name_zh", "kind", "parent", "place", "merged_into")
    list_filter = ("kind",)
    list_select_related = ("parent", "merged_into")
    search_fields = ("slug", "name_en", "name_zh", "aliases")


@admin.register(Theme)
class ThemeAdmin(VocabularyAdmin):
    form = ThemeForm
    moves = {"merge": MergeForm, "retire": RetireForm, "revive": ReviveForm}
    list_display = ("in_tree", "key", "name_zh", "order", "standing")
    list_filter = ("retired",)
    search_fields = ("key", "name_en", "name_zh")
    ordering = (Coalesce("parent__order", "order"), F("parent").asc(nulls_first=True), "order")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Theme]:
        return super().get_queryset(request).select_related("parent", "merged_into")

    @admin.display(description=gettext_lazy("theme"))
    def in_tree(self, theme: Theme) -> str:
        """Themes of the second level stand below theirs, set in."""
        return f"└ {theme.name}" if theme.parent_id else theme.name

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, theme: Theme) -> str:
        if theme.merged_into:
            return _("merged into %s") % theme.merged_into
        return _("no longer given") if theme.retired else _("in use")


@admin.register(Actor)
class ActorAdmin(VocabularyAdmin):
    form = ActorForm
    moves = {"merge": MergeForm, "split": SplitForm}
    list_display = ("slug", "name_en", "name_zh", "merged_into")
    list_select_related = ("merged_into",)
    search_fields = ("slug", "name_en", "name_zh", "aliases")


@admin.register(Formulation)
class FormulationAdmin(VocabularyAdmin):
    form = FormulationForm
    moves = {"merge": MergeForm, "split": SplitForm}
    list_display = ("slug", "text_en", "text_zh", "kind", "discovered", "merged_into")
    list_filter = ("discovered", "kind")
    list_select_related = ("merged_into",)
    search_fields = ("slug", "text_en", "text_zh", "variants")
