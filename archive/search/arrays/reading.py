"""A segment opened for reading: its arrays, field by field."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from archive.search.arrays.columns import BytesColumn, KeywordColumn, NumberColumn
from archive.search.arrays.files import Array, ArrayFile, DamagedIndex
from archive.search.arrays.segment import ArraySegment
from archive.search.arrays.texts import Postings

MASKS = 256
"""Filters whose rows are remembered for each segment, one byte for a row."""

KINDS = ("text", "keywords", "number", "bytes")
BLOCK = 6
"""Bits of a place within a block of 64."""
STEPS = 8
"""Rows that are looked at one after another before a place is searched for among all."""

P = TypeVar("P", Postings, KeywordColumn, NumberColumn, BytesColumn)


class SegmentData:
    """The arrays of one segment. They never change; deletions are known to the table of contents only."""

    def __init__(self, file: ArrayFile) -> None:
        self.file = file
        self.rows: int = file.facts["rows"]
        self.starts = file["starts"]
        self._kinds: dict[str, str] = file.facts["fields"]
        self._names = {kind: frozenset(name for name, of in self._kinds.items() if of == kind) for kind in KINDS}
        self._parts: dict[str, Any] = {}
        self._masks: OrderedDict[Hashable, Array] = OrderedDict()
        self._lock = threading.Lock()

    def names(self, kind: str) -> frozenset[str]:
        """The fields of a kind: text, keywords, number or bytes."""
        return self._names[kind]

    def text(self, name: str) -> Postings:
        return self._part(name, "text", Postings.load, Postings.none)

    def keywords(self, name: str) -> KeywordColumn:
        return self._part(name, "keywords", KeywordColumn.load, KeywordColumn.none)

    def sortable(self, name: str) -> BytesColumn:
        return self._part(name, "bytes", BytesColumn.load, BytesColumn.none)

    def numbers(self, name: str, default: int = 0) -> Array:
        """The numbers of all rows, `default` where a row was written before the field existed."""
        return self._part(name, "number", NumberColumn.load, partial(NumberColumn.none, default)).values

    def _part(self, name: str, kind: str, load: Callable[[ArrayFile, str], P], none: Callable[[int], P]) -> P:
        found: P | None = self._parts.get(name)
        if found is None:
            found = self._parts[name] = load(self.file, name) if self._kinds.get(name) == kind else none(self.rows)
        return found

    def mask(self, key: Hashable, make: Callable[[], Array]) -> Array:
        """The rows of a filter as truth values, made once and kept while it is among the last used."""
        with self._lock:
            if key in self._masks:
                self._masks.move_to_end(key)
                return self._masks[key]
        made = make()
        with self._lock:
            self._masks[key] = made
            while len(self._masks) > MASKS:
                self._masks.popitem(last=False)
        return made

    def rows_of(self, places: Array) -> Array:
        """The rows that places lie in."""
        rows: Array = self._first_rows[places >> BLOCK]
        for _ in range(STEPS):
            behind = self.starts[1:][rows] <= places
            if not behind.any():
                return rows
            rows += behind
        return (np.searchsorted(self.starts, places, side="right") - 1).astype(np.int32)

    @cached_property
    def _first_rows(self) -> Array:
        """The row of every 64th place: from there it is a step or two to the row of any place."""
        blocks = np.arange(0, int(self.starts[-1]) + 1, 1 << BLOCK)
        return (np.searchsorted(self.starts[:-1], blocks, side="right") - 1).astype(np.int32)


_open: weakref.WeakValueDictionary[tuple[int, ...], SegmentData] = weakref.WeakValueDictionary()
_open_lock = threading.Lock()


def opened(folder: Path, segment: ArraySegment) -> SegmentData:
    """A segment's arrays, shared by all in this process that have it open.

    FileNotFoundError when a commit has removed it, DamagedIndex when it is not what was written.
    """
    if not isinstance(segment, ArraySegment):
        raise DamagedIndex(f"{segment!r} was written by another codec")
    path = folder / segment.file_name()
    found = path.stat()
    key = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
    with _open_lock:
        data = _open.get(key)
        if data is None:
            data = _open[key] = _read(path)
    if data.rows != segment.doc_count_all():
        raise DamagedIndex(f"{path.name} has {data.rows} rows instead of {segment.doc_count_all()}")
    return data


def _read(path: Path) -> SegmentData:
    try:
        return SegmentData(ArrayFile(path))
    except (KeyError, ValueError) as error:
        raise DamagedIndex(f"{path.name} lacks an array ({error})") from error


def live(segment: ArraySegment) -> Array:
    """The rows of a segment that have not been deleted, as truth values."""
    rows = np.ones(segment.doc_count_all(), bool)
    rows[list(segment.deleted_docs())] = False
    return rows
