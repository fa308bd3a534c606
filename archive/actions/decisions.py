"""Decisions about what was read: made, and undone. The rows are then what `archive.actions.replay` says."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.actions.corrections import METADATA, take_back
from archive.actions.documents import NotPossible
from archive.actions.machine import remember_rows
from archive.actions.outbox import announce
from archive.actions.readings import write_decisions
from archive.actions.rereading import reread
from archive.actions.revisions import advance, decide, expect
from archive.models import Decision, Document
from archive.models.decisions import DecisionQuerySet
from archive.spans import Span, window

CONTEXT = 60


def make(
    document: Document, layer: Decision.Layer, verb: Decision.Verb, by: User | None, at: Span | None, **data: object
) -> Decision:
    """Note a decision and make the rows follow it; the caller has begun the transaction and locked the document."""
    remember_rows(document)
    place: dict[str, str] = {}
    if at is not None:
        place = quoted(document, at)
        data["at"] = at.start
    decision = decide(document, verb, by, layer=layer, data=data, **place)
    follow(document)
    return decision


def quoted(document: Document, at: Span) -> dict[str, str]:
    before, quote, after = window(document.text, at, CONTEXT)
    return {"quote": quote, "before": before, "after": after}


def follow(document: Document) -> None:
    """The rows say what now stands, and the indexer hears of it if readers see the document."""
    write_decisions(document)
    if document.state == Document.State.PUBLISHED:
        announce(document)


@transaction.atomic
def undo(*, decision: Decision, by: User | None, revision: int | None = None) -> None:
    """Take a correction back: what stands is what the machine read with the decisions that remain.

    With the adding of a directive goes what was decided about it later. NotPossible for what became of the document as
    a whole, ChangedMeanwhile when the document is past `revision`. What is undone already stays so.
    """
    document = expect(decision.document, revision)
    decision = document.decisions.select_for_update().get(pk=decision.pk)
    if decision.undone_at:
        return
    if not document.decisions.about_the_reading().filter(pk=decision.pk).exists():
        raise NotPossible(
            _("“%(verb)s” is not undone: publish, withdraw or replace the document instead.")
            % {"verb": decision.get_verb_display()}
        )
    fields = {"undone_by": by, "undone_at": timezone.now(), "undone_revision": advance(document)}
    together(decision).update(**fields, not_found_at=None)
    if set(METADATA) & decision.data.keys():
        take_back(document, decision)
        reread(number=document.pk, by=by)
    else:
        follow(document)


def together(decision: Decision) -> DecisionQuerySet:
    """The decision, and all later ones about the directive that it added."""
    rows = Decision.objects.filter(pk=decision.pk)
    if decision.verb != Decision.Verb.ADDED:
        return rows
    later = Decision.objects.filter(
        document=decision.document_id,
        layer=Decision.Layer.DIRECTIVE,
        data__directive=decision.data["directive"],
        pk__gte=decision.pk,
    )
    return later.standing()
