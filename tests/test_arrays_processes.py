"""Array postings under readers and writers at the same time, killed writers and damaged files."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from whoosh.index import EmptyIndexError, LockError
from whoosh.query import Every, Term
from whoosh.writing import IndexingError

from archive.search.arrays.building import BuildFailed, build
from archive.search.arrays.files import DamagedIndex
from archive.search.arrays.searcher import Searcher
from archive.search.arrays.segments import Making
from archive.search.arrays.writer import ArrayWriter, merge_all, merge_none
from tests.arrays_child import DOCUMENTS, LAST, ROWS, check, commit_version, fill, fill_and_die, fill_badly
from tests.arrays_fixtures import make_index, pks, row


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = make_index(tmp_path / "arrays")
    commit_version(made, 1, list(range(1, DOCUMENTS + 1)))
    return made


@contextmanager
def child(action: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.arrays_child", action, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_readers_beside_a_writer(folder: Path) -> None:
    """Threads and a second process read while commits replace, merge and remove segments."""
    failures: list[BaseException] = []
    done = threading.Event()

    def reading() -> None:
        searcher = Searcher(folder)
        try:
            while not done.is_set():
                check(searcher)
                if not searcher.is_current():
                    searcher = Searcher(folder)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=reading) for _ in range(2)]
    for thread in threads:
        thread.start()
    with child("read", folder) as reader:
        for version in range(2, LAST + 1):
            commit_version(folder, version, random.Random(version).sample(range(1, DOCUMENTS + 1), 4))
        done.set()
        for thread in threads:
            thread.join()
        assert reader.stdout
        assert int(reader.stdout.readline()) >= 1
    assert not failures
    assert check(Searcher(folder)) == LAST


def test_a_killed_writer_leaves_a_readable_index(folder: Path) -> None:
    rng = random.Random(4)
    version = 1
    for _ in range(4):
        with child("write", folder) as writer:
            assert writer.stdout
            for _ in range(rng.randint(1, 3)):
                version = int(writer.stdout.readline())
            time.sleep(rng.random() / 20)
            writer.kill()
            version = max([version, *map(int, writer.stdout.read().split())])
        searcher = Searcher(folder)
        searcher.verify()
        assert check(searcher) in (version, version + 1)  # it may have been killed before it could say so
        version = check(searcher)
    commit_version(folder, version + 1, [1])
    left = [path.name for path in folder.iterdir() if ".toc." in path.name or path.suffix == ".arrays"]
    assert len(left) == len(Searcher(folder).leaves)


def test_a_commit_is_noticed(folder: Path) -> None:
    searcher = Searcher(folder)
    assert searcher.is_current()
    commit_version(folder, 2, [3])
    assert not searcher.is_current()
    assert check(searcher) == 1
    searcher = Searcher(folder)
    time.sleep(0.06)
    assert [searcher.is_current() for _ in range(3)] == [True] * 3
    (folder / "other").touch()  # not every change is a commit
    assert searcher.is_current()


def test_an_open_searcher_outlives_its_files(folder: Path) -> None:
    searcher = Searcher(folder)
    commit_version(folder, 2, list(range(1, DOCUMENTS + 1)))
    writer = ArrayWriter(folder)
    writer.commit(merge_all)
    assert not any((folder / f"{leaf.data.file.path.name}").exists() for leaf in searcher.leaves)
    assert check(searcher) == 1
    searcher.verify()
    assert len(pks(searcher.select(Every("text_exact")))) == DOCUMENTS * ROWS  # through Whoosh's own matchers


def test_one_writer_at_a_time(folder: Path) -> None:
    writer = ArrayWriter(folder)
    with pytest.raises(LockError):
        ArrayWriter(folder)
    writer.cancel()
    with pytest.raises(IndexingError):
        writer.add({"pk": 1})
    ArrayWriter(folder).cancel()


def test_cancelling_and_failing_change_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(path.name for path in folder.iterdir())
    writer = ArrayWriter(folder, Making(limit=10))
    writer.delete("key", ["1", "2"])
    for ordinal in range(100):
        writer.add(row(1, ordinal, ordinal, "some more words"))
    writer.cancel()
    assert sorted(path.name for path in folder.iterdir()) == before
    writer = ArrayWriter(folder)
    writer.add(row(1, 0, 1, "words"))
    with pytest.raises(ZeroDivisionError):
        writer.commit(lambda segments: 1 // 0)
    assert sorted(path.name for path in folder.iterdir()) == before
    assert check(Searcher(folder)) == 1


def test_deleting_and_bringing_back(folder: Path) -> None:
    writer = ArrayWriter(folder)
    assert writer.delete_by_term("key", "3") == ROWS
    assert writer.delete("key", ["3", "77"]) == 0
    assert writer.reader().doc_count() == (DOCUMENTS - 1) * ROWS
    writer.delete_document(2 * ROWS, delete=False)
    with pytest.raises(IndexingError):
        writer.delete_document(DOCUMENTS * ROWS)
    writer.commit(merge_none)
    assert pks(Searcher(folder).select(Term("key", "3"))) == {300}


def make_parallel(folder: Path, fill: Callable[..., object]) -> ArrayWriter:
    writer = ArrayWriter(folder, Making(limit=50))
    try:
        build(writer, fill, [range(1, 5), range(5, 9), range(9, 13)], processes=2, start="spawn")
    except BaseException:
        writer.cancel()
        raise
    return writer


def test_building_in_parallel(tmp_path: Path) -> None:
    made = make_index(tmp_path / "parallel")
    make_parallel(made, fill).commit()
    searcher = Searcher(made)
    assert check(searcher) == 1
    assert len(searcher.leaves) == 2
    assert pks(searcher.select(Term("text_exact", "7"))) == set(range(700, 700 + ROWS))


@pytest.mark.parametrize(("fill", "problem"), [(fill_badly, "KeyError.*colour"), (fill_and_die, "code -9")])
def test_a_build_that_fails(folder: Path, fill: Callable[..., object], problem: str) -> None:
    with pytest.raises(BuildFailed, match=problem):
        make_parallel(folder, fill)
    assert check(Searcher(folder)) == 1
    commit_version(folder, 2, [1])
    assert len(list(folder.glob("*.arrays"))) == len(Searcher(folder).leaves)


def arrays_of(folder: Path) -> Path:
    return next(folder.glob("*.arrays"))


def toc_of(folder: Path) -> Path:
    return next(folder.glob("*.toc"))


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.9, 0.999])
@pytest.mark.parametrize("which", [arrays_of, toc_of])
def test_files_that_were_cut_off(folder: Path, which: Callable[[Path], Path], share: float) -> None:
    content = which(folder).read_bytes()
    which(folder).write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DamagedIndex):
        Searcher(folder)


def test_a_missing_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.search.arrays.searcher.TRIES", 2)
    arrays_of(folder).unlink()
    with pytest.raises(DamagedIndex, match="missing"):
        Searcher(folder)


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(EmptyIndexError):
        Searcher(tmp_path)


def test_damage_inside(folder: Path) -> None:
    """A byte that was altered in any array is found by looking for it."""
    content = bytearray(arrays_of(folder).read_bytes())
    rng = random.Random(1)
    for _ in range(30):
        at = rng.randrange(len(content))
        content[at] ^= 0x55
        other = folder / "altered"
        other.write_bytes(content)
        other.replace(arrays_of(folder))
        content[at] ^= 0x55
        if damaged_at(folder):
            continue
        # only the bytes between two arrays belong to none
        assert not any(starts <= at < ends for starts, ends in extents(folder))


def damaged_at(folder: Path) -> bool:
    try:
        Searcher(folder).verify()
    except DamagedIndex:
        return True
    return False


def extents(folder: Path) -> list[tuple[int, int]]:
    (leaf,) = Searcher(folder).leaves
    return [leaf.data.file.extent(name) for name in leaf.data.file]
