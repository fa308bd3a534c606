"""Words of a text, chosen by quoting them or with the mouse, and what they say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.actions.directives import values_of
from archive.actions.orders import Values
from archive.models import Actor, Directive, Document, Section, Theme
from archive.spans import Finder, Span


class ThemeChoice(forms.ModelMultipleChoiceField):
    """Themes by their keys; one that is retired can be kept and not given."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Theme.objects.filter(retired=False),
            to_field_name="key",
            label=gettext_lazy("Themes"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **options,
        )


class SaysForm(forms.Form):
    """What a directive says."""

    modality = forms.ChoiceField(
        label=gettext_lazy("Modality"), choices=Directive.Modality.choices, widget=forms.RadioSelect, required=False
    )
    actor = forms.CharField(
        label=gettext_lazy("Who is directed, in the words of the text"), max_length=300, required=False
    )
    actor_key = forms.ModelChoiceField(
        Actor.objects.filter(merged_into=None),
        to_field_name="slug",
        label=gettext_lazy("Actor of the vocabulary"),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    themes = ThemeChoice()

    @property
    def values(self) -> Values:
        said = self.cleaned_data
        return Values(
            modality=said["modality"],
            actor=said["actor"],
            actor_key=said["actor_key"].slug if said["actor_key"] else "",
            themes=[theme.key for theme in said["themes"]],
        )


class WordsForm(SaysForm):
    """Words of one document, and what they say as a directive. `near` is where the mouse chose them, in characters."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Select them in the text, or paste them here exactly as they stand."),
    )
    nth = forms.IntegerField(label=gettext_lazy("Which one, if they occur several times"), required=False, min_value=1)
    near = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("words", "section", "nth", "near", "modality", "actor", "actor_key", "themes")

    def __init__(self, *given: Any, document: Document, sections: list[Section], **options: Any) -> None:
        super().__init__(*given, **options)
        self.document, self.sections = document, {section.path: section for section in sections}
        choices = [("", _("the whole document")), *((one.path, label(one)) for one in sections)]
        self.fields["section"] = forms.ChoiceField(label=_("Only in section"), required=False, choices=choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("words", "").strip():
            self.find(cleaned)
        return cleaned

    def find(self, cleaned: dict[str, Any]) -> None:
        """Put the span of the words under `span`, or say why it is not known which are meant."""
        found = self.places(cleaned)
        if not found:
            self.add_error("words", _("These words are not in the text. Copy them exactly as they stand."))
        elif len(found) > 1 and not cleaned.get("nth"):
            message = _("These words occur %(count)d times. Say which one you mean, or quote more of them.")
            self.add_error("nth", ValidationError(message, params={"count": len(found)}))
        elif (nth := cleaned.get("nth") or 1) > len(found):
            message = _("These words occur only %(count)d times.")
            self.add_error("nth", ValidationError(message, params={"count": len(found)}))
        else:
            cleaned["span"] = found[nth - 1]

    def places(self, cleaned: dict[str, Any]) -> list[Span]:
        found = Finder(self.document.text).every(cleaned["words"])
        section = self.sections.get(cleaned.get("section", ""))
        near = cleaned.get("near")
        if section:
            found = [span for span in found if section.start <= span.start < section.own_end]
        if near is not None and found and not cleaned.get("nth"):
            found = [min(found, key=lambda span: abs(span.start - near))]
        return found

    @property
    def span(self) -> Span:
        """The words chosen; an empty span if there are none, which the actions refuse."""
        return self.cleaned_data.get("span") or Span(0, 0)


def label(section: Section) -> str:
    return f"{section.path}  {section}"[:80] if section.level else _("before the first section")


def initial(directive: Directive) -> dict[str, Any]:
    """What stands in the form for a directive."""
    values = values_of(directive)
    return {**values, "words": directive.quote, "near": directive.start}
