"""The administrators' side, as a person uses it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from archive.actions.corrections import correct_metadata
from archive.models import Document, Source, Upload
from tests.factories import NOTICE, administrator, draft, published

pytestmark = pytest.mark.django_db

ADD = "/admin/archive/upload/add/"


@pytest.fixture
def curator(client: Client) -> Client:
    client.force_login(administrator())
    return client


def send(client: Client, data: bytes, name: str = "notice.txt", **fields: object):
    return client.post(ADD, {"file": SimpleUploadedFile(name, data), **fields}, follow=True)


def test_upload_preview_publish(curator: Client):
    response = send(curator, NOTICE.encode())
    document = Document.objects.get()
    assert response.redirect_chain[-1][0] == reverse("admin:archive_document_preview", args=[document.pk])
    page = response.content.decode()
    assert "Readers do not see it" in page
    assert "prohibition" in page.casefold()
    assert "big visit" in page
    assert document.state == "draft"
    assert document.upload.received_by.username == "curator"
    response = curator.post(reverse("admin:archive_document_publish", args=[document.pk]), follow=True)
    assert "Published" in response.content.decode()
    document.refresh_from_db()
    assert document.is_published


@pytest.mark.parametrize("action", ["publish", "discard"])
def test_what_somebody_changed_meanwhile_is_shown_before_it_is_acted_on(curator: Client, action: str):
    document = draft()
    seen = document.revision
    document.title = "Another title"
    correct_metadata(document=document, changed=["title"], by=None)
    address = reverse(f"admin:archive_document_{action}", args=[document.pk])
    told = curator.post(address, {"revision": seen}, follow=True).content.decode()
    assert "Here is the document as it is now." in told
    assert "Another title" in told
    document.refresh_from_db()
    assert document.state == "draft"
    curator.post(address, {"revision": document.revision})
    document.refresh_from_db()
    assert document.state != "draft"


def test_the_form_offers_the_formats_and_sources(curator: Client):
    Source.objects.create(slug="huiwen", name_en="Huiwen Document Garden", kind=Source.Kind.WEBSITE)
    page = curator.get(ADD).content.decode()
    assert ".docx" in page
    assert "Huiwen Document Garden" in page


def test_the_text_in_the_preview_is_escaped(curator: Client):
    response = send(curator, b"Units must not <script>alert(1)</script> & <b>x</b>.")
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "empty.txt", "empty"),
        (b"%PDF-1.7 broken", "broken.pdf", "could not be read"),
        (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200), "program.txt", "could not be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_kept_and_told(curator: Client, data: bytes, name: str, words: str):
    response = send(curator, data, name)
    upload = Upload.objects.get()
    assert response.status_code == 200
    assert words in response.content.decode()
    assert upload.state == "failed"
    assert response.redirect_chain[-1][0] == reverse("admin:archive_upload_change", args=[upload.pk])


def test_a_failed_upload_can_be_read_again(curator: Client):
    upload = Upload.objects.get(pk=draft().upload_id)
    Document.objects.all().delete()
    Upload.objects.update(state="failed", reason="The reader was not there.")
    page = curator.get(reverse("admin:archive_upload_change", args=[upload.pk])).content.decode()
    assert "The reader was not there." in page
    curator.post(reverse("admin:archive_upload_read", args=[upload.pk]))
    upload.refresh_from_db()
    assert upload.state == "read"
    assert Document.objects.count() == 1


def test_the_same_file_again_leads_to_the_document(curator: Client):
    document = published()
    response = send(curator, NOTICE.encode(), "renamed.txt")
    assert f"it is document {document.pk}" in response.content.decode()
    assert Upload.objects.count() == 1


def test_too_large_a_file_is_refused_in_the_form(curator: Client, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    response = send(curator, b"x" * (settings.UPLOAD_LIMIT + 1))
    assert "the archive takes 1 MB" in response.content.decode()
    assert not Upload.objects.exists()


def test_withdrawing_leaves_a_tombstone_and_needs_a_reason(curator: Client, client: Client):
    document = published()
    address = reverse("admin:archive_document_withdraw", args=[document.pk])
    assert "Say why" in curator.post(address, {"reason": ""}, follow=True).content.decode()
    assert "Withdrawn" in curator.post(address, {"reason": "Wrong copy."}, follow=True).content.decode()
    response = Client().get(document.get_absolute_url())
    assert response.status_code == 410
    assert "Wrong copy." in response.content.decode()


@pytest.mark.parametrize("action", ["publish", "discard", "withdraw"])
def test_actions_need_a_post_and_the_right(action: str, client: Client, django_user_model):
    document = draft()
    address = reverse(f"admin:archive_document_{action}", args=[document.pk])
    client.force_login(administrator())
    assert client.get(address).status_code == 403
    helper = django_user_model.objects.create_user("helper", password="a long password", is_staff=True)
    client.force_login(helper)
    assert client.post(address).status_code == 403
    assert client.get(reverse("admin:archive_document_preview", args=[document.pk])).status_code == 403
    assert client.get(ADD).status_code == 403


def test_visitors_are_sent_to_the_login():
    for address in ("/admin/", ADD, reverse("admin:archive_document_preview", args=[draft().pk])):
        assert Client().get(address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("model", ["document", "upload", "source", "theme", "actor", "formulation", "decision"])
def test_every_list_of_the_admin_opens(curator: Client, model: str):
    published()
    assert curator.get(f"/admin/archive/{model}/").status_code == 200


def test_nothing_of_a_document_is_deleted_by_hand(curator: Client):
    document = published()
    assert curator.post(f"/admin/archive/document/{document.pk}/delete/", {"post": "yes"}).status_code == 403
    assert curator.post(f"/admin/archive/upload/{document.upload_id}/delete/", {"post": "yes"}).status_code == 403
