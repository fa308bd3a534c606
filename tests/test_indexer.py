"""The indexer: what the outbox tells reaches the index, whatever happens to processes and the database."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from haystack import connections

from archive.models import Document, OutboxEntry
from archive.search import SearchParams, index_status, indexer, search
from tests.search_fixtures import announce, ask, found, index_folder, make_document, withdraw  # noqa: F401 - a fixture


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


# real processes, on an SQLite database of their own


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty database."""
    folder = tmp_path_factory.mktemp("processes")
    run(folder, "manage.py", "migrate", "--verbosity", "0")
    return folder


@pytest.fixture
def place(empty: Path, tmp_path: Path) -> Path:
    """A data folder of this test's own."""
    return shutil.copytree(empty, tmp_path / "data")


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {
        "MASSLINE_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "MASSLINE_LOG_LEVEL": "ERROR",
    }


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(folder: Path, *arguments: str) -> str:
    with start(folder, *arguments) as process:
        out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    return out


def stopped(process: subprocess.Popen[str], signum: int) -> tuple[int, str]:
    """(status, standard error) of a process that was sent a signal."""
    process.send_signal(signum)
    with process:
        _, error = process.communicate(timeout=60)
    return process.returncode, error


@pytest.fixture
def indexer_process(place: Path) -> Iterator[subprocess.Popen[str]]:
    process = start(place, "manage.py", "indexer")
    assert process.stderr is not None
    assert "running" in process.stderr.readline()
    yield process
    if process.poll() is None:
        stopped(process, signal.SIGKILL)


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_what_is_published_is_found_and_a_signal_ends_the_indexer(
    place: Path, indexer_process: subprocess.Popen[str], signum: int
) -> None:
    hits, answered_by, _ = run(place, "-m", "tests.search_child", "publish").split()
    assert int(hits) > 0
    assert answered_by == "index"
    status, error = stopped(indexer_process, signum)
    assert status == 0
    assert "has stopped" in error


def test_a_second_indexer_says_who_is_at_work(place: Path, indexer_process: subprocess.Popen[str]) -> None:
    with start(place, "manage.py", "indexer") as second:
        _, error = second.communicate(timeout=60)
    assert second.returncode == 1
    assert f"process {indexer_process.pid}" in error
    assert "Traceback" not in error


def test_killed_at_any_moment_the_index_stays_readable_and_repairs_itself(place: Path) -> None:
    """kill -9 while documents are committed and generations are built; the next process finds every one of them."""
    chance = random.Random(20240501)  # the same moments in every run
    for _ in range(8):
        with start(place, "-m", "tests.search_child", "hammer") as process:
            assert process.stdout is not None
            before, after = process.stdout.readline().split(), process.stdout.readline().split()
            try:
                process.wait(chance.uniform(0.05, 1.0))
            except subprocess.TimeoutExpired:
                process.kill()
            _, error = process.communicate()
        assert process.returncode == -signal.SIGKILL, error
        _, total_before, published, unsure, _ = before
        assert abs(int(total_before) - int(published)) <= int(unsure)
        assert after[1] == after[2]
        assert after[3] == "index"
