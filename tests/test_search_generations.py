"""Generations of the index: builds, swaps, locks; the rows of risks that a test answers are named."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from haystack import connections
from haystack.exceptions import SearchBackendError
from haystack.query import SearchQuerySet

from archive.search import SearchParams, indexer, search
from archive.search.engine.generations import Generations, read_manifest
from archive.search.engine.locks import hold
from archive.search.keeping import Locked
from tests.search_fixtures import ask, backend, current, documents, files, found, make_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def test_an_index_is_never_made_by_a_reader() -> None:
    """R2."""
    with pytest.raises(SearchBackendError, match="no index yet"):
        SearchQuerySet().count()
    assert not settings.INDEX_DIR.exists()


@pytest.mark.parametrize(
    ("command", "options"),
    [("clear_index", {"interactive": False}), ("rebuild_index", {"interactive": False})],
)
def test_haystacks_own_commands_leave_the_index_alone(command: str, options: dict[str, object]) -> None:
    """R1, R23: they would delete the live index first."""
    make_document("word")
    indexer.catch_up()
    before = files(current())
    with pytest.raises(SearchBackendError, match="reindex"):
        call_command(command, verbosity=0, **options)
    with pytest.raises(SearchBackendError, match="reindex"):
        backend().update(None, [])
    with pytest.raises(SearchBackendError, match="reindex"):
        backend().remove("archive.section.1")
    assert files(current()) == before


def test_a_rebuild_is_swapped_and_keeps_the_one_before() -> None:
    """R1, R20."""
    document = make_document("word")
    for number in (1, 2, 3, 4):
        assert indexer.rebuild() == number
        assert found(search(SearchParams(q="word"))) == [(document.pk, 0)]
    names = sorted(path.name for path in settings.INDEX_DIR.iterdir() if path.is_dir())
    assert names == ["current", "gen-3", "gen-4"]
    manifest = read_manifest(current())
    assert (manifest.generation, manifest.rows) == (4, 1)
    assert manifest.corpus == document.outbox.get().pk


def test_what_an_interrupted_build_left_is_swept_by_the_next() -> None:
    left = Generations(settings.INDEX_DIR).begin()
    (left / "something").write_text("half")
    make_document("word")
    assert indexer.rebuild() == 1
    assert sorted(path.name for path in settings.INDEX_DIR.glob("building-*")) == []


def test_a_failed_build_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document("word")
    indexer.catch_up()
    before = current()

    def fail(done: int, total: int) -> None:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        indexer.rebuild(fail)
    assert current() == before
    assert found(search(SearchParams(q="word"))) == [(document.pk, 0)]
    assert indexer.rebuild() == 2


def test_readers_never_see_half_an_index() -> None:
    """R1: counts are right all the while that generations are swapped and changes committed under the readers."""
    for number in range(5):
        make_document(f"word {number}", "word")
    indexer.catch_up()
    stop, wrong, asked = threading.Event(), [], [0, 0]

    def read(which: int) -> None:
        while not stop.is_set():
            try:
                if (count := SearchQuerySet().filter(content="word").count()) != 10:
                    wrong.append(count)
            except Exception as error:
                wrong.append(error)
            asked[which] += 1
        connections["default"].get_backend().reading.close()

    threads = [threading.Thread(target=read, args=(which,)) for which in (0, 1)]
    for thread in threads:
        thread.start()
    keeper = backend()
    for round_ in range(6):
        with keeper.building() as build:
            build.add(indexer.prepared(sorted(documents())))
            build.finish()
            build.install(round_)
        with keeper.writing():
            keeper.replace(documents(), indexer.prepared(sorted(documents())), round_)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert min(asked) > 0


def test_a_commit_is_noticed_at_once_however_quickly_it_follows() -> None:
    for number in range(8):
        make_document(f"word {number}")
        assert ask("word").total == number + 1


# locks


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    """R4."""
    lock = tmp_path / "folder" / "some.lock"
    at_work = rf"process {os.getpid()} \(first\) is at work"
    with hold(lock, "first"), pytest.raises(Locked, match=at_work), hold(lock, "second"):
        pass
    with hold(lock, "third"):
        pass


def test_there_is_one_indexer_and_one_build_at_a_time() -> None:
    """R4."""
    stop = threading.Event()
    stop.set()
    with backend().indexing(), pytest.raises(Locked):
        indexer.run(stop)
    with backend().building(), pytest.raises(Locked):
        indexer.rebuild()
