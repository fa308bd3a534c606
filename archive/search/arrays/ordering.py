"""The first rows in an order, without sorting all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from archive.search.arrays.files import Array
from archive.search.arrays.reading import SegmentData

Key = Callable[[Array], Array]
"""Numbers for places in an array of rows; smaller ones come first."""

LAST = np.iinfo(np.int64).max
FEW = 4
"""How many times the rows wanted are sorted at once rather than thinned out first."""


def smallest(at: Array, keys: Sequence[Key], count: int | None) -> Array:
    """The first `count` (None: all) of rising places: by the first key, equal ones by the next, then as they stand."""
    if not keys:
        return at[:count]
    if count is None or len(at) <= FEW * count:
        return at[np.lexsort([key(at) for key in reversed(keys)])][:count]
    if count == 0:
        return at[:0]
    values = keys[0](at)
    last = np.partition(values, count - 1)[count - 1]
    before = smallest(at[values < last], keys, None)
    return np.concatenate((before, smallest(at[values == last], keys[1:], count - len(before))))


def number_key(data: SegmentData, column: str, rows: Array) -> Key:
    """The rising order of a column of numbers, its default among them."""
    values = data.numbers(column)
    return lambda at: values[rows[at]]


def column_key(data: SegmentData, name: str, rows: Array, default: int = 0) -> Key:
    """The order of a column (`-` before its name: falling) in a segment; rows without a value come last either way."""
    column = name.removeprefix("-")
    if column in data.names("bytes"):
        sortable = data.sortable(column)
        values = sortable.codes
        missing = 0 if len(sortable.words) and not sortable.words[0] else -1
    else:
        values, missing = data.numbers(column, default), default

    def key(at: Array) -> Array:
        found = values[rows[at]].astype(np.int64)
        return np.where(found == missing, LAST, -found if name.startswith("-") else found)

    return key


def column_values(data: SegmentData, name: str, rows: Array, default: int = 0) -> list[Any]:
    """The same order between segments, as values that can be compared."""
    column = name.removeprefix("-")
    if column not in data.names("bytes"):
        return column_key(data, name, rows, default)(np.arange(len(rows))).tolist()
    sortable = data.sortable(column)
    words = [sortable.words[code] for code in sortable.codes[rows].tolist()]
    return [(not word, Falling(word) if name.startswith("-") else word) for word in words]


class Falling:
    """A byte string that sorts the other way round."""

    __slots__ = ("value",)

    def __init__(self, value: bytes) -> None:
        self.value = value

    def __lt__(self, other: Falling) -> bool:
        return other.value < self.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Falling) and other.value == self.value

    __hash__ = None  # type: ignore[assignment]
