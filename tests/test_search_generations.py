"""Generations of the index: damage, builds, swaps, locks; the rows of risks that a test answers are named."""

from __future__ import annotations

import json
import os
import resource
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from haystack import connections
from haystack.exceptions import SearchBackendError
from haystack.query import SearchQuerySet

from archive.models import Document
from archive.search import SearchParams, indexer, search
from archive.search.engine.backend import ArchiveBackend
from archive.search.engine.generations import Generations, read_manifest
from archive.search.engine.locks import hold
from archive.search.keeping import Locked
from tests.search_fixtures import ask, found, index_folder, make_document  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def backend() -> ArchiveBackend:
    made: ArchiveBackend = connections["default"].get_backend()
    return made


def current() -> Path:
    folder = backend().generations.current()
    assert folder is not None
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


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


def put(path: Path, content: bytes) -> None:
    """Replace a file; never cut short in place what a reader has mapped."""
    made = path.with_name("made")
    made.write_bytes(content)
    made.replace(path)


def damage_segment(folder: Path) -> None:
    segment = next(folder.glob("*.arrays"))
    put(segment, segment.read_bytes()[: segment.stat().st_size // 2])


def overwrite_segment(folder: Path) -> None:
    segment = next(folder.glob("*.arrays"))
    put(segment, b"\x00" * segment.stat().st_size)


def damage_postings(folder: Path) -> None:
    segment = next(folder.glob("*.arrays"))
    content = segment.read_bytes()
    put(segment, content[:12] + b"\xff" * (len(content) // 2) + content[len(content) // 2 + 12 :])


def remove_toc(folder: Path) -> None:
    next(folder.glob("*.toc")).unlink()


def empty_toc(folder: Path) -> None:
    put(next(folder.glob("*.toc")), b"")


def remove_segment(folder: Path) -> None:
    next(folder.glob("*.arrays")).unlink()


def break_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def other_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"pages": 3}')


def other_version(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"fingerprint": "another"}))


def remove_folder(folder: Path) -> None:
    shutil.rmtree(folder)


DAMAGE = [
    damage_segment,
    damage_postings,
    overwrite_segment,
    remove_toc,
    empty_toc,
    remove_segment,
    break_manifest,
    other_manifest,
    other_version,
    remove_folder,
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_generation_is_passed_over_then_built_anew(damage: Callable[[Path], None]) -> None:
    """R2, R3, R20: first the generation before answers, then the database; nothing is deleted; a rebuild repairs."""
    document = make_document("word")
    indexer.catch_up()
    first = current()
    indexer.rebuild()
    assert current() != first
    assert indexer.rebuild_reason() is None

    damage(current())
    left = current() if damage is not remove_folder else first
    before = files(left)
    page = search(SearchParams(q="word"))
    assert (found(page), page.notice) == ([(document.pk, 0)], "")
    assert indexer.rebuild_reason()
    assert indexer.status().problem

    damage(first)
    connections.reload("default")  # a reader that has it open would go on answering from it
    page = search(SearchParams(q="word"))
    assert found(page) == [(document.pk, 0)]
    assert page.notice
    assert not indexer.status().readable
    if left != first:
        assert files(left) == before

    assert indexer.catch_up() == 0
    assert indexer.rebuild_reason() is None
    page = search(SearchParams(q="word"))
    assert (found(page), page.notice) == ([(document.pk, 0)], "")
    assert indexer.status().problem == ""


# generations


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


def documents() -> set[int]:
    return set(Document.objects.values_list("pk", flat=True))


def test_a_commit_is_noticed_at_once_however_quickly_it_follows() -> None:
    for number in range(8):
        make_document(f"word {number}")
        assert ask("word").total == number + 1


def test_a_generation_that_could_not_be_read_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document("word")
    indexer.catch_up()
    toc = next(current().glob("*.toc"))
    content = toc.read_bytes()
    toc.unlink()
    assert search(SearchParams(q="word")).notice
    toc.write_bytes(content)
    time.sleep(0.1)
    page = search(SearchParams(q="word"))
    assert (found(page), page.notice) == ([(document.pk, 0)], "")


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


# a disk that is full


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process can grow beyond so many bytes: what a full disk does to a writer."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_loses_nothing_and_holds_no_lock() -> None:
    document = make_document("word")
    indexer.catch_up()
    make_document(" ".join(f"word{number}" for number in range(3000)))
    rows = list(indexer.prepared(sorted(documents())))
    with room_for(4000), pytest.raises(OSError, match="File too large"):
        backend().replace(documents(), rows, 1)
    with room_for(4000), pytest.raises(OSError, match="File too large"), backend().building() as build:
        build.add(rows)
        build.finish()
    assert found(search(SearchParams(q="word"))) == [(document.pk, 0)]
    assert found(ask("word2999"))
    assert indexer.rebuild() == 2
