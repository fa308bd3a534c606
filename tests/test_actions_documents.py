"""Reading, publishing, withdrawing, discarding and correcting documents."""

from __future__ import annotations

import datetime

import pytest

from archive.actions.corrections import correct_metadata
from archive.actions.documents import NotPossible, date_of, discard, publish, read_upload, title_of, withdraw
from archive.actions.known import known_of
from archive.actions.outbox import announce
from archive.actions.uploads import receive
from archive.actions.vocabulary import guess_kind, source_named
from archive.formats import UnreadableFile
from archive.models import Decision, Document, OutboxEntry, Source, Upload
from archive.spans import Fact, Metadata
from tests.factories import CHINESE_NOTICE, NOTICE, administrator, draft, published

pytestmark = pytest.mark.django_db


def test_a_document_holds_the_exact_text_and_rows_that_quote_it():
    document = draft(NOTICE)
    assert document.text == NOTICE
    assert document.state == Document.State.DRAFT
    assert document.directives.exists()
    for row in [*document.directives.all(), *document.occurrences.all()]:
        assert row.quote == document.text[row.start : row.end]


@pytest.mark.parametrize("text", [NOTICE, CHINESE_NOTICE, "No marker at all.", "1. First. 2. Second."])
def test_sections_cover_the_text_without_gap(text: str):
    sections = list(draft(text).sections.all())
    assert "".join(section.own_text for section in sections) == text


def test_an_upload_is_read_once():
    document = draft()
    assert read_upload(upload=document.upload, by=None) == document
    assert Document.objects.count() == 1


def test_a_discarded_draft_gives_way_to_a_new_reading_with_a_new_number():
    first = draft()
    discard(document=first, by=None)
    second = read_upload(upload=first.upload, by=None)
    assert second.pk != first.pk


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 100, b"PK\x03\x04 broken"])
def test_what_cannot_be_read_is_kept_with_its_reason(data: bytes):
    upload, _ = receive(data=data, name="x.txt", by=None)
    with pytest.raises(UnreadableFile):
        read_upload(upload=upload, by=None)
    upload.refresh_from_db()
    assert upload.state == Upload.State.FAILED
    assert upload.reason.endswith(".")
    assert not Document.objects.exists()


def test_publishing_is_noted_and_announced_once():
    document, person = draft(), administrator()
    publish(document=document, by=person)
    publish(document=document, by=person)
    document.refresh_from_db()
    assert document.is_published
    assert document.published_at
    assert OutboxEntry.objects.pending().filter(document=document).count() == 1
    assert list(document.decisions.values_list("verb", "made_by")) == [("published", person.pk)]


def test_withdrawing_needs_a_published_document_and_a_reason():
    document = draft()
    with pytest.raises(NotPossible, match="published"):
        withdraw(document=document, by=None, reason="wrong")
    publish(document=document, by=None)
    with pytest.raises(NotPossible, match="why"):
        withdraw(document=document, by=None, reason="  ")
    withdraw(document=document, by=None, reason="A better copy exists.")
    document.refresh_from_db()
    assert (document.state, document.withdrawn_reason) == ("withdrawn", "A better copy exists.")
    assert OutboxEntry.objects.pending().count() == 2


def test_a_published_document_is_not_discarded_and_a_discarded_one_not_published():
    with pytest.raises(NotPossible, match="draft"):
        discard(document=published(), by=None)
    other = draft("Another text. It is necessary to visit.")
    discard(document=other, by=None)
    with pytest.raises(NotPossible, match="discarded"):
        publish(document=other, by=None)


def test_a_correction_is_a_decision_and_reaches_the_index():
    document, person = published(), administrator()
    document.title = "A better title"
    correct_metadata(document=document, changed=["title"], by=person)
    document.refresh_from_db()
    assert document.title == "A better title"
    assert document.facts["title"]["rule"] == "person"
    decision = Decision.objects.get(verb=Decision.Verb.CHANGED)
    assert decision.data == {"title": ["Notice on doing a good job in home visits", "A better title"]}
    assert OutboxEntry.objects.pending().filter(document=document).count() == 2


def test_the_text_is_not_metadata():
    with pytest.raises(ValueError, match="text"):
        correct_metadata(document=draft(), changed=["text"], by=None)


@pytest.mark.django_db(transaction=True)
def test_announcing_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        announce(draft())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, (None, "")),
        ("2017", (datetime.date(2017, 1, 1), "year")),
        ("2017-02", (datetime.date(2017, 2, 1), "month")),
        ("2017-02-09", (datetime.date(2017, 2, 9), "day")),
    ],
)
def test_dates_have_a_precision(value: str | None, expected: tuple[datetime.date | None, str]):
    assert date_of(Fact(value, None, "test", 1.0) if value else None) == expected


@pytest.mark.parametrize(
    ("text", "file_title", "expected"),
    [
        ("Short text.", "", "Short text."),
        ("Anything", "Title of the page", "Title of the page"),
        (" ", "", "Untitled"),
        ("word " * 60, "", "word " * 23 + "word…"),
        ("字" * 300, "", "字" * 120 + "…"),
    ],
)
def test_a_document_without_title_is_given_its_first_words(text: str, file_title: str, expected: str):
    assert title_of(text, Metadata(), file_title) == (expected, False)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministry of Public Security", Source.Kind.MINISTRY),
        ("公安部", Source.Kind.MINISTRY),
        ("澜河县公安局", Source.Kind.BUREAU),
        ("城关派出所", Source.Kind.STATION),
        ("中共某县委员会", Source.Kind.PARTY),
        ("Somebody", Source.Kind.OTHER),
    ],
)
def test_the_kind_of_a_source_is_guessed_from_its_name(name: str, kind: Source.Kind):
    assert guess_kind(name) == kind


def test_a_source_is_found_by_name_and_alias_before_it_is_made():
    made = source_named("Ministry of Public Security")
    made.name_zh, made.aliases = "公安部", ["MPS"]
    made.save()
    assert {source_named(name) for name in ("ministry of  public security", "公安部", "mps")} == {made}
    assert Source.objects.count() == 1


def test_a_source_that_a_person_names_wins():
    site = Source.objects.create(slug="huiwen", name_en="Huiwen Document Garden", kind=Source.Kind.WEBSITE)
    upload, _ = receive(data=NOTICE.encode(), name="n.txt", by=None)
    document = read_upload(upload=upload, by=None, known=known_of(site))
    assert document.found_at == site
    assert document.facts["found_at"]["rule"] == "person"
