"""The indexer: what the outbox tells reaches the index, whatever happens to processes and the database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from haystack import connections

from archive.models import Document, OutboxEntry
from archive.search import SearchParams, index_status, indexer, loading, search
from archive.search.arrays import writer
from tests.search_fixtures import announce, direct, found, make_document, withdraw


def total(q: str = "word") -> int:
    page = search(SearchParams(q=q))
    assert page.notice == ""
    return page.total


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder")
class TestOutbox:
    def test_entries_are_applied_once_and_marked(self) -> None:
        make_document("word", "word")
        document = make_document("word")
        announce(document)
        assert indexer.rebuild() == 1
        assert OutboxEntry.objects.pending().count() == 0
        announce(document)
        announce(document)
        assert (indexer.catch_up(), indexer.catch_up()) == (1, 0)
        assert total() == 3

    def test_applying_an_entry_twice_does_no_harm(self) -> None:
        make_document("word")
        indexer.catch_up()
        OutboxEntry.objects.update(done_at=None)
        assert indexer.catch_up() == 1
        assert total() == 1

    def test_what_is_withdrawn_goes_and_what_is_read_again_changes(self) -> None:
        first, second = make_document("word"), make_document("word")
        indexer.catch_up()
        withdraw(first)
        Document.objects.filter(pk=second.pk).update(text="text")
        announce(second)
        indexer.catch_up()
        assert (total(), total("text")) == (0, 1)

    def test_many_documents_are_more_than_one_commit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        indexer.rebuild()
        monkeypatch.setattr(indexer, "BATCH", 3)
        for _ in range(8):
            make_document("word")
        assert indexer.catch_up() == 8
        assert total() == 8

    def test_what_changes_during_a_rebuild_is_in_it(self) -> None:
        """Also what an indexer put into the old generation meanwhile, and has marked as done."""
        documents = [make_document("word") for _ in range(3)]
        indexer.catch_up()
        made: list[Document] = []

        def meanwhile(done: int, of: int) -> None:
            made.append(make_document("word new"))
            indexer.catch_up()
            made.append(make_document("word new"))
            withdraw(documents[0])

        generation = indexer.rebuild(meanwhile)
        assert index_status().generation == generation == 2
        assert OutboxEntry.objects.pending().count() == 0
        assert (total(), total("new")) == (4, 2)

    def test_a_document_that_cannot_be_prepared_holds_up_no_other(self, caplog: pytest.LogCaptureFixture) -> None:
        make_document("word", boilerplate=[("here", "there", "menu")])  # type: ignore[list-item]
        make_document("word")
        assert indexer.catch_up() == 0
        assert total() == 1
        assert "cannot be prepared" in caplog.text
        status = index_status()
        assert (status.sections, status.published_sections) == (1, 2)

    def test_status_says_how_far_behind_the_index_is(self) -> None:
        make_document("word", "word")
        indexer.catch_up()
        status = index_status()
        assert (status.sections, status.published_sections, status.pending) == (2, 2, 0)
        assert (status.readable, status.problem, status.oldest_pending_seconds) == (True, "", None)
        make_document("word")
        status = index_status()
        assert (status.sections, status.published_sections, status.pending) == (2, 3, 1)
        assert status.oldest_pending_seconds is not None
        assert status.oldest_pending_seconds >= 0

    def test_reconciling_puts_right_what_no_entry_tells_of(self, caplog: pytest.LogCaptureFixture) -> None:
        """R5, R23: two sets of ids are compared, and only what differs is touched."""
        kept, gone, new = make_document("word"), make_document("word"), make_document("word", published=False)
        indexer.catch_up()
        Document.objects.filter(pk=gone.pk).update(state="draft", published_at=None)
        Document.objects.filter(pk=new.pk).update(state="published", published_at=kept.published_at)
        assert indexer.reconcile() == ({new.pk}, {gone.pk})
        assert indexer.reconcile() == (set(), set())
        assert found(search(SearchParams(q="word"))) == [(kept.pk, 0), (new.pk, 0)]
        assert "left over" in caplog.text

    def test_entries_of_last_week_go_but_the_last_one_stays(self) -> None:
        for _ in range(3):
            make_document("word")
        indexer.catch_up()
        first, second, last = OutboxEntry.objects.values_list("pk", flat=True)
        OutboxEntry.objects.filter(pk=first).update(done_at=timezone.now() - timedelta(days=8))
        assert indexer.forget_entries() == 1
        assert [*OutboxEntry.objects.values_list("pk", flat=True)] == [second, last]
        OutboxEntry.objects.update(done_at=timezone.now() - timedelta(days=8))
        OutboxEntry.objects.filter(pk=second).update(done_at=None)
        assert indexer.forget_entries() == 0

    def test_small_segments_are_merged_and_say_the_same(self) -> None:
        indexer.rebuild()
        documents = [make_document("word") for _ in range(3)]
        for _ in range(6):
            for document in documents:
                announce(document)
                indexer.catch_up()
        for document in documents:
            withdraw(document)
        make_document("word")
        indexer.catch_up()
        while indexer.tidy():
            assert total() == 1
        assert not indexer.tidy()
        assert (total(), index_status().sections) == (1, 1)

    def test_the_command_builds_only_when_needed(self, capsys: pytest.CaptureFixture[str]) -> None:
        make_document("word")
        call_command("reindex", "--if-needed")
        assert "there is no index" in capsys.readouterr().out
        call_command("reindex", "--if-needed")
        assert "in order" in capsys.readouterr().out
        call_command("reindex")
        assert "Generation 2 of the search index answers: 1 sections." in capsys.readouterr().out
        with connections["default"].get_backend().building(), pytest.raises(CommandError, match="at work"):
            call_command("reindex")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("index_folder")
def test_a_database_that_is_away_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    """Errors come from Django's own hook around queries; the loop goes on when they end."""
    make_document("word")
    stop, refused = threading.Event(), []

    def away(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if len(refused) < 3:
            refused.append(sql)
            raise OperationalError("the server closed the connection")
        if sql.startswith("UPDATE"):
            stop.set()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(away):
        indexer.run(stop, poll=0.001)
    assert len(refused) == 3
    assert "does not answer" in caplog.text
    assert total() == 1


@pytest.mark.django_db(transaction=True)
def test_quiet_moments_merge_what_commits_leave_side_by_side(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexer.rebuild()
    monkeypatch.setattr(writer, "SMALL", 0)
    for _ in range(7):
        make_document("word")
        indexer.catch_up()
    stop = threading.Event()
    merged = threading.Thread(target=stop_when, args=(stop, lambda: segments(index_folder) < 7))
    assert segments(index_folder) == 7
    merged.start()
    indexer.run(stop, poll=0.01, quiet=0.05)
    merged.join()
    assert segments(index_folder) == 1
    assert total() == 7


def segments(index: Path) -> int:
    return len([*(index / "current").glob("*.arrays")])


def stop_when(stop: threading.Event, reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not reached() and time.monotonic() < deadline:
        time.sleep(0.01)
    stop.set()


@pytest.mark.django_db
@pytest.mark.parametrize("load", [loading.sections, loading.directives])
def test_the_rows_of_a_page_are_found_by_their_ids(load: Callable[[list[int]], Any]) -> None:
    """Not by the index of states, which leads over all published documents."""
    document = make_document("word", "word")
    ids = [direct(document, 0, 4).pk, *document.sections.values_list("pk", flat=True)]
    with CaptureQueriesContext(connection) as asked:
        assert load(ids)
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        plans = [str(cursor.execute(f"{explain} {query['sql']}") and cursor.fetchall()) for query in asked]
    for plan in plans:
        assert "document_by_date" not in plan
        assert "INTEGER PRIMARY KEY" in plan or connection.vendor != "sqlite"


@pytest.mark.django_db
def test_rows_are_of_published_documents() -> None:
    hidden, shown = make_document("word", published=False), make_document("word")
    sections = [each.sections.get().pk for each in (hidden, shown)]
    assert [row.document_id for row in loading.sections(sections).values()] == [shown.pk]
