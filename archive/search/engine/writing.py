"""Writing an index: rows into a folder, one commit at a time. Only the indexer's process comes here."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace as with_values
from pathlib import Path
from typing import Any

from whoosh.fields import Schema
from whoosh.index import create_in

from archive.search.arrays.building import BuildFailed, build
from archive.search.arrays.searcher import Searcher
from archive.search.arrays.segment import ArraySegment
from archive.search.arrays.segments import Making, SegmentBuilder
from archive.search.arrays.writer import ArrayWriter, merge_due, rows_of
from archive.search.engine.generations import Generations, Manifest, now, read_manifest, sync_files, write_manifest
from archive.search.engine.schema import KEY
from archive.search.keeping import Prepared, ProcessLost

Row = dict[str, Any]
MakeRow = Callable[[Prepared], Row]

COLLECTING = 2
"""Processes that may each collect as much as one process alone; more of them share that."""
PR_SET_PDEATHSIG = 1
"""Linux: the signal that a process gets when its parent has ended."""
M_MMAP_THRESHOLD = -3
"""glibc: the size of pieces of memory from which on each is given back to the system by itself."""
LARGE = 1 << 23


def commit(folder: Path, documents: Collection[int], rows: Iterable[Row], making: Making) -> int:
    """Replace all rows of the documents in one commit; returns how many rows the index then has."""
    writer = ArrayWriter(folder, making)
    try:
        writer.delete(KEY, map(str, documents))
        for row in rows:
            writer.add(row)
        writer.commit()
    finally:
        give_up(writer)
    return Searcher(folder).count()


def give_up(writer: ArrayWriter) -> None:
    """Undo what a writer has begun, unless it has come to an end."""
    if not writer.is_closed:
        writer.cancel()


class Building:
    """A generation that is being built aside."""

    def __init__(
        self, generations: Generations, schema: Schema, fingerprint: str, make_row: MakeRow, making: Making
    ) -> None:
        self._generations = generations
        self._fingerprint = fingerprint
        self._row = make_row
        self._began = now()
        self.folder = generations.begin()
        self._making = making
        create_in(str(self.folder), schema)
        self._writer = ArrayWriter(self.folder, making)

    def add(self, rows: Iterable[Prepared]) -> int:
        count = 0
        for count, row in enumerate(rows, 1):  # noqa: B007 - the last number is wanted
            self._writer.add(self._row(row))
        return count

    def add_together(
        self, shards: Sequence[Sequence[int]], rows: Callable[[Sequence[int]], Iterable[Prepared]]
    ) -> None:
        parent = os.getpid()

        def fill(builder: SegmentBuilder, shard: Sequence[int]) -> None:
            end_with(parent)
            give_back_memory()
            for row in rows(shard):
                builder.add(self._row(row))

        limit = self._making.limit * COLLECTING // max(COLLECTING, len(shards))
        give_up(self._writer)
        self._writer = ArrayWriter(self.folder, with_values(self._making, limit=limit))
        try:
            build(self._writer, fill, shards, len(shards))
        except BuildFailed as failed:
            give_up(self._writer)
            self._writer = ArrayWriter(self.folder, self._making)
            raise ProcessLost(str(failed)) from None

    def finish(self) -> None:
        self._writer.commit()

    def close(self) -> None:
        """Give back what the writer holds, and the space of a build that was not installed."""
        give_up(self._writer)
        shutil.rmtree(self.folder, ignore_errors=True)

    def replace(self, documents: Collection[int], rows: Iterable[Prepared]) -> None:
        commit(self.folder, documents, map(self._row, rows), self._making)

    def install(self, corpus: int) -> int:
        number = int(self.folder.name.removeprefix("building-"))
        count = Searcher(self.folder).count()
        write_manifest(self.folder, Manifest(number, self._fingerprint, corpus, count, self._began, now()))
        self._generations.install(self.folder)
        return number


def replace(folder: Path, documents: Collection[int], rows: Iterable[Row], corpus: int, making: Making) -> None:
    """One commit to a generation, and its manifest after it."""
    count = commit(folder, documents, rows, making)
    before = read_manifest(folder)
    manifest = Manifest(
        before.generation, before.fingerprint, max(corpus, before.corpus), count, before.built_at, now()
    )
    write_manifest(folder, manifest)
    sync_files(folder)


def tidy(folder: Path, making: Making) -> bool:
    """Merge the smallest group of segments that is due; False when none is."""
    writer = ArrayWriter(folder, making)
    try:
        due = bool(merge_due(writer.segments))
        if due:
            writer.commit(smallest_due)
    finally:
        give_up(writer)
    return due


def smallest_due(segments: Sequence[ArraySegment]) -> list[list[ArraySegment]]:
    """One group at a time: a change that comes meanwhile waits for no more than that."""
    return sorted(merge_due(segments), key=lambda group: sum(map(rows_of, group)))[:1]


def end_with(parent: int) -> None:
    """Be ended when the parent is, however that comes about: it has the locks, and its heirs would go on holding them.

    Ctrl-C is left to the parent. Elsewhere than on Linux, a process without parent ends when its work is done.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def give_back_memory() -> None:
    """Have large arrays leave no holes when they go, which the next ones would often not fit into."""
    with suppress(AttributeError):  # the C library of another system
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)
