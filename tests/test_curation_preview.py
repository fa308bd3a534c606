"""The preview: metadata in place, warnings, documents alike, encodings, versions, two people at one form."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from archive.actions.accounts import give_role
from archive.actions.documents import read_upload
from archive.actions.uploads import receive
from archive.curation import files
from archive.models import Document, Job, Source
from tests.factories import CHINESE_NOTICE, NOTICE, administrator, draft, published
from tests.test_formats_scans import needs_tesseract

pytestmark = pytest.mark.django_db
LONG = NOTICE + "\n".join(
    f"{n}. Police stations must do duty number {n} on time and report on it." for n in range(3, 40)
)


@pytest.fixture
def curator(client: Client) -> Client:
    client.force_login(administrator())
    return client


def address(name: str, *arguments: object) -> str:
    return reverse(f"admin:archive_document_{name}", args=arguments)


def seen(client: Client, document: Document) -> str:
    return client.get(address("preview", document.pk)).content.decode()


def filled(client: Client, document: Document) -> dict[str, str]:
    """The metadata form as a browser sends it back unchanged."""
    form = client.get(address("preview", document.pk)).context["form"]
    data = {"revision": str(document.revision)}
    for bound in form.visible_fields():
        value = bound.value()
        data[bound.html_name] = data[bound.html_initial_name] = "" if value is None else str(value)
    return data


def test_what_was_found_leads_to_its_place_in_the_text(curator: Client):
    document = draft()
    page = seen(curator, document)
    assert 'href="#s1"' in page
    assert 'id="s1"' in page
    directive = document.directives.first()
    assert f'href="#d{directive.pk}"' in page
    assert f'id="d{directive.pk}"' in page
    assert 'href="#read-title"' in page
    assert 'id="read-title"' in page
    assert "big visit" in page


def test_furniture_is_folded_and_the_text_is_whole(curator: Client):
    document = draft(f"{NOTICE}\nPrevious: Notice on something else\nNext: Another notice\n", "page.txt")
    assert document.boilerplate
    response = curator.get(address("preview", document.pk))
    assert any(stretch.kinds for stretch in response.context["stretches"])
    assert '<details class="boilerplate">' in response.content.decode()


def test_metadata_is_corrected_in_place_and_says_who_gave_it(curator: Client):
    document = published()
    data = filled(curator, document)
    wrong = curator.post(address("metadata", document.pk), data | {"issued_on": "2015-01-02"})
    assert "how exactly it is known" in wrong.content.decode()
    response = curator.post(address("metadata", document.pk), data | {"title": "A  corrected title"}, follow=True)
    assert "given by curator on" in response.content.decode()
    document.refresh_from_db()
    assert document.title == "A corrected title"
    assert document.decisions.filter(verb="changed", made_by__username="curator").count() == 1


def test_nothing_changed_is_no_decision(curator: Client):
    document = draft()
    page = curator.post(address("metadata", document.pk), filled(curator, document), follow=True).content.decode()
    assert "Nothing was changed" in page
    assert not document.decisions.exists()


def test_the_second_of_two_people_is_told_and_keeps_the_entries(curator: Client):
    document = draft()
    source = Source.objects.create(slug="huiwen", name_en="Huiwen Garden", kind=Source.Kind.WEBSITE)
    second = filled(curator, document)
    curator.post(address("metadata", document.pk), second | {"title": "The first one's title"})
    other = Client()
    other.force_login(administrator("second"))
    told = other.post(address("metadata", document.pk), second | {"found_at": str(source.pk), "category": "Notices"})
    assert told.status_code == 409
    page = told.content.decode()
    assert "curator changed the document while you were at it" in page
    assert "The first one&#x27;s title" in page
    document.refresh_from_db()
    assert document.found_at is None
    form = told.context["form"]
    again = {bound.html_name: str(bound.value() or "") for bound in form}
    again |= {bound.html_initial_name: form.data[bound.html_initial_name] for bound in form.visible_fields()}
    other.post(address("metadata", document.pk), again)
    document.refresh_from_db()
    assert (document.title, document.found_at, document.category) == ("The first one's title", source, "Notices")
    assert document.decisions.first().data.keys() == {"found_at", "category"}


def test_warnings_say_what_to_do(curator: Client):
    page = seen(curator, draft("Clean cafÃ© text without anything else that could be read out of it."))
    for words in ("looks garbled", "Choose another encoding", "No date was found", 'id="doubt-garbled"'):
        assert words in page
    assert "The text looks garbled at character" not in page


def test_documents_alike_are_named_and_compared(curator: Client):
    first = published(LONG)
    second = draft(LONG.replace("must do duty number 7", "may leave duty number 7"), "copy.txt")
    page = seen(curator, second)
    assert address("compare", second.pk, first.pk) in page
    assert "of this text stands there" in page
    sides = curator.get(address("compare", second.pk, first.pk)).content.decode()
    assert '<span class="differs">may leave</span>' in sides
    assert "the same wording" in seen(curator, draft(LONG.upper(), "upper.txt"))


def test_a_draft_is_read_in_the_encoding_that_reads_well(curator: Client):
    upload, _ = receive(data=CHINESE_NOTICE.encode("gb18030"), name="notice.txt", by=None)
    document = read_upload(upload=upload, by=None, encoding="cp1252")
    page = curator.get(address("encoding", document.pk)).content.decode()
    assert "关于做好入户走访工作的通知" in page
    data = {"encoding": "gb18030", "revision": document.revision}
    assert "关于做好" in curator.post(address("encoding", document.pk), data, follow=True).content.decode()
    stale = curator.post(address("encoding", document.pk), data, follow=True).content.decode()
    assert "changed the document while you were at it" in stale
    assert curator.post(address("encoding", document.pk), {"encoding": "rot13"}).status_code == 200


def test_a_format_that_fixes_its_encoding_has_none_to_choose(curator: Client):
    document = draft()
    document.upload.encoding = ""
    document.upload.save()
    assert curator.get(address("encoding", document.pk)).status_code == 404
    assert address("encoding", document.pk) not in seen(curator, document)


def test_a_better_file_is_a_new_version_and_the_earlier_one_stays(curator: Client):
    document = published()
    data = {"file": SimpleUploadedFile("better.txt", LONG.encode()), "reason": "Whole.", "revision": document.revision}
    page = curator.post(address("replace", document.pk), data, follow=True).content.decode()
    assert "This is a new version" in page
    assert address("version", document.pk, 1) in page
    assert "every month" in curator.get(address("version", document.pk, 1)).content.decode()
    response = curator.get(address("file", document.pk, 1))
    assert b"".join(response.streaming_content) == NOTICE.encode()
    assert response["Content-Disposition"].startswith("attachment")
    assert curator.get(address("file", document.pk, 3)).status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [(b"", "e.txt", "could not be read"), (b"%PDF-1.7 broken", "b.pdf", "could not be read"), (None, "", "required")],
)
def test_a_worse_file_changes_nothing(curator: Client, data: bytes | None, name: str, words: str):
    document = published()
    sent = {"revision": document.revision} | ({"file": SimpleUploadedFile(name, data)} if data is not None else {})
    assert words in curator.post(address("replace", document.pk), sent, follow=True).content.decode()
    assert not document.earlier_versions.exists()


def test_a_contributor_sees_own_drafts_and_corrects_nothing(client: Client, django_user_model):
    person = django_user_model.objects.create_user("helper", password="a long password", is_staff=True)
    give_role(user=person, role="contributor", by=None)
    upload, _ = receive(data=LONG.encode(), name="own.txt", by=person)
    own, other = read_upload(upload=upload, by=person), draft(NOTICE, "other.txt")
    client.force_login(person)
    page = seen(client, own)
    assert "Save the metadata" not in page
    assert "Replace the file" not in page
    assert f"Document {other.pk}:" not in page
    for name in ("metadata", "replace"):
        assert client.post(address(name, own.pk)).status_code == 403
    assert client.get(address("encoding", own.pk)).status_code == 403
    assert client.get(address("compare", own.pk, other.pk)).status_code == 403
    assert client.get(address("compare", own.pk, published(CHINESE_NOTICE).pk)).status_code == 200


def test_the_queries_of_a_preview_do_not_grow(curator: Client, django_assert_max_num_queries):
    document = draft(LONG)
    for number in range(6):
        draft(f"{LONG} Copy {number}.", f"{number}.txt")
    with django_assert_max_num_queries(24):
        seen(curator, document)


def test_the_change_page_leads_to_the_preview(curator: Client):
    document = draft()
    assert curator.get(f"/admin/archive/document/{document.pk}/change/")["Location"] == address("preview", document.pk)
    assert curator.get("/admin/archive/document/nonsense/change/").status_code == 404


@needs_tesseract
def test_a_scan_that_takes_long_is_left_to_the_worker(curator: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "WAIT", 0.0)
    document = published()
    scan = SimpleUploadedFile("scan.png", (Path(__file__).parent / "files" / "scan.png").read_bytes())
    sent = {"file": scan, "reason": "A scan.", "revision": document.revision}
    page = curator.post(address("replace", document.pk), sent, follow=True).content.decode()
    assert "takes long" in page
    assert Job.objects.get().arguments["document"] == document.pk
