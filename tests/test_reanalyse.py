"""Documents are read again without losing what people decided."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from archive.actions.corrections import correct_metadata
from archive.actions.directives import change_directive, values_of
from archive.actions.documents import discard
from archive.models import Document, OutboxEntry
from tests.factories import draft, published

pytestmark = pytest.mark.django_db


def run(**options: object) -> str:
    out = io.StringIO()
    call_command("reanalyse", stdout=out, **options)
    return out.getvalue()


def make_stale() -> None:
    Document.objects.update(versions={"sections": 0})


def test_fresh_documents_are_left_alone():
    published()
    assert run().startswith("0 documents read again")
    assert run(all=True).startswith("1 documents read again: 0 directives added, 0 changed, 0 no longer found")


def test_stale_documents_are_read_and_announced():
    document = published()
    OutboxEntry.objects.all().delete()
    document.directives.first().delete()
    make_stale()
    assert "1 directives added" in run(stale=True)
    assert OutboxEntry.objects.pending().count() == 1
    assert run().startswith("0 documents")


def test_a_dry_run_changes_nothing():
    document = published()
    document.directives.all().delete()
    make_stale()
    assert "nothing was changed" in run(dry_run=True)
    assert not document.directives.exists()


def test_what_people_decided_is_kept():
    document = published()
    number = document.pk
    document.title, document.kind = "A person's title", Document.Kind.SPEECH
    correct_metadata(document=document, changed=["title", "kind"], by=None)
    row = document.directives.first()
    change_directive(directive=row, values={**values_of(row), "modality": "recommendation"}, by=None)
    run(all=True)
    document = Document.objects.get(pk=number)
    row.refresh_from_db()
    assert (document.title, document.kind) == ("A person's title", "speech")
    assert (row.status, row.modality) == ("changed", "recommendation")


def test_a_supplied_title_stays_and_a_discarded_draft_is_not_read():
    untitled = draft("Police stations must visit every household each month and note what they are told. " * 3)
    title = untitled.title
    gone = draft("Another one. Units must report.")
    discard(document=gone, by=None)
    assert "1 documents read again" in run(all=True)
    untitled.refresh_from_db()
    assert untitled.title == title
