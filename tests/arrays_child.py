"""What the tests of array postings run in processes of their own: `python -m tests.arrays_child ACTION FOLDER`."""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path

from whoosh.query import Every

from archive.search.arrays.queries import Values
from archive.search.arrays.searcher import Searcher
from archive.search.arrays.segments import SegmentBuilder
from archive.search.arrays.writer import ArrayWriter, merge_all, merge_due, merge_none, merge_small
from tests.arrays_fixtures import row

DOCUMENTS = 12
ROWS = 5
LAST = 40


def commit_version(folder: Path, version: int, documents: list[int]) -> None:
    """Replace documents by what their rows say in a version: all have its number as their year."""
    rng = random.Random(version)
    writer = ArrayWriter(folder, timeout=10)
    writer.delete("key", map(str, documents))
    for document in documents:
        for ordinal in range(ROWS):
            writer.add(row(document, ordinal, document * 100 + ordinal, f"word {version} mass line", year=version))
    writer.commit(rng.choice([merge_small, merge_due, merge_none, merge_all]))


def check(searcher: Searcher) -> int:
    """Each document is whole and in one version; returns the newest version."""
    everything = searcher.select(Every())
    assert sum(len(part.rows) for part in everything) == DOCUMENTS * ROWS
    newest = 0
    for document in range(1, DOCUMENTS + 1):
        found = searcher.select(Values("key", (str(document),)))
        ((version, count),) = searcher.numbers(found, "year").items()
        assert count == ROWS
        newest = max(newest, version)
    return newest


def write(folder: Path) -> None:
    """Replace some documents without end; say a version once it is committed."""
    version = check(Searcher(folder))
    while True:
        version += 1
        commit_version(folder, version, random.Random(version).sample(range(1, DOCUMENTS + 1), 4))
        print(version, flush=True)


def read(folder: Path) -> None:
    """Check commits and check them again when they are no longer the newest, up to version LAST; say how many."""
    seen: set[int] = set()
    searcher = Searcher(folder)
    while max(seen, default=0) < LAST:
        if not searcher.is_current():
            after = Searcher(folder)
            seen.add(check(searcher))
            searcher = after
        seen.add(check(searcher))
    print(len(seen), flush=True)


def fill(builder: SegmentBuilder, documents: range) -> None:
    """A shard of a build."""
    for document in documents:
        for ordinal in range(ROWS):
            builder.add(row(document, ordinal, document * 100 + ordinal, f"word {document} mass line", year=1))


def fill_badly(builder: SegmentBuilder, documents: range) -> None:
    fill(builder, documents)
    if 7 in documents:
        builder.add({"colour": 1})


def fill_and_die(builder: SegmentBuilder, documents: range) -> None:
    fill(builder, documents)
    if 7 in documents:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](Path(sys.argv[2]))
