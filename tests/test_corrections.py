"""Corrections of what was read: each is a decision that can be undone, and each bad input changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.actions.decisions import undo
from archive.actions.directives import (
    AlreadySettled,
    accept_directive,
    add_directive,
    change_directive,
    reject_directive,
    restore_directive,
    values_of,
)
from archive.actions.documents import NotPossible, discard, read_upload
from archive.actions.rereading import reread
from archive.actions.revisions import ChangedMeanwhile
from archive.actions.sections import head_section, merge_section, move_section, split_section
from archive.actions.themes import retag_document
from archive.actions.uploads import receive
from archive.models import Decision, Directive, Document, OutboxEntry, Theme
from archive.spans import Span
from tests.factories import NOTICE, administrator, draft, published
from tests.standing import standing

pytestmark = pytest.mark.django_db

ORDER = {"modality": "obligation", "actor": "", "actor_key": "", "themes": ["visits"]}


def at(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def split(document: Document, **more: object) -> Decision:
    return split_section(document=document, at=at(document, "It is strictly").start, **{"by": None, **more})


def add(document: Document, words: str = "must carry out", **values: object) -> Decision:
    return add_directive(document=document, span=at(document, words), values={**ORDER, **values}, by=None)


def paths(document: Document) -> list[tuple[str, int]]:
    return list(document.sections.values_list("path", "level"))


def test_a_split_section_gets_a_path_of_its_own_and_the_others_keep_theirs():
    document = draft("1. Aims\nUnits must visit. Units must write it down.\n2. Means\nUnits must report.\n")
    split_section(document=document, at=at(document, "Units must write").start, by=None)
    assert paths(document) == [("1", 1), ("1b", 1), ("2", 1)]
    made = document.sections.get(path="1b")
    assert (made.rule, made.heading) == ("person", "Units must write it down")
    assert made.own_text == "Units must write it down.\n"
    assert "".join(section.own_text for section in document.sections.all()) == document.text
    assert document.directives.get(quote__contains="write").section == made


def test_a_merged_section_leaves_its_address_to_the_one_before_it():
    document = draft()
    merge_section(document=document, path="2", by=None)
    first = document.sections.get(path="1")
    assert paths(document) == [("0", 0), ("1", 1)]
    assert first.former == [["2", at(document, "2. Measures").start]]
    assert first.own_end == len(document.text)


def test_a_moved_section_takes_along_what_is_below_it_and_keeps_its_old_address():
    text = "1. One\nA must go. B must go. C must go.\n2. Two\n(1) D must go.\n(2) E must go.\n3. Three\nF must go.\n"
    document = draft(text)
    assert paths(document) == [("1", 1), ("2", 1), ("2.1", 2), ("2.2", 2), ("3", 1)]
    move_section(document=document, path="2", level=2, by=None)
    assert paths(document) == [("1", 1), ("1.1", 2), ("1.1.1", 3), ("1.1.2", 3), ("3", 1)]
    assert document.sections.get(path="1.1.2").former == [["2.2", at(document, "(2)").start]]
    assert document.sections.get(path="1").kind == "heading"
    move_section(document=document, path="1.1.2", level=1, by=None)
    assert paths(document) == [("1", 1), ("1.1", 2), ("1.1.1", 3), ("1b", 1), ("3", 1)]


def test_a_heading_is_what_a_person_says():
    document = draft()
    head_section(document=document, path="2", heading=at(document, "Measures. Community police"), by=None)
    assert document.sections.get(path="2").heading == "Measures. Community police"
    decision = document.decisions.get()
    assert decision.data["heading"] == ["Measures", "Measures. Community police"]


def test_a_directive_is_added_changed_rejected_and_restored_under_one_number():
    document, person = published(), administrator()
    reject_directive(directive=document.directives.first(), by=person)
    number = add(document, actor="Police stations", themes=["visits", "service"]).data["directive"]
    row = document.directives.get(pk=number)
    assert (row.status, row.rule, row.actor_text) == ("accepted", "person", "Police stations")
    assert list(row.directivetheme_set.values_list("theme__key", "by_person")) == [("visits", True), ("service", True)]
    longer = at(document, "at all levels must carry out")
    change_directive(directive=row, values={**values_of(row), "modality": "prohibition"}, span=longer, by=person)
    row.refresh_from_db()
    assert (row.status, row.modality, row.quote) == ("changed", "prohibition", "at all levels must carry out")
    reject_directive(directive=row, by=person)
    assert row not in document.directives.public()
    restore_directive(directive=row, by=person)
    row.refresh_from_db()
    assert (row.status, row.modality) == ("changed", "prohibition")
    assert document.decisions.filter(layer="directive").in_order().first().made_by == person


def test_accepting_confirms_what_stands_with_its_cues():
    document = draft()
    row = document.directives.first()
    cues = list(row.directivetheme_set.values_list("theme", "cues", "by_person"))
    accept_directive(directive=row, by=None)
    row.refresh_from_db()
    assert row.status == "accepted"
    assert list(row.directivetheme_set.values_list("theme", "cues", "by_person")) == cues
    with pytest.raises(AlreadySettled, match="confirmed"):
        accept_directive(directive=row, by=None)


def test_themes_of_a_document_are_those_chosen_and_come_back_when_undone():
    document = draft()
    before = standing(document)
    decision = retag_document(document=document, themes=["petitions", "visits", "petitions"], by=None)
    assert list(document.documenttheme_set.values_list("theme__key", flat=True)) == ["petitions", "visits"]
    undo(decision=decision, by=None)
    assert standing(document) == before


def test_later_decisions_follow_a_directive_whose_move_was_undone():
    document = draft()
    row = document.directives.first()
    place = row.span
    accept_directive(directive=row, by=None)
    moved = change_directive(directive=row, values=ORDER, span=at(document, "must carry out"), by=None)
    reject_directive(directive=row, by=None)
    undo(decision=moved, by=None)
    row.refresh_from_db()
    assert (row.span, row.status) == (place, "rejected")
    restore_directive(directive=row, by=None)
    row.refresh_from_db()
    assert (row.span, row.status) == (place, "accepted")
    assert document.directives.count() == 3


@pytest.mark.parametrize("hint", ["service", "visits"])
def test_themes_given_with_the_upload_stay_whatever_is_read_or_undone(hint: str):
    upload, _new = receive(data=NOTICE.encode(), name="notice.txt", by=None)
    document = read_upload(upload=upload, by=None, known={"themes": [hint]})
    before = standing(document)
    assert document.documenttheme_set.get(theme__key=hint).by_person
    reread(number=document.pk, by=None)
    assert standing(document) == before
    decision = retag_document(document=document, themes=["petitions"], by=None)
    reread(number=document.pk, by=None)
    undo(decision=decision, by=None)
    assert standing(document) == before


ACTIONS: dict[str, Callable[[Document], object]] = {
    "split": split,
    "merge": lambda document: merge_section(document=document, path="2", by=None),
    "move": lambda document: move_section(document=document, path="2", level=2, by=None),
    "head": lambda document: head_section(document=document, path="2", heading=at(document, "Community"), by=None),
    "accept": lambda document: accept_directive(directive=document.directives.first(), by=None),
    "reject": lambda document: reject_directive(directive=document.directives.first(), by=None),
    "change": lambda document: change_directive(directive=document.directives.first(), values=ORDER, by=None),
    "shorten": lambda document: change_directive(
        directive=document.directives.first(), values=ORDER, span=at(document, "must carry out"), by=None
    ),
    "retag": lambda document: retag_document(document=document, themes=["petitions"], by=None),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_is_noted_announced_counted_and_undone(name: str):
    document, person = published(), administrator()
    OutboxEntry.objects.all().delete()
    before = standing(document)
    ACTIONS[name](document)
    decision = document.decisions.about_the_reading().get()
    document.refresh_from_db()
    assert standing(document) != before
    assert document.revision == decision.revision
    assert OutboxEntry.objects.filter(document=document).count() == 1
    undo(decision=decision, by=person, revision=document.revision)
    decision.refresh_from_db()
    assert (decision.undone_by, decision.undone_revision) == (person, document.revision + 1)
    assert standing(document) == before
    assert OutboxEntry.objects.filter(document=document).count() == 2


@pytest.mark.parametrize("name", ACTIONS)
def test_the_second_of_two_people_is_told(name: str):
    document = draft()
    decision = ACTIONS[name](document)
    with pytest.raises(ChangedMeanwhile):
        undo(decision=decision, by=None, revision=document.revision)


BAD: dict[str, tuple[str, Callable[[Document], object]]] = {
    "split where a section begins": (
        "begins here",
        lambda d: split_section(document=d, at=at(d, "2. Me").start, by=None),
    ),
    "split before the first word": ("begins here", lambda d: split_section(document=d, at=0, by=None)),
    "split after the end": ("no words", lambda d: split_section(document=d, at=10**6, by=None)),
    "merge what is not there": ("no section 9", lambda d: merge_section(document=d, path="9", by=None)),
    "merge the front": ("no section 0", lambda d: merge_section(document=d, path="0", by=None)),
    "too deep": ("level 1 to 2", lambda d: move_section(document=d, path="2", level=3, by=None)),
    "too high": ("level 1 to 2", lambda d: move_section(document=d, path="2", level=0, by=None)),
    "same level": ("already", lambda d: move_section(document=d, path="2", level=1, by=None)),
    "empty heading": ("nothing", lambda d: head_section(document=d, path="2", heading=Span(3, 3), by=None)),
    "heading elsewhere": ("in its section", lambda d: head_section(document=d, path="2", heading=Span(0, 6), by=None)),
    "same heading": ("already", lambda d: head_section(document=d, path="2", heading=at(d, "Measures"), by=None)),
    "empty selection": ("nothing", lambda d: add_directive(document=d, span=Span(9, 9), values=ORDER, by=None)),
    "white space": ("nothing", lambda d: add_directive(document=d, span=at(d, "\n\n"), values=ORDER, by=None)),
    "past the end": (
        "nothing",
        lambda d: add_directive(document=d, span=Span(10**6, 10**6 + 5), values=ORDER, by=None),
    ),
    "across sections": ("two sections", lambda d: add(d, "home visits\n\nNo. 12 of 2015\n\n1. General")),
    "overlapping": ("already", lambda d: add(d, "must carry out")),
    "unknown theme": ("no theme", lambda d: add(d, "Notice on doing", themes=["nowhere"])),
    "retired theme": ("retired", lambda d: add(d, "Notice on doing", themes=["service"])),
    "unknown modality": ("prohibition", lambda d: add(d, "Notice on doing", modality="wish")),
    "unknown actor": ("no actor", lambda d: add(d, "Notice on doing", actor_key="nobody")),
    "no change": (
        "Nothing",
        lambda d: change_directive(directive=d.directives.first(), values=values_of(d.directives.first()), by=None),
    ),
    "restore what stands": ("no longer waiting", lambda d: restore_directive(directive=d.directives.first(), by=None)),
    "unknown theme of a document": ("no theme", lambda d: retag_document(document=d, themes=["x"], by=None)),
    "retired theme of a document": ("retired", lambda d: retag_document(document=d, themes=["service"], by=None)),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_is_refused_with_a_reason_and_nothing_is_written(name: str):
    words, action = BAD[name]
    Theme.objects.filter(key="service").update(retired=True)
    document = draft()
    before = standing(document), Directive.objects.count()
    with pytest.raises(NotPossible, match=words) as refused:
        action(document)
    assert str(refused.value).endswith(".")
    assert (standing(document), Directive.objects.count()) == before
    document.refresh_from_db()
    assert (document.revision, Decision.objects.count()) == (0, 0)


def test_a_rejected_place_is_restored_and_not_added_anew():
    document = draft()
    row = document.directives.first()
    reject_directive(directive=row, by=None)
    with pytest.raises(NotPossible, match="Restore it"):
        add_directive(document=document, span=row.span, values=ORDER, by=None)


def test_what_became_of_a_document_is_not_undone():
    document = draft()
    discard(document=document, by=None)
    with pytest.raises(NotPossible, match="publish, withdraw or replace"):
        undo(decision=document.decisions.get(), by=None)
