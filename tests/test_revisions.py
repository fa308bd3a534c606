"""Two people at one document: the second is told."""

from __future__ import annotations

import pytest

from archive.actions.corrections import correct_metadata
from archive.actions.documents import publish
from archive.actions.rereading import reread
from archive.actions.revisions import ChangedMeanwhile, expect
from tests.factories import administrator, draft

pytestmark = pytest.mark.django_db


def test_every_change_counts_the_revision_up_and_its_decision_says_which():
    document = draft()
    assert document.revision == 0
    document.title = "Another title"
    correct_metadata(document=document, changed=["title"], by=None, revision=0)
    assert document.revision == 1
    publish(document=document, by=None)
    reread(number=document.pk, by=None)
    document.refresh_from_db()
    assert document.revision == 3
    assert list(document.decisions.values_list("verb", "revision")) == [("published", 2), ("changed", 1)]


def test_the_second_is_told_who_changed_what_and_nothing_is_saved():
    document, first = draft(), administrator("wang")
    document.title = "The first one's title"
    correct_metadata(document=document, changed=["title"], by=first, revision=0)
    document.number = "No. 13"
    with pytest.raises(ChangedMeanwhile, match="wang") as told:
        correct_metadata(document=document, changed=["number"], by=None, revision=0)
    assert [decision.data for decision in told.value.decisions] == [
        {"title": ["Notice on doing a good job in home visits", "The first one's title"]}
    ]
    document.refresh_from_db()
    assert document.number != "No. 13"
    assert told.value.revision == document.revision == 1


def test_a_re_reading_meanwhile_is_told_too():
    document = draft()
    reread(number=document.pk, by=None)
    with pytest.raises(ChangedMeanwhile, match="read again"):
        expect(document, 0)


@pytest.mark.django_db(transaction=True)
def test_the_check_belongs_inside_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        expect(draft(), 0)
