"""Forms that merge, split, retire: each applies itself to one row of a vocabulary through an action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Model
from django.utils.translation import gettext_lazy

from archive.actions.vocabulary_names import merge_named, names_of, split_named
from archive.actions.vocabulary_sources import merge_sources
from archive.actions.vocabulary_themes import merge_themes, retire_theme, revive_theme
from archive.curation.vocabulary_forms import LANGUAGE_NAMES, Applied
from archive.models import Actor, Formulation, Source, Theme


class MoveForm(Applied, forms.Form):
    """Without fields of its own: what is done needs no more than a confirmation."""

    title = gettext_lazy("Change")
    about: Any = ""

    def __init__(self, data: Any = None, *, row: Any) -> None:
        super().__init__(data)
        self.row = row


class RetireForm(MoveForm):
    title = gettext_lazy("No longer give this theme")
    about = gettext_lazy("Documents lose it, unless a person gave it. Its page stays, with a notice.")

    def apply(self, by: User) -> list[int]:
        return retire_theme(theme=self.row, by=by)


class ReviveForm(MoveForm):
    title = gettext_lazy("Give this theme again")
    about = gettext_lazy("Documents with its cues get it again.")

    def apply(self, by: User) -> list[int]:
        return revive_theme(theme=self.row, by=by)


class MergeForm(MoveForm):
    title = gettext_lazy("Merge into another")
    about = gettext_lazy("Everything that has this one has the other instead, and its address leads there.")
    into: Any = forms.ModelChoiceField(Theme.objects.none(), label=gettext_lazy("Merge into"))

    def __init__(self, data: Any = None, *, row: Model) -> None:
        super().__init__(data, row=row)
        others = type(row)._default_manager.filter(merged_into=None).exclude(pk=row.pk)
        self.fields["into"].queryset = others.exclude(retired=True) if isinstance(row, Theme) else others  # type: ignore[attr-defined]

    def apply(self, by: User) -> list[int]:
        into = self.cleaned_data["into"]
        if isinstance(self.row, Theme):
            return merge_themes(theme=self.row, into=into, by=by)
        if isinstance(self.row, Source):
            return merge_sources(source=self.row, into=into, by=by)
        return merge_named(row=self.row, into=into, by=by)


class SplitForm(MoveForm):
    """The words that go are ticked; the new one gets names of its own."""

    title = gettext_lazy("Split")
    about = gettext_lazy("The words that you tick become those of a new one, with all that was read by them.")
    moving_en: Any = forms.MultipleChoiceField(
        label=gettext_lazy("English words that go"), required=False, widget=forms.CheckboxSelectMultiple
    )
    moving_zh: Any = forms.MultipleChoiceField(
        label=gettext_lazy("Chinese words that go"), required=False, widget=forms.CheckboxSelectMultiple
    )
    name_en: Any = forms.CharField(label=gettext_lazy("New name in English"), max_length=200)
    name_zh: Any = forms.CharField(label=gettext_lazy("New name in Chinese"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, row: Actor | Formulation) -> None:
        super().__init__(data, row=row)
        for language, names in names_of(row).items():
            self.fields[f"moving_{language}"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]

    def new(self) -> Actor | Formulation:
        english, chinese = self.cleaned_data["name_en"], self.cleaned_data["name_zh"]
        if isinstance(self.row, Actor):
            return Actor(name_en=english, name_zh=chinese)
        return Formulation(text_en=english, text_zh=chinese, kind=self.row.kind)

    def apply(self, by: User) -> list[int]:
        moving = {language: self.cleaned_data[f"moving_{language}"] for language in LANGUAGE_NAMES}
        return split_named(row=self.row, moving=moving, new=self.new(), by=by)
