"""Another encoding for a draft, a better file for a document: numbers and decisions stay."""

from __future__ import annotations

import pytest

from archive.actions.corrections import correct_metadata
from archive.actions.directives import accept_directive, change_directive, reject_directive, values_of
from archive.actions.documents import NotPossible, discard, live_document, publish, read_upload, withdraw
from archive.actions.jobs import enqueue
from archive.actions.relocation import follow
from archive.actions.replacing import read_in_encoding, replace_file
from archive.actions.revisions import ChangedMeanwhile
from archive.actions.uploads import receive
from archive.actions.work import WORK
from archive.formats import UnreadableFile
from archive.models import Directive, Document, Job, OutboxEntry, Upload
from archive.spans import Span
from tests.factories import CHINESE_NOTICE, NOTICE, administrator, draft, published

pytestmark = pytest.mark.django_db
BETTER = "Huiwen Document Garden\n\n" + NOTICE.replace("every month", "each month").replace("  ", " ")


def better(text: str = BETTER, name: str = "better.txt") -> Upload:
    return receive(data=text.encode(), name=name, by=None)[0]


def directives(document: Document) -> dict[str, int]:
    return {row.quote: row.pk for row in document.directives.filter(retired_at=None)}


def test_a_better_file_takes_the_place_and_the_earlier_one_is_kept():
    document, person = published(), administrator()
    first = document.upload
    replace_file(document=document, upload=better(), by=person, reason=" A clean scan. ")
    document.refresh_from_db()
    assert document.text == BETTER
    assert document.is_published
    assert document.upload.name == "better.txt"
    (version,) = document.earlier_versions.all()
    assert (version.number, version.upload, version.text, version.reason) == (1, first, NOTICE, "A clean scan.")
    decision = document.decisions.get(verb="replaced")
    assert (decision.made_by, decision.data["version"]) == (person, [1, 2])
    assert OutboxEntry.objects.pending().filter(document=document).count() == 2
    assert live_document(first) == document


def test_directives_found_again_keep_their_numbers_and_what_people_said():
    document = published()
    before = directives(document)
    accepted = document.directives.get(quote__contains="make up visiting records")
    change_directive(directive=accepted, values={**values_of(accepted), "modality": "recommendation"}, by=None)
    replace_file(document=document, upload=better(), by=None)
    after = directives(document)
    assert set(before.values()) == set(after.values())
    accepted.refresh_from_db()
    assert (accepted.status, accepted.modality) == ("changed", "recommendation")
    assert BETTER[accepted.start : accepted.end] == accepted.quote
    changed = Directive.objects.get(pk=next(pk for quote, pk in before.items() if "every month" in quote))
    assert "each month" in changed.quote


def test_a_directive_that_the_better_file_does_not_have_is_retired_and_its_number_not_given_again():
    document = published()
    gone = document.directives.get(quote__contains="listen to the opinions")
    text = NOTICE.replace("Community police should listen to the opinions of the masses face to face. ", "")
    replace_file(document=document, upload=better(text), by=None)
    gone.refresh_from_db()
    assert gone.retired_at
    assert "listen to the opinions" in gone.quote
    document.refresh_from_db()
    replace_file(document=document, upload=Upload.objects.get(name="notice.txt"), by=None)
    document.refresh_from_db()
    assert document.text == NOTICE
    assert document.earlier_versions.count() == 2


def test_what_a_person_said_of_the_document_stays():
    document = published()
    document.title = "A person's title"
    correct_metadata(document=document, changed=["title"], by=None)
    replace_file(document=document, upload=better(), by=None)
    document.refresh_from_db()
    assert document.title == "A person's title"


@pytest.mark.parametrize("kind", ["own", "other", "discarded", "broken", "stale"])
def test_what_does_not_fit_changes_nothing(kind: str):
    document = published()
    other = draft(CHINESE_NOTICE, "other.txt")
    thrown = draft("Another one. Units must report.", "thrown.txt")
    discard(document=thrown, by=None)
    call = {
        "own": (document, document.upload, None, NotPossible),
        "other": (document, other.upload, None, NotPossible),
        "discarded": (thrown, better(), None, NotPossible),
        "broken": (document, receive(data=b"%PDF-1.7 broken", name="b.pdf", by=None)[0], None, UnreadableFile),
        "stale": (document, better(), 0, ChangedMeanwhile),
    }
    which, upload, revision, error = call[kind]
    before = which.text, which.upload_id
    with pytest.raises(error):
        replace_file(document=which, upload=upload, by=None, revision=revision)
    which.refresh_from_db()
    assert (which.text, which.upload_id) == before
    assert not which.earlier_versions.exists()


def test_a_draft_is_read_in_another_encoding():
    upload, _ = receive(data=CHINESE_NOTICE.encode("gb18030"), name="notice.txt", by=None)
    document = read_upload(upload=upload, by=None, encoding="cp1252")
    assert "关于" not in document.text
    read_in_encoding(document=document, encoding="gbk", by=None, revision=document.revision)
    document.refresh_from_db()
    assert document.text == CHINESE_NOTICE
    assert (document.language, document.title) == ("zh", "关于做好入户走访工作的通知")
    assert document.upload.encoding == "gb18030"
    assert document.decisions.get().data == {"encoding": ["cp1252", "gb18030"]}


def test_an_encoding_that_does_not_fit_and_a_published_document_are_refused():
    document = draft(CHINESE_NOTICE)
    with pytest.raises(UnreadableFile):
        read_in_encoding(document=document, encoding="cp1252", by=None)
    shown = published()
    with pytest.raises(NotPossible, match="new version"):
        read_in_encoding(document=shown, encoding="latin-1", by=None)


@pytest.mark.parametrize(
    ("old", "new", "quote", "expected"),
    [
        (
            "Units must report at once to the bureau.",
            "Units must report at once to the bureau.",
            "must report",
            "must report",
        ),
        ("x Units must report. y", "Other. Units must report.", "Units must report.", "Units must report."),
        ("x Units must report. y", "Units must report. Units must report.", "Units must report.", None),
        ("The police shall report every case in writing.", "Nothing of it is here.", "shall report", None),
        ("", "", "", None),
    ],
)
def test_following_a_passage(old: str, new: str, quote: str, expected: str | None):
    at = old.index(quote)
    (found,) = follow(old, new, [Span(at, at + len(quote))])
    assert (found.of(new) if found else None) == expected


def test_a_passage_with_errors_of_recognition_is_followed():
    old = "The police station shall report every single case in writing to the bureau within three days of it. " * 2
    new = "Page 1 " + old.replace("report", "rep0rt").replace("writing", "wr1ting")
    at = old.index("shall report", 100)
    (found,) = follow(old, new, [Span(at, at + 40)])
    assert found
    assert found.of(new).startswith("shall rep0rt every single case in")
    assert found.start > 100


def test_readers_see_the_earlier_version_with_the_way_to_the_current_one(client):
    document = published()
    replace_file(document=document, upload=better(), by=None, reason="A <clean> scan.")
    page = client.get(f"/documents/{document.pk}/versions/1/").content.decode()
    assert "This is version 1" in page
    assert f'<link rel="canonical" href="http://testserver/documents/{document.pk}/">' in page
    assert "A &lt;clean&gt; scan." in page
    assert "every month" in page
    assert client.get(f"/documents/{document.pk}/versions/2/")["Location"] == document.get_absolute_url()
    assert client.get(f"/documents/{document.pk}/versions/3/").status_code == 404
    assert f"/documents/{document.pk}/versions/1/" in client.get(document.get_absolute_url()).content.decode()


def test_an_earlier_version_is_shown_only_while_its_document_is(client):
    document = draft()
    replace_file(document=document, upload=better(), by=None)
    address = f"/documents/{document.pk}/versions/1/"
    assert client.get(address).status_code == 404
    publish(document=document, by=None)
    assert client.get(address).status_code == 200
    withdraw(document=document, by=None, reason="Wrong copy.")
    assert client.get(address).status_code == 410


def test_decisions_go_with_their_directives_to_the_better_file():
    document, person = published(), administrator()
    visits = document.directives.get(quote__contains="every month")
    accept_directive(directive=visits, by=person)
    made_up = document.directives.get(quote__contains="make up visiting records")
    reject_directive(directive=made_up, by=person)
    document.refresh_from_db()
    replace_file(document=document, upload=better(), by=person)
    for row, status, words in ((visits, "accepted", "each month"), (made_up, "rejected", "make up")):
        row.refresh_from_db()
        assert (row.status, row.retired_at) == (status, None)
        assert words in row.quote
    assert not document.decisions.exclude(not_found_at=None).exists()


def test_the_worker_replaces_a_file_once_and_tells_a_refusal():
    document, upload = published(), better()
    arguments = {"document": document.pk, "upload": upload.pk, "reason": "A clean scan."}
    for _again in range(2):
        job = enqueue(kind=Job.Kind.REPLACE_FILE, arguments=arguments, by=None)
        assert WORK[job.kind](job, lambda *_told: None) == {"document": document.pk}
    assert document.earlier_versions.get().reason == "A clean scan."
    other = draft(CHINESE_NOTICE, "other.txt")
    job = enqueue(kind=Job.Kind.REPLACE_FILE, arguments=arguments | {"upload": other.upload_id}, by=None)
    assert "already" in WORK[job.kind](job, lambda *_told: None)["reason"]
