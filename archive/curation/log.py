"""The log of the whole archive: which rows it is made of, by which filters, page by page."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.curation import timeline
from archive.curation.timeline import Entry
from archive.models import Decision, Upload, VocabularyChange

ON_A_PAGE = 50
DECISION, UPLOAD, VOCABULARY = "decision", "upload", "vocabulary"
KINDS = (("", _("everything")), (DECISION, _("documents")), (UPLOAD, _("uploads")), (VOCABULARY, _("vocabularies")))


class LogForm(forms.Form):
    """What the log is narrowed to; a value that is none is left out and said."""

    kind = forms.ChoiceField(label=_("What"), choices=KINDS, required=False)
    by = forms.ModelChoiceField(
        User.objects.order_by("username"), label=_("Who"), to_field_name="username", required=False
    )
    document = forms.IntegerField(
        label=_("Document"), min_value=1, max_value=2**31, required=False, widget=forms.NumberInput(attrs={"size": 8})
    )
    verb = forms.ChoiceField(label=_("Did"), choices=[("", "–"), *Decision.Verb.choices], required=False)
    first = forms.DateField(
        label=pgettext_lazy("first day", "From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=pgettext_lazy("last day", "To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


def rows(asked: dict[str, Any]) -> QuerySet[Any, dict[str, Any]]:
    """(source, number, at) of everything that the filters leave, the newest first."""
    parts = [
        part(decisions(asked), DECISION, "made_at", "made_by", asked),
        part(uploads(asked), UPLOAD, "received_at", "received_by", asked),
        part(changes(asked), VOCABULARY, "made_at", "made_by", asked),
    ]
    return parts[0].union(*parts[1:], all=True).order_by("-at", "-number")


def decisions(asked: dict[str, Any]) -> QuerySet[Decision]:
    found = Decision.objects.all()
    if asked.get("document"):
        found = found.filter(document=asked["document"])
    return found.filter(verb=asked["verb"]) if asked.get("verb") else found


def uploads(asked: dict[str, Any]) -> QuerySet[Upload]:
    if asked.get("verb"):
        return Upload.objects.none()
    return Upload.objects.filter(documents=asked["document"]) if asked.get("document") else Upload.objects.all()


def changes(asked: dict[str, Any]) -> QuerySet[VocabularyChange]:
    if asked.get("document"):
        return VocabularyChange.objects.none()
    return VocabularyChange.objects.filter(verb=asked["verb"]) if asked.get("verb") else VocabularyChange.objects.all()


def part(found: QuerySet[Any], source: str, at: str, by: str, asked: dict[str, Any]) -> QuerySet[Any, Any]:
    """The rows of one source that the other filters leave, under shared names."""
    if asked.get("kind") not in (None, "", source):
        found = found.none()
    if asked.get("by"):
        found = found.filter(**{by: asked["by"]})
    if asked.get("first"):
        found = found.filter(**{f"{at}__gte": moment(asked["first"], time.min)})
    if asked.get("last"):
        found = found.filter(**{f"{at}__lte": moment(asked["last"], time.max)})
    named = found.order_by().annotate(source=Value(source, CharField()), number=F("pk"), at=F(at))
    return named.values("source", "number", "at")


def moment(day: date, of_day: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, of_day))


def page(asked: dict[str, Any], number: str) -> tuple[Page, list[Entry]]:
    """One page of the log, with its entries in order; six questions to the database whatever its length."""
    found = Paginator(rows(asked), ON_A_PAGE).get_page(number)
    chosen: dict[str, list[int]] = {DECISION: [], UPLOAD: [], VOCABULARY: []}
    for row in found:
        chosen[row["source"]].append(row["number"])
    entries = {(source, pk): entry for source, pks in chosen.items() for pk, entry in entries_of(source, pks)}
    return found, [entries[row["source"], row["number"]] for row in found]


def entries_of(source: str, pks: list[int]) -> list[tuple[int, Entry]]:
    if source == DECISION:
        decisions = Decision.objects.filter(pk__in=pks).select_related("made_by", "document").defer("document__text")
        return [(each.pk, timeline.decided(each, each.document)) for each in decisions]
    if source == UPLOAD:
        return [
            (each.pk, timeline.uploaded(each))
            for each in Upload.objects.filter(pk__in=pks).select_related("received_by")
        ]
    changes = VocabularyChange.objects.filter(pk__in=pks).select_related("made_by")
    return [(each.pk, timeline.vocabulary_changed(each)) for each in changes]
