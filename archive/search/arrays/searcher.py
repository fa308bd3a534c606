"""A searcher: one commit of an index, open for reading. Later commits do not touch it."""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.index import TOC, EmptyIndexError, FileIndex
from whoosh.query import Query
from whoosh.searching import Searcher as WhooshSearcher

from archive.search.arrays.evaluation import evaluate, step_rows
from archive.search.arrays.files import Array, DamagedIndex
from archive.search.arrays.leaves import Leaf, Statistics
from archive.search.arrays.matches import AllOf, Matches, boosted
from archive.search.arrays.ordering import Key, column_key, column_values, number_key, smallest
from archive.search.arrays.queries import Step
from archive.search.arrays.reading import SegmentData, live, opened

TRIES = 50
"""Openings that may race with a commit before the index counts as unreadable."""
TRIES_EMPTY = 5
"""The same where no table of contents was seen at all: more likely there is none."""
PAUSE = 0.01
SETTLED = 50_000_000
"""Nanoseconds after which a folder's time of change is trusted: two changes within a clock tick look like one."""


class Part(NamedTuple):
    """What a query has found in one segment: rows that have not been deleted, rising, and what scores them."""

    leaf: Leaf
    rows: Array
    matches: Matches


class Hit(NamedTuple):
    """A row that was found: its segment, its number there, its score (0 where another order was asked for)."""

    leaf: Leaf
    row: int
    score: float

    def number(self, column: str) -> int:
        return int(self.leaf.data.numbers(column)[self.row])


class Searcher:
    """The newest commit of the index in a folder.

    `ties` are columns of numbers: rows that are otherwise equal come in their rising order, then in that of rows.
    Opening raises EmptyIndexError when there is no index and DamagedIndex when it cannot be read.
    """

    def __init__(self, folder: Path, ties: Sequence[str] = ()) -> None:
        self._folder = folder
        self._ties = tuple(ties)
        self._storage = _Storage(str(folder), readonly=True)
        failures = 0
        while True:
            self._stamp = _settled(folder)
            try:
                self._open()
                return
            except (FileNotFoundError, EmptyIndexError) as error:
                # a commit removes what the table of contents before it named: then there is a newer one
                failures += 1
                if isinstance(error, EmptyIndexError) and failures >= TRIES_EMPTY:
                    raise
                if failures >= TRIES:
                    raise DamagedIndex(f"a file of the index is missing ({error})") from error
                time.sleep(PAUSE)

    def _open(self) -> None:
        contents = _contents(self._storage)
        data = [opened(self._folder, segment) for segment in contents.segments]
        names = [segment.segment_id() for segment in contents.segments]
        self._storage.data = dict(zip(names, data, strict=True))
        self.schema = contents.schema
        self.generation: int = contents.generation
        self.statistics = Statistics(data)
        stock = _Stock(self._storage, contents)
        self.leaves = [
            Leaf(
                each,
                index,
                self.statistics,
                live(segment) if segment.has_deletions() else None,
                partial(stock.leaf, index),
            )
            for index, (each, segment) in enumerate(zip(data, contents.segments, strict=True))
        ]

    def is_current(self) -> bool:
        """Whether this is the newest commit: as a rule one look at the folder."""
        stamp = _settled(self._folder)
        if stamp and stamp == self._stamp:
            return True
        self._stamp = stamp
        newest: int = TOC._latest_generation(self._storage, "MAIN")
        return newest == self.generation

    def count(self) -> int:
        """Rows that have not been deleted."""
        return sum(len(leaf.all_rows()) for leaf in self.leaves)

    def words(self, field: str, beginning: str) -> Iterator[str]:
        """The words of a text field with a beginning, in the order of their bytes, each once."""
        parts = [leaf.data.text(field).words for leaf in self.leaves]
        slices = [map(words.__getitem__, range(*words.begins(beginning.encode()))) for words in parts]
        return (word.decode() for word, _ in groupby(heapq.merge(*slices)))

    def select(self, query: Query) -> list[Part]:
        """The rows that a query finds, segment by segment."""
        parts = []
        for leaf in self.leaves:
            matches = evaluate(leaf, query)
            parts.append(Part(leaf, leaf.living(matches.rows), matches))
        return parts

    def top(self, parts: Sequence[Part], end: int | None = None, order: Sequence[str] = ()) -> list[Hit]:
        """The first `end` rows (None: all), by score or by columns (`-` before a name: falling)."""
        hits: list[tuple[Any, Hit]] = []
        for part in parts:
            ranked = self._first(part, end, order)
            if len(parts) == 1:
                return ranked
            hits += zip(self._values(part.leaf, ranked, order), ranked, strict=True)
        hits.sort(key=lambda hit: hit[0])
        return [hit for _, hit in hits[:end]]

    def _first(self, part: Part, end: int | None, order: Sequence[str]) -> list[Hit]:
        """The first rows of one segment."""
        data, rows = part.leaf.data, part.rows
        scores = np.zeros(len(rows), np.float32) if order else part.matches.scores(rows)
        keys: list[Key] = [column_key(data, name, rows, self._default(name)) for name in order]
        keys += [] if order else [lambda at: -scores[at]]
        keys += [number_key(data, column, rows) for column in self._ties]
        best = smallest(np.arange(len(rows)), keys, end)
        return [
            Hit(part.leaf, row, score) for row, score in zip(rows[best].tolist(), scores[best].tolist(), strict=True)
        ]

    def _values(self, leaf: Leaf, hits: Sequence[Hit], order: Sequence[str]) -> list[tuple[Any, ...]]:
        """What rows of several segments are sorted by."""
        rows = np.array([hit.row for hit in hits], np.int32)
        columns = [column_values(leaf.data, name, rows, self._default(name)) for name in order]
        ties = [leaf.data.numbers(column).take(rows).tolist() for column in self._ties]
        return list(zip((-hit.score for hit in hits), *columns, *ties, strict=True))

    def _default(self, name: str) -> int:
        return int(getattr(self.schema[name.removeprefix("-")], "default", 0))

    def places(self, part: Part, order: Sequence[str]) -> Array:
        """For each row of a part its place in an order by columns."""
        keys = [column_key(part.leaf.data, name, part.rows, self._default(name)) for name in order]
        keys += [number_key(part.leaf.data, column, part.rows) for column in self._ties]
        at = np.arange(len(part.rows))
        places = np.empty(len(at), np.int64)
        places[smallest(at, keys, None)] = at
        return places

    def weighed(self, parts: Sequence[Part], steps: Mapping[Step, float]) -> list[Part]:
        """The same rows, scored by terms wherever they occur in them: the sum of their scores times their weights."""
        weighed = []
        for part in parts:
            terms = [boosted(step_rows(part.leaf, step), weight) for step, weight in steps.items()]
            weighed.append(part._replace(matches=AllOf(part.rows, terms)))
        return weighed

    def keywords(self, parts: Sequence[Part], field: str) -> dict[str, int]:
        """How many of the rows have each keyword of a field; those without a row are left out."""
        counts: Counter[str] = Counter()
        for part in parts:
            counts.update(part.leaf.data.keywords(field).counts(part.rows))
        return dict(counts)

    def numbers(self, parts: Sequence[Part], field: str) -> dict[int, int]:
        """How many of the rows have each number of a column, its default left out."""
        counts: Counter[int] = Counter()
        for part in parts:
            values = part.leaf.data.numbers(field, self._default(field))
            counts.update(_counted(values.take(part.rows)))
        del counts[self._default(field)]
        return dict(counts)

    def verify(self) -> None:
        """Read every file whole; DamagedIndex when one is not as it was written."""
        for leaf in self.leaves:
            leaf.data.file.verify()


def _counted(values: Array) -> dict[int, int]:
    if values.dtype.itemsize <= 2:  # small numbers count as their own places
        counts = np.bincount(values)
        return {number: int(counts[number]) for number in np.flatnonzero(counts).tolist()}
    numbers, counts = np.unique(values, return_counts=True)
    return dict(zip(numbers.tolist(), counts.tolist(), strict=True))


def _settled(folder: Path) -> int:
    """When a folder was changed, 0 when that was only just now."""
    changed = folder.stat().st_mtime_ns
    return changed if time.time_ns() - changed > SETTLED else 0


def _contents(storage: FileStorage) -> TOC:
    try:
        return TOC.read(storage, "MAIN")
    except (FileNotFoundError, EmptyIndexError):
        raise
    except Exception as error:  # a damaged pickle raises whatever it likes
        raise DamagedIndex(f"the table of contents cannot be read ({type(error).__name__}: {error})") from error


class _Storage(FileStorage):
    """The folder, with the segments that are open: they outlive the removal of their files."""

    data: dict[str, SegmentData]

    def open_file(self, name: str, **_: Any) -> BufferFile:
        """A file that has been read whole: a table of contents that breaks off leaves nothing open."""
        return BufferFile((Path(self.folder) / name).read_bytes(), name=name)


class _Stock:
    """Whoosh's own searchers of the same commit, opened when a query needs them."""

    def __init__(self, storage: _Storage, contents: TOC) -> None:
        self._storage = storage
        self._contents = contents
        self._searcher: WhooshSearcher | None = None

    def leaf(self, index: int) -> WhooshSearcher:
        if self._searcher is None:
            contents = self._contents
            reader = FileIndex._reader(self._storage, contents.schema, contents.segments, contents.generation)
            self._searcher = WhooshSearcher(reader)
        return self._searcher.leaf_searchers()[index][0]
