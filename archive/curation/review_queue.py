"""Which suggestions wait, in which order, and how far the work is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from archive.models import Actor, Directive, Document, Source, Theme
from archive.models.annotations import DirectiveQuerySet

SETTLED = ~Q(status=Directive.Status.SUGGESTED)
VIEWS = ("", "list", "documents")


class QueueForm(forms.Form):
    """The filters of the queue; what is not understood is said and left out."""

    theme = forms.ModelChoiceField(Theme.objects.all(), to_field_name="key", required=False, label=_("Theme"))
    actor = forms.ModelChoiceField(Actor.objects.all(), to_field_name="slug", required=False, label=_("Actor"))
    modality = forms.ChoiceField(
        choices=[("", "---------"), *Directive.Modality.choices], required=False, label=_("Modality")
    )
    source = forms.ModelChoiceField(Source.objects.all(), to_field_name="slug", required=False, label=_("Source"))
    language = forms.ChoiceField(
        choices=[("", "---------"), *Document.Language.choices], required=False, label=_("Language")
    )
    kind = forms.ChoiceField(choices=[("", "---------"), *Document.Kind.choices], required=False, label=_("Kind"))
    below = forms.FloatField(
        required=False,
        min_value=0,
        max_value=1,
        label=_("Confidence below"),
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )
    document = forms.IntegerField(required=False, min_value=1, max_value=10**9, label=_("Document number"))
    view = forms.ChoiceField(choices=[(view, view) for view in VIEWS], required=False, widget=forms.HiddenInput)

    def value(self, name: str) -> Any:
        """What was asked for; None, or "" for a view, where it was not or was not understood."""
        self.is_valid()
        return self.cleaned_data.get(name) or ("" if name == "view" else None)

    def all(self) -> DirectiveQuerySet:
        """Settled or not, in documents that are or may be published."""
        rows = Directive.objects.standing().filter(document__state__in=Document.LIVE)
        conditions = {
            "theme": "themes",
            "actor": "actor",
            "modality": "modality",
            "language": "document__language",
            "kind": "document__kind",
            "below": "confidence__lt",
            "document": "document",
        }
        wanted = {field: self.value(name) for name, field in conditions.items() if self.value(name)}
        rows = rows.filter(**wanted)
        source = self.value("source")
        return rows.filter(Q(document__issuer=source) | Q(document__found_at=source)) if source else rows

    def queue(self) -> DirectiveQuerySet:
        """Those that wait, by document and in the order of its text."""
        return self.all().filter(status=Directive.Status.SUGGESTED).order_by("document_id", "start", "pk")


def later(number: int) -> Q:
    """Condition of what comes in the queue after the directive with the number, which may have left it."""
    row = Directive.objects.filter(pk=number).values("document_id", "start").first()
    if row is None:
        return Q()
    here = Q(document_id=row["document_id"])
    behind = Q(start__gt=row["start"]) | Q(start=row["start"], pk__gt=number)
    return Q(document_id__gt=row["document_id"]) | here & behind


def after(queue: DirectiveQuerySet, number: int) -> Directive | None:
    """The next one; after the last comes the first."""
    return queue.filter(later(number)).first() or queue.first()


def before(queue: DirectiveQuerySet, number: int) -> Directive | None:
    """The one before; before the first comes the last."""
    return queue.exclude(pk=number).exclude(later(number)).last() or queue.last()


def place_in(queue: DirectiveQuerySet, directive: Directive) -> int:
    """Which one of the queue it is, from 1."""
    return queue.exclude(later(directive.pk)).count()


def progress_by_document(rows: DirectiveQuerySet) -> QuerySet[Any]:
    """(number, title, how many are settled, how many there are) of each document, the least finished first."""
    counted = rows.order_by().values("document_id", "document__title", "document__language")
    settled, everything = Count("pk", filter=SETTLED, distinct=True), Count("pk", distinct=True)
    counted = counted.annotate(settled=settled, all=everything, waiting=F("all") - F("settled"))
    return counted.order_by("-waiting", "document_id")
