"""What administrators fill in for the vocabularies. Each form applies itself through an action."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.actions import vocabulary_names, vocabulary_sources, vocabulary_themes
from archive.actions.vocabulary_changes import NotAccepted
from archive.actions.vocabulary_checks import nameless
from archive.models import Actor, Formulation, Source, Theme

_CUE = re.compile(r"(?P<weight>\d+(?:[.,]\d+)?)\s+(?P<phrase>\S.*)")
LANGUAGE_NAMES = {"en": gettext_lazy("English"), "zh": gettext_lazy("Chinese")}
NAME_LABELS = {"name_en": gettext_lazy("Name in English"), "name_zh": gettext_lazy("Name in Chinese")}


class CuesField(forms.CharField):
    """One cue a line, its weight first; cleaned to phrase → weight."""

    widget = forms.Textarea(attrs={"rows": 16, "cols": 60, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return (
            "\n".join(f"{weight:g} {phrase}" for phrase, weight in value.items()) if isinstance(value, dict) else value
        )

    def to_python(self, value: Any) -> Any:
        cues: dict[str, float] = {}
        for number, line in enumerate((value or "").splitlines(), start=1):
            if not line.strip():
                continue
            found = _CUE.fullmatch(line.strip())
            if not found:
                raise ValidationError(
                    _("Line %(number)d, “%(line)s”: write the weight, a space and the phrase, like “3 mass line”."),
                    params={"number": number, "line": line.strip()[:80]},
                )
            phrase = " ".join(found["phrase"].split())
            if phrase in cues:
                raise ValidationError(
                    _("Line %(number)d: “%(phrase)s” is there twice; keep one of the two."),
                    params={"number": number, "phrase": phrase},
                )
            cues[phrase] = float(found["weight"].replace(",", "."))
        return cues


class LinesField(forms.CharField):
    """One entry a line; cleaned to a list without empty lines."""

    widget = forms.Textarea(attrs={"rows": 8, "cols": 60})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line for raw in (value or "").splitlines() if (line := " ".join(raw.split()))]


class Applied:
    """A form that says what cannot stand beside the field that it concerns."""

    fields: dict[str, forms.Field]
    either: tuple[str, str] | None = None
    """Two fields of which one has to be filled in."""

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        if self.either and not (self.errors.keys() & {*self.either}):  # type: ignore[attr-defined]
            for message in nameless(*(self.cleaned_data[field] for field in self.either)):  # type: ignore[attr-defined]
                self.add_error(self.either[0], message)  # type: ignore[attr-defined]
        return cleaned

    def blame(self, refused: NotAccepted) -> None:
        for field, messages in refused.complaints.items():
            for message in messages:
                self.add_error(field if field in self.fields else None, message)  # type: ignore[attr-defined]


class ThemeForm(Applied, forms.ModelForm):
    cues_en = CuesField(label=gettext_lazy("Cue phrases in English"), required=False)
    cues_zh = CuesField(
        label=gettext_lazy("Cue phrases in Chinese"),
        required=False,
        help_text=gettext_lazy(
            "One a line: the weight (above 0, at most 9; a strong cue weighs 3 or 4), a space, the phrase. English "
            "phrases are found in all forms of their words; =word stands for exactly that form."
        ),
    )

    class Meta:
        model = Theme
        fields = ("key", *vocabulary_themes.FIELDS)
        labels = NAME_LABELS | {
            "definition_en": gettext_lazy("Definition in English"),
            "definition_zh": gettext_lazy("Definition in Chinese"),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 2, "cols": 60}) for name in ("definition_en", "definition_zh")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = Theme.objects.filter(parent=None, retired=False).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
        self.fields["order"].required = False
        self.fields["key"].disabled = self.instance.pk is not None
        for language, cues in vocabulary_themes.cues_of(self.instance).items():
            self.fields[f"cues_{language}"].initial = cues

    def clean_order(self) -> int:
        return self.cleaned_data.get("order") or 0

    def apply(self, by: User) -> list[int]:
        cues = {language: self.cleaned_data[f"cues_{language}"] for language in LANGUAGE_NAMES}
        return vocabulary_themes.save_theme(theme=self.instance, cues=cues, by=by)


class NamesForm(Applied, forms.ModelForm):
    """Of an actor or a formulation."""

    words_en = LinesField(label=gettext_lazy("Other words in English"), required=False)
    words_zh = LinesField(
        label=gettext_lazy("Other words in Chinese"),
        required=False,
        help_text=gettext_lazy("One a line: the words by which texts speak of it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].disabled = self.instance.pk is not None
        for language, names in vocabulary_names.names_of(self.instance).items():
            self.fields[f"words_{language}"].initial = names

    def apply(self, by: User) -> list[int]:
        names = {language: self.cleaned_data[f"words_{language}"] for language in LANGUAGE_NAMES}
        return vocabulary_names.save_names(row=self.instance, names=names, by=by)


class ActorForm(NamesForm):
    class Meta:
        model = Actor
        fields = ("slug", "name_en", "name_zh")
        labels = NAME_LABELS


class FormulationForm(NamesForm):
    either = ("text_en", "text_zh")

    class Meta:
        model = Formulation
        fields = ("slug", "text_en", "text_zh", "kind")
        labels = {"text_en": gettext_lazy("Words in English"), "text_zh": gettext_lazy("Words in Chinese")}


class SourceForm(Applied, forms.ModelForm):
    either = ("name_en", "name_zh")
    aliases = LinesField(
        label=gettext_lazy("Other names"), required=False, help_text=gettext_lazy("One a line, as texts give them.")
    )

    class Meta:
        model = Source
        fields = ("slug", *vocabulary_sources.FIELDS)
        labels = NAME_LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].disabled = self.instance.pk is not None
        others = Source.objects.filter(merged_into=None).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]

    def apply(self, by: User) -> list[int]:
        return vocabulary_sources.save_source(source=self.instance, by=by)
