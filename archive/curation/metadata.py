"""The metadata of a document, edited in place: where each piece came from, and two people at the same form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.actions.corrections import METADATA
from archive.actions.documents import FIELDS_OF_FACTS
from archive.actions.revisions import ChangedMeanwhile
from archive.curation.concerns import is_given
from archive.models import Decision, Document


class MetadataForm(forms.ModelForm):
    """What a person may correct of a document's metadata; the text itself is never edited.

    The form remembers what it was filled in over, so that only what the person changed counts as changed.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Document
        fields = METADATA
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}
        labels = {
            "title": gettext_lazy("Title"),
            "kind": gettext_lazy("Kind"),
            "language": gettext_lazy("Language"),
            "translation": gettext_lazy("Translation"),
            "number": gettext_lazy("Document number"),
            "issuer": gettext_lazy("Issued by"),
            "found_at": gettext_lazy("Found at"),
            "category": gettext_lazy("Category"),
            "url": gettext_lazy("Web address"),
            "issued_on": gettext_lazy("Date"),
            "issued_precision": gettext_lazy("Date known to the"),
        }
        help_texts = {
            "translation": gettext_lazy("Whether the text is a translation; empty: not known."),
            "number": gettext_lazy("In its normal form, e.g. 公通字〔2013〕12号."),
            "category": gettext_lazy("The section of the site that it was found in."),
            "url": gettext_lazy("Where the copy was found."),
            "issued_on": gettext_lazy("The first day of the month or year where no more is known: 2017-02-01."),
            "found_at": gettext_lazy("The web site or newspaper that the copy is from."),
        }

    def __init__(self, *args: object, may_correct: bool = True, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["revision"].initial = self.instance.revision
        for name in METADATA:
            self.fields[name].show_hidden_initial = True
            self.fields[name].disabled = not may_correct

    @property
    def changed(self) -> list[str]:
        return [name for name in self.changed_data if name in METADATA]

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if bool(cleaned.get("issued_on")) != bool(cleaned.get("issued_precision")):
            self.add_error(
                "issued_precision",
                ValidationError(
                    _("Give the date and how exactly it is known (year, month or day), or leave both empty.")
                ),
            )
        return cleaned


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of the form; in words where its value came from, and the words of the text that say it."""

    field: forms.BoundField
    origin: str
    quote: str = ""

    @property
    def anchor(self) -> str:
        """The fragment that leads to its words in the text."""
        return f"read-{self.field.name}"


@dataclass(frozen=True, slots=True)
class Change:
    """A field that another person changed meanwhile."""

    label: str
    before: str
    after: str


def entries(form: MetadataForm, document: Document) -> list[Entry]:
    given = who_gave(document.decisions.filter(verb=Decision.Verb.CHANGED).select_related("made_by"))
    return [Entry(form[name], origin(document, name, given), quote(document, name)) for name in METADATA]


def who_gave(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Field → the last decision that stands and set it."""
    found: dict[str, Decision] = {}
    for decision in decisions:
        if decision.layer == Decision.Layer.DOCUMENT and decision.undone_at is None:
            for field in decision.data:
                found.setdefault(field, decision)
    return found


def origin(document: Document, name: str, given: dict[str, Decision]) -> str:
    """Where the value of a field came from."""
    field = "issued_on" if name == "issued_precision" else name
    if is_given(document, name):
        return by_whom(given[name]) if name in given else _("given with the file")
    if field in document.facts:
        return _("read by the rule %(rule)s") % {"rule": document.facts[field]["rule"]}
    if name == "language":
        return _("by the characters of the text")
    if name == "title":
        return _("not in the text: its first words, or the name that the file states")
    if getattr(document, name) not in ("", None, Document.Kind.OTHER):
        return ""
    return _("not found in the text") if field in FIELDS_OF_FACTS.values() else _("not known")


def by_whom(decision: Decision) -> str:
    who = decision.made_by.get_username() if decision.made_by else _("the archive itself")
    return _("given by %(who)s on %(day)s") % {"who": who, "day": decision.made_at.date().isoformat()}


def quote(document: Document, name: str) -> str:
    """The words of the text that a value was read from, "" where there are none."""
    start, end = document.facts.get(name, {}).get("span") or (0, 0)
    return document.text[start:end]


def over_the_new(form: MetadataForm, document: Document) -> MetadataForm:
    """The same entries over the document as it is now: what the person changed stays, all else is as it now stands."""
    fresh = MetadataForm(instance=document)
    data = QueryDict(mutable=True)
    data["revision"] = str(document.revision)
    for name in METADATA:
        now = fresh[name].value()
        data[f"initial-{name}"] = "" if now is None else str(now)
        entered = str(form.data.get(name, "")) if name in form.changed else None
        data[name] = str(data[f"initial-{name}"]) if entered is None else entered
    return MetadataForm(data, instance=document)


def changes_told(error: ChangedMeanwhile) -> list[Change]:
    """What was changed of the metadata meanwhile, field by field."""
    labels = {name: str(field.label or name) for name, field in MetadataForm.base_fields.items()}
    return [
        Change(labels[name], str(values[0]), str(values[1]))
        for decision in error.decisions
        for name, values in decision.data.items()
        if name in labels
    ]
