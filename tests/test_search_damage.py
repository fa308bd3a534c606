"""What befalls an index on the disk: damage, and no room; the rows of risks that a test answers are named."""

from __future__ import annotations

import json
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from haystack import connections

from archive.search import SearchParams, indexer, search
from tests.search_fixtures import ask, backend, current, documents, files, found, make_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


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
