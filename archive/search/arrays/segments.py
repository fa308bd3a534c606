"""Writing segments: from rows that are collected, and from segments that are merged."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from whoosh.fields import FieldType, Schema

from archive.search.arrays import columns, texts
from archive.search.arrays.collecting import Make, TextBuffer
from archive.search.arrays.columns import BytesBuffer, KeywordBuffer, NumberBuffer, NumberColumn
from archive.search.arrays.fields import Bytes, Keywords, Number, Text
from archive.search.arrays.files import Array, ArrayFileWriter
from archive.search.arrays.packing import Move
from archive.search.arrays.reading import SegmentData, live, opened
from archive.search.arrays.segment import ArraySegment

TOKENS = 12_000_000
"""Occurrences of terms that are collected before they are written as a segment; about 25 bytes of memory each."""
PLACES = 2**31 - 2**20
"""Places that a segment can have at most: numbers of 32 bits with a sign, with room for shifting them."""

INDEX_NAME = "MAIN"
"""Whoosh's name for the only index in a folder."""

Row = Mapping[str, Any]
Derived = Mapping[str, tuple[str, Make]]
"""Text fields that rows are not given: each is made of another text field, term by term."""


class Part(Protocol):
    """A field of a segment."""

    def save(self, file: ArrayFileWriter, name: str) -> None: ...


def kind_of(field: FieldType) -> str:
    """The kind of a field; TypeError for field types that an array index cannot hold."""
    for kind, types in (("text", Text), ("keywords", Keywords), ("number", Number), ("bytes", Bytes)):
        if isinstance(field, types):
            return kind
    raise TypeError(f"an array index has no fields of type {type(field).__name__}")


@dataclass(frozen=True, slots=True)
class Making:
    """How rows are made into segments."""

    derived: Derived = field(default_factory=dict)
    together: str | None = None
    """rows that follow one another with the same value of this field are not parted"""
    limit: int = TOKENS
    """occurrences after which a segment is written"""


class SegmentBuilder:
    """Collects rows and writes them as a segment, or as several when there are many."""

    def __init__(self, folder: Path, schema: Schema, making: Making) -> None:
        self._folder = folder
        self._schema = schema
        self._making = making
        self._made: list[ArraySegment] = []
        self._last: object = None
        self._begin()

    def _begin(self) -> None:
        kinds = {name: kind_of(field) for name, field in self._schema.items() if name not in self._making.derived}
        self._texts = {name: TextBuffer() for name, kind in kinds.items() if kind == "text"}
        self._columns: dict[str, KeywordBuffer | NumberBuffer | BytesBuffer] = {}
        for name, kind in kinds.items():
            if kind == "number":
                self._columns[name] = NumberBuffer(self._schema[name].default)
            elif kind != "text":
                self._columns[name] = KeywordBuffer() if kind == "keywords" else BytesBuffer()
        self._kinds = kinds
        self._extents = array("i")

    def add(self, row: Row) -> None:
        """Take a row: values by field. What is None or not given is empty; a name that is no field is a KeyError."""
        if not row.keys() <= self._kinds.keys():
            raise KeyError(f"rows have no field {', '.join(sorted(row.keys() - self._kinds.keys()))}")
        self._make_room(row)
        self._extents.append(max([text.add(row.get(name)) for name, text in self._texts.items()], default=0))
        for name, column in self._columns.items():
            column.add(row.get(name))

    def _make_room(self, row: Row) -> None:
        """Write what has been collected when it is much, unless the row belongs to the one before."""
        value = row.get(self._making.together) if self._making.together else None
        if (value is None or value != self._last) and sum(map(len, self._texts.values())) >= self._making.limit:
            self._flush()
        self._last = value

    def finish(self) -> list[ArraySegment]:
        """Write what has been collected; returns all segments of this builder."""
        if self._extents:
            self._flush()
        return self._made

    def discard(self) -> None:
        """Remove what has been written."""
        for segment in self._made:
            (self._folder / segment.file_name()).unlink(missing_ok=True)

    def _flush(self) -> None:
        starts = starts_of(np.frombuffer(self._extents, np.int32))
        segment = ArraySegment(INDEX_NAME, len(self._extents))
        write(self._folder / segment.file_name(), starts, self._parts(starts))
        self._made.append(segment)
        self._begin()

    def _parts(self, starts: Array) -> Iterator[tuple[str, str, Part]]:
        """Each text is given back when its postings are made, the longest at last: they take most when they are."""
        for name in sorted(self._texts, key=lambda name: len(self._texts[name])):
            text = self._texts.pop(name)
            yield name, "text", text.postings(starts)
            for made, (source, make) in self._making.derived.items():
                if source == name:
                    yield made, "text", text.postings(starts, make)
        for name, column in self._columns.items():
            yield name, self._kinds[name], column.column()


def starts_of(extents: Array) -> Array:
    """Where each row begins among the places of its segment, and after them where the last one ends."""
    ends = extents.cumsum(dtype=np.int64)
    if len(ends) and ends[-1] > PLACES:
        raise ValueError(f"a segment of {ends[-1]} places is too large")
    return np.concatenate(([0], ends)).astype(np.int32)


def write(path: Path, starts: Array, parts: Iterable[tuple[str, str, Part]]) -> None:
    """Write a segment; `parts` are (field, kind, part), and only one is held at a time."""
    file = ArrayFileWriter(path)
    try:
        file.add("starts", starts)
        kinds = {}
        for name, kind, part in parts:
            part.save(file, name)
            kinds[name] = kind
            del part
        file.close({"rows": len(starts) - 1, "fields": kinds})
    except BaseException:
        file.abandon()
        path.unlink(missing_ok=True)
        raise


def merge(folder: Path, schema: Schema, segments: Sequence[ArraySegment]) -> ArraySegment:
    """Write the rows that have not been deleted from several segments as one, in their order."""
    data = [opened(folder, segment) for segment in segments]
    alive = [live(segment) for segment in segments]
    extents = [np.diff(each.starts)[rows] for each, rows in zip(data, alive, strict=True)]
    starts = starts_of(np.concatenate(extents))
    moves, row = [], 0
    for each, rows in zip(data, alive, strict=True):
        new = np.where(rows, rows.cumsum() + row - 1, -1).astype(np.int32)
        moves.append(Move(new, (starts[new] - each.starts[:-1]).astype(np.int32)))
        row += int(rows.sum())
    made = ArraySegment(INDEX_NAME, row)
    write(folder / made.file_name(), starts, _merged(schema, data, moves))
    return made


def _merged(schema: Schema, data: Sequence[SegmentData], moves: Sequence[Move]) -> Iterator[tuple[str, str, Part]]:
    for name, of in schema.items():
        kind = kind_of(of)
        if kind == "text":
            yield name, kind, texts.merged([each.text(name) for each in data], moves)
        elif kind == "keywords":
            yield name, kind, columns.merged_keywords([each.keywords(name) for each in data], moves)
        elif kind == "bytes":
            yield name, kind, columns.merged_bytes([each.sortable(name) for each in data], moves)
        else:
            numbers = [NumberColumn(each.numbers(name, of.default)) for each in data]
            yield name, kind, columns.merged_numbers(numbers, moves)
