"""The kinds of fields that an array index has, as Whoosh field types: they go into the schema and its pickle."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import add
from typing import NamedTuple

from whoosh import columns, fields, formats


class Occurrences(NamedTuple):
    """A text as parallel sequences: its terms in order of rising positions. A `range` serves where none is left out."""

    terms: Sequence[str]
    positions: Sequence[int]


class Runs(NamedTuple):
    """A text of characters that are terms one by one and two by two: those that touch, and the position of the first.

    In order, and no run is empty.
    """

    runs: Sequence[str]
    positions: Sequence[int]


Given = Mapping[str, Sequence[int]] | Occurrences | Runs
"""A text as a row has it: term → rising positions, or one of the others."""


class PositionArray(formats.Positions):
    """Positions as 32-bit numbers one after another."""

    def encode(self, poslist: Iterable[int]) -> bytes:
        return array("i", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        return array("i", valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 4


class Text(fields.FieldType):
    """Terms with positions, scored. Given as term → rising positions, as Occurrences or as Runs.

    All text fields of a row share one numbering, so a sequence may have terms of different fields.
    """

    def __init__(self) -> None:
        super().__init__(PositionArray(), analyzer=None, scorable=True)

    def index(self, value: Given, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for text, positions in by_term(value).items():
            yield text.encode(), len(positions), float(len(positions)), self.format.encode(positions)


class Keywords(fields.FieldType):
    """A sequence of keywords, each a term as it stands; not scored, counted in facets."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), analyzer=None)

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for keyword in sorted(set(value)):
            yield keyword.encode(), 1, 1.0, b""


class Number(fields.COLUMN):
    """A whole number of 64 bits; `default` stands for none."""

    def __init__(self, default: int = 0) -> None:
        super().__init__(columns.NumericColumn("q", default=default))

    @property
    def default(self) -> int:
        found: int = self.column_type.default_value()
        return found


class Bytes(fields.COLUMN):
    """A byte string to sort by; the empty one stands for none."""

    def __init__(self) -> None:
        super().__init__(columns.VarBytesColumn())


def by_term(value: Given) -> Mapping[str, Sequence[int]]:
    """Term → positions, whichever way a text was given."""
    if isinstance(value, Runs):
        return by_term(occurrences(value))
    if not isinstance(value, Occurrences):
        return value
    found: dict[str, list[int]] = {}
    for term, position in zip(*value, strict=True):
        found.setdefault(term, []).append(position)
    return found


def occurrences(given: Runs) -> Occurrences:
    terms, positions = list[str](), list[int]()
    for run, start in zip(*given, strict=True):
        terms += [*run, *map(add, run, run[1:])]
        positions += [*range(start, start + len(run)), *range(start, start + len(run) - 1)]
    return Occurrences(terms, positions)
