"""The same change for a selection of the list of documents."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.actions.accounts import give_role
from archive.models import Document, Source
from tests.factories import NOTICE, administrator, draft, published

pytestmark = pytest.mark.django_db
LIST = "/admin/archive/document/"


@pytest.fixture
def curator(client: Client) -> Client:
    client.force_login(administrator())
    return client


@pytest.fixture
def two() -> list[Document]:
    return [draft(), published(NOTICE + "More.\n", "more.txt")]


def act(client: Client, action: str, documents: list[Document], **fields: object):
    chosen = [document.pk for document in documents]
    return client.post(LIST, {"action": action, "_selected_action": chosen, **fields}, follow=True)


def test_metadata_and_themes_of_a_selection(curator: Client, two: list[Document]):
    source = Source.objects.create(slug="huiwen", name_en="Huiwen", kind=Source.Kind.WEBSITE)
    page = act(curator, "correct", two).content.decode()
    assert "Change 2 documents" in page
    page = act(curator, "correct", two, apply="yes").content.decode()
    assert "Choose what to change." in page
    fields = {"apply": "yes", "found_at": source.pk, "kind": "order", "themes": ["petitions", "visits"]}
    assert "2 documents were changed" in act(curator, "correct", two, **fields).content.decode()
    for document in Document.objects.all():
        assert (document.found_at, document.kind) == (source, "order")
        assert {"petitions", "visits"} <= set(document.themes.values_list("key", flat=True))
        assert document.facts["kind"]["rule"] == "person"
        assert document.decisions.filter(made_by__username="curator").count() >= 1
    assert "0 documents were changed" in act(curator, "correct", two, **fields).content.decode()


def test_drafts_are_published_and_discarded(curator: Client, two: list[Document]):
    assert "1 document was changed" in act(curator, "publish", two).content.decode()
    assert Document.objects.published().count() == 2
    third = draft(NOTICE + "Third.\n", "third.txt")
    page = act(curator, "discard", [*two, third]).content.decode()
    assert "1 document was changed" in page
    assert "Withdraw a published document instead" in page


@pytest.mark.parametrize("action", ["correct", "publish"])
def test_who_may_not_change_a_document_may_not_change_many(action: str, client: Client):
    person = User.objects.create_user("contributor", password="a long password")
    give_role(user=person, role="contributor", by=None)
    document = draft()
    document.upload.received_by = person
    document.upload.save()
    client.force_login(User.objects.get(pk=person.pk))
    assert act(client, action, [document]).status_code == 403
    assert client.get(reverse("admin:archive_document_changelist")).status_code == 200
