"""Who did what and when, of a document and of the whole archive, with what changed from what to what."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from archive.actions.corrections import correct_metadata
from archive.actions.documents import publish, withdraw
from archive.actions.rereading import reread
from archive.actions.vocabulary_themes import cues_of, save_theme
from archive.models import Document
from tests.factories import NOTICE, draft, published
from tests.test_roles import logged_in, person
from tests.test_vocabulary_actions import theme

pytestmark = pytest.mark.django_db
LOG = "/admin/archive/log/"


@pytest.fixture
def reviewer(client: Client) -> Client:
    return logged_in(person("reviewer"))


def words(client: Client, address: str, **query: str) -> str:
    return " ".join(client.get(address, query).content.decode().split())


def history(document: Document) -> str:
    return reverse("admin:archive_document_history", args=[document.pk])


def test_a_document_tells_who_did_what_from_what_to_what(reviewer: Client):
    wang, li = person("reviewer", "wang"), person("administrator", "li")
    document = draft()
    publish(document=document, by=wang)
    document.refresh_from_db()
    before, document.title = document.title, "Another title"
    correct_metadata(document=document, changed=["title"], by=wang)
    withdraw(document=document, by=li, reason="Wrong copy.")
    page = words(reviewer, history(document))
    assert f"title: <del>{before}</del> → <ins>Another title</ins>" in page
    places = [
        page.index(what)
        for what in ("withdrawn (document)", "changed (document)", "published (document)", "uploaded “")
    ]
    assert places == sorted(places)
    assert "Wrong copy." in page
    assert page.index(">li<") < page.index(">wang<")
    assert document.history.first().title == "Another title"
    assert document.history.filter(history_user=wang).exists()
    assert not hasattr(document.history.first(), "text")


def test_a_re_reading_tells_what_it_changed_in_the_metadata(reviewer: Client):
    document = published()
    Document.objects.filter(pk=document.pk).update(number="wrong")
    document.refresh_from_db()
    document.save()
    reread(number=document.pk, by=person("reviewer", "wang"))
    page = words(reviewer, history(document))
    assert "read again: other metadata" in page
    assert "<del>wrong</del>" in page
    assert ">wang<" in page


def test_a_contributor_sees_the_history_of_own_documents_only():
    contributor = person("contributor")
    document = draft()
    client = logged_in(contributor)
    assert client.get(history(document)).status_code == 404
    assert client.get(LOG).status_code == 403
    document.upload.received_by = contributor
    document.upload.save()
    assert "uploaded “notice.txt”" in words(client, history(document))


def test_the_log_is_narrowed_by_its_filters(reviewer: Client):
    wang = person("reviewer", "wang")
    first, second = draft(), draft(NOTICE + "Other.", "other.txt")
    publish(document=first, by=wang)
    publish(document=second, by=None)
    cues = cues_of(theme("visits"))
    cues["en"]["broken lantern"] = 2.5
    save_theme(theme=theme("visits"), cues=cues, by=wang)
    everything = words(reviewer, LOG)
    assert "5 entries" in everything
    assert "broken lantern: <del>–</del> → <ins>2.5</ins>" in everything
    for query, expected in (
        ({"kind": "decision"}, "2 entries"),
        ({"kind": "upload"}, "2 entries"),
        ({"kind": "vocabulary"}, "1 entry"),
        ({"by": "wang"}, "2 entries"),
        ({"document": str(first.pk)}, "2 entries"),
        ({"verb": "published"}, "2 entries"),
        ({"first": "2099-01-01"}, "0 entries"),
        ({"last": "2000-01-01"}, "0 entries"),
        ({"verb": "published", "kind": "upload"}, "0 entries"),
        ({"by": "nobody", "first": "yesterday", "document": "x", "kind": "y", "page": "z"}, "5 entries"),
    ):
        assert expected in words(reviewer, LOG, **query), query


def test_the_log_asks_the_database_the_same_number_of_times(reviewer: Client, django_assert_max_num_queries):
    for number in range(8):
        published(f"{NOTICE}\n{number}", f"{number}.txt")
    with django_assert_max_num_queries(12):
        reviewer.get(LOG)
    with django_assert_max_num_queries(12):
        reviewer.get(history(Document.objects.first()))
