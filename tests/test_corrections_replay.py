"""Random histories of corrections, undoing and reading again; and the same corrections in another text."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from archive.actions.corrections import correct_metadata
from archive.actions.decisions import undo
from archive.actions.directives import (
    accept_directive,
    add_directive,
    change_directive,
    reject_directive,
    restore_directive,
)
from archive.actions.documents import NotPossible
from archive.actions.rereading import reread
from archive.actions.sections import head_section, merge_section, move_section, split_section
from archive.actions.themes import retag_document
from archive.models import Decision, Directive, Document
from archive.spans import Finder, Span
from tests.factories import CHINESE_NOTICE, NOTICE, draft
from tests.standing import standing

pytestmark = pytest.mark.django_db

LIST = """Measures for evening rounds

1. Aims
Every station must knock on each door before winter. Officers should listen. Nobody may invent an entry.
2. Means
(1) Stations must keep a ledger. (2) It is forbidden to lose the ledger.
(3) The bureau must read the ledgers every month.
3. Coming into force
These measures must be made known to the masses. They hold from the day of issue.
"""
TEXTS = (NOTICE, CHINESE_NOTICE, LIST)
MODALITIES = ("obligation", "prohibition", "recommendation")
THEMES = ("visits", "petitions", "service", "discipline")

Step = tuple[str, int, int]
"""What is done, where (counted round), and with what."""


def take(document: Document, step: Step) -> None:
    """One step of a history; what is not possible where it falls changes nothing."""
    name, place, choice = step
    with suppress(NotPossible), transaction.atomic():
        STEPS[name](document, place, choice)


def section(document: Document, place: int) -> str:
    paths = list(document.sections.values_list("path", flat=True))
    return paths[place % len(paths)]


def directive(document: Document, place: int) -> Directive:
    rows = list(document.directives.filter(retired_at=None))
    if not rows:
        raise NotPossible("There is none.")
    return rows[place % len(rows)]


def values(choice: int) -> dict:
    modality, themes = MODALITIES[choice % 3], list(THEMES[choice % 4 : choice % 4 + 2])
    return {"modality": modality, "actor": f"office {choice}", "actor_key": "", "themes": themes}


def words(document: Document, place: int, choice: int) -> Span:
    start = place % len(document.text)
    return Span(start, min(len(document.text), start + 5 + 4 * choice))


def undo_one(document: Document, place: int, choice: int) -> None:
    decisions = list(document.decisions.standing().about_the_reading().in_order())
    if decisions:
        undo(decision=decisions[place % len(decisions)], by=None)


STEPS: dict[str, Callable[[Document, int, int], object]] = {
    "split": lambda d, place, choice: split_section(document=d, at=place % len(d.text), by=None),
    "merge": lambda d, place, choice: merge_section(document=d, path=section(d, place), by=None),
    "move": lambda d, place, choice: move_section(document=d, path=section(d, place), level=choice % 4, by=None),
    "head": lambda d, place, choice: head_section(
        document=d, path=section(d, choice), heading=words(d, place, choice), by=None
    ),
    "accept": lambda d, place, choice: accept_directive(directive=directive(d, place), by=None),
    "reject": lambda d, place, choice: reject_directive(directive=directive(d, place), by=None),
    "restore": lambda d, place, choice: restore_directive(directive=directive(d, place), by=None),
    "change": lambda d, place, choice: change_directive(directive=directive(d, place), values=values(choice), by=None),
    "shift": lambda d, place, choice: change_directive(
        directive=directive(d, choice), values=values(choice), span=words(d, place, choice), by=None
    ),
    "add": lambda d, place, choice: add_directive(
        document=d, span=words(d, place, choice), values=values(choice), by=None
    ),
    "retag": lambda d, place, choice: retag_document(document=d, themes=values(choice)["themes"], by=None),
    "undo": undo_one,
    "read": lambda d, place, choice: reread(number=d.pk, by=None),
}


steps = some.lists(some.tuples(some.sampled_from(list(STEPS)), some.integers(0, 400), some.integers(0, 11)), max_size=9)


def fresh(number: int) -> Document:
    return Document.objects.get(pk=number)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=some.sampled_from(TEXTS), history=steps, order=some.randoms(use_true_random=False))
def test_histories(text: str, history: list[Step], order) -> None:
    with transaction.atomic():
        document = draft(text)
        machine = standing(document)
        numbers = {row["pk"]: row["quote"] for row in document.directives.values("pk", "quote")}
        for step in history:
            take(fresh(document.pk), step)
            check_rows(fresh(document.pk))
        now = standing(document)
        reread(number=document.pk, by=None)
        assert standing(document) == now
        reread(number=document.pk, by=None)
        assert standing(document) == now
        decisions = list(document.decisions.about_the_reading())
        order.shuffle(decisions)
        for decision in decisions:
            undo(decision=decision, by=None)
            check_rows(fresh(document.pk))
        assert standing(document) == machine
        assert {row.pk: row.quote for row in document.directives.filter(retired_at=None)} == numbers
        transaction.set_rollback(True)


def check_rows(document: Document) -> None:
    """Sections cover the text, spans quote it, and the machine suggests nothing over what a person confirmed."""
    assert "".join(section.own_text for section in document.sections.all()) == document.text
    rows = list(document.directives.filter(retired_at=None).order_by("start"))
    assert all(row.quote == row.span.of(document.text) and row.section for row in rows)
    confirmed = [row.span for row in rows if row.is_confirmed]
    suggested = [row.span for row in rows if row.status == "suggested"]
    assert not any(one.overlaps(other) for one in suggested for other in confirmed)


@pytest.mark.parametrize("place", range(0, len(LIST), 23))
def test_split_then_merge_is_identity(place: int):
    document = draft(LIST)
    before = standing(document)
    with suppress(NotPossible):
        decision = split_section(document=document, at=place, by=None)
        made = document.sections.get(start=decision.data["at"])
        merge_section(document=document, path=made.path, by=None)
    assert standing(document) == before


def corrected() -> Document:
    """A document with a decision of every kind."""
    document = draft(LIST)
    split_section(document=document, at=LIST.index("Officers"), by=None)
    merge_section(document=document, path="3", by=None)
    move_section(document=document, path="2.1", level=1, by=None)
    first, second, third, *_rest = document.directives.all()
    accept_directive(directive=first, by=None)
    reject_directive(directive=second, by=None)
    start = third.start
    change_directive(directive=third, values=values(0), span=Span(start, start + 12), by=None)
    span = Span(LIST.index("They hold"), LIST.index("of issue"))
    add_directive(document=document, span=span, values=values(1), by=None)
    return document


def replace(document: Document, text: str) -> Document:
    """The text of a better file."""
    Document.objects.filter(pk=document.pk).update(text=text)
    reread(number=document.pk, by=None)
    return fresh(document.pk)


BETTER: dict[str, Callable[[str], str]] = {
    "the same": lambda text: text,
    "more before it": lambda text: "A cover sheet of the bureau.\n\n" + text,
    "other line ends": lambda text: text.replace("\n", "\r\n"),
    "wrapped otherwise": lambda text: text.replace("must ", "must\n"),
    "a word in another place": lambda text: text.replace("every month", "each month"),
}


@pytest.mark.parametrize("name", BETTER)
def test_corrections_are_found_again_in_another_version_of_the_file(name: str):
    document = corrected()
    before = told(document)
    document = replace(document, BETTER[name](LIST))
    assert not document.decisions.exclude(not_found_at=None).exists()
    assert told(document) == before
    check_rows(document)


def told(document: Document) -> tuple[list, list]:
    """What does not depend on where the words stand."""
    rows = document.directives.filter(retired_at=None).order_by("start")
    decided = [
        (row.pk, "".join(row.quote.split()), row.status, row.modality) for row in rows if row.status != "suggested"
    ]
    return decided, [one.level for one in document.sections.all()]


def test_a_decision_whose_place_is_gone_is_kept_for_a_person_to_settle():
    document = corrected()
    number = document.directives.get(status="accepted", rule__gt="", quote__contains="knock").pk
    document = replace(document, LIST.replace("Every station must knock on each door before winter. ", ""))
    missing = document.decisions.exclude(not_found_at=None)
    assert [(one.verb, one.data["directive"]) for one in missing] == [("accepted", number)]
    assert document.directives.get(pk=number).retired_at
    document = replace(document, LIST)
    assert not document.decisions.exclude(not_found_at=None).exists()
    assert document.directives.get(pk=number).status == "accepted"


def test_metadata_are_undone_in_any_order():
    document = draft()
    read = Document.objects.values("title", "kind", "issuer", "issued_on", "title_in_text").get(pk=document.pk)
    for title, kind in (("First", "speech"), ("Second", "speech")):
        row = fresh(document.pk)
        row.title, row.kind = title, kind
        correct_metadata(document=row, changed=["title", "kind"], by=None)
    first, second = Decision.objects.in_order()
    undo(decision=first, by=None)
    assert fresh(document.pk).title == "Second"
    undo(decision=second, by=None)
    assert Document.objects.values(*read).get(pk=document.pk) == read
    assert "kind" not in fresh(document.pk).facts or fresh(document.pk).facts["kind"]["rule"] != "person"


@pytest.mark.parametrize(
    ("text", "quote", "before", "after", "near", "expected"),
    [
        ("a b c", "b", "a ", " c", 2, (2, 3)),
        ("zz a b c", "b", "a ", " c", 2, (5, 6)),
        ("visit. visit. go", "visit.", "visit. ", " go", 0, (7, 13)),
        ("visit. visit.", "visit.", "", "", 7, (7, 13)),
        ("必须\n走访群众", "必须走访", "", "群众", 0, (0, 5)),
        ("go. go.", "go.", "x", "y", 99, None),
        ("other words", "visit", "", "", 0, None),
        ("words", "", "", "", 0, None),
    ],
)
def test_a_quote_is_found_again(text: str, quote: str, before: str, after: str, near: int, expected):
    found = Finder(text).find(quote, before, after, near)
    assert found == (Span(*expected) if expected else None)
