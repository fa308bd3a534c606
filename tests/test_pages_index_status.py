"""The page on the state of the search index, and the rebuild that an administrator asks for."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.models import OutboxEntry
from archive.search import index_status, indexer, upkeep
from tests.factories import administrator
from tests.page_rows import Page
from tests.search_fixtures import make_document, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
ADDRESS = "/admin/archive/index/"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    """A data folder of this test's own: a request in it is heard by no other indexer."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(administrator())
    return client


def words_of(client: Client) -> str:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return Page(response).words


def test_an_index_in_order(staff: Client) -> None:
    make_document("Front. ", "A lantern.")
    indexer.rebuild()
    words = words_of(staff)
    assert "Generation 1" in words
    assert "Sections in it 2; 2 are published" in words
    assert "Changes that wait 0" in words
    assert "Index and database agree." in words
    assert upkeep.size_on_disk() > 1000


def test_no_index_yet(staff: Client) -> None:
    make_document("A lantern.")
    words = words_of(staff)
    assert "there is no index yet" in words
    assert "The index does not answer" in words
    assert "never" in words
    assert upkeep.comparison() is None


def test_what_is_missing_and_what_is_left_over_is_named(staff: Client) -> None:
    gone = make_document("A lantern.", title="A withdrawn notice")
    indexer.rebuild()
    missing = make_document("Another lantern.", title="A missing notice")
    withdraw(gone)
    waiting = upkeep.comparison()
    assert waiting
    assert (waiting.missing, waiting.left_over, waiting.waiting) == ((), (), (gone.pk, missing.pk))
    assert "Changes that wait 2, the oldest for" in words_of(staff)
    OutboxEntry.objects.all().delete()
    found = upkeep.comparison()
    assert found == upkeep.Comparison(1, 1, (missing.pk,), (gone.pk,), ())
    words = words_of(staff)
    assert f"{missing.pk}: A missing notice" in words
    assert f"{gone.pk}: A withdrawn notice" in words


def test_the_page_is_for_administrators(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302
    client.force_login(User.objects.create_user("reader", password="a long password"))
    assert client.get(ADDRESS).status_code == 302
    client.force_login(User.objects.create_user("clerk", password="a long password", is_staff=True))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS).status_code == 403
    assert upkeep.rebuild_request() is None


def test_a_rebuild_is_asked_for_by_a_form_of_the_page_only(staff: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    assert strict.post(ADDRESS).status_code == 403
    assert upkeep.rebuild_request() is None
    response = staff.post(ADDRESS, follow=True)
    assert "The indexer has been asked" in Page(response).html
    assert "A rebuild was asked for by curator" in Page(response).words


def test_a_folder_that_cannot_be_written_to_is_said(staff: Client, data_folder: Path) -> None:
    data_folder.rmdir()
    assert "could not be written down" in staff.post(ADDRESS, follow=True).content.decode()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"by": "x"}', '{"by": "x", "at": "yesterday"}'])
def test_a_request_that_cannot_be_understood_counts(data_folder: Path, content: str) -> None:
    (data_folder / upkeep.REQUEST).write_text(content)
    request = upkeep.rebuild_request()
    assert request
    upkeep.rebuild_done(request)
    assert upkeep.rebuild_request() is None


@pytest.mark.django_db(transaction=True)
def test_the_indexer_hears_of_it(staff: Client) -> None:
    make_document("A lantern.")
    indexer.rebuild()
    staff.post(ADDRESS)
    stop = threading.Event()
    before = index_status().generation
    watcher = threading.Thread(target=stop_when_heard, args=(stop, time.monotonic() + 30))
    watcher.start()
    indexer.run(stop, poll=0.02)
    watcher.join()
    assert upkeep.rebuild_request() is None
    assert index_status().generation == before + 1


def stop_when_heard(stop: threading.Event, deadline: float) -> None:
    """Ends the indexer once the request is gone, or after a time in which it should have been."""
    while upkeep.rebuild_request() and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
