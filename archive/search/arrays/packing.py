"""Arithmetic on arrays that the parts of a segment share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from archive.search.arrays.files import Array

BLOCK = 1 << 20


class Move(NamedTuple):
    """Where the rows of a segment go in a merge: by old row the new one (-1: deleted), and how far its places move."""

    rows: Array
    shift: Array


def narrow(numbers: Array) -> Array:
    """The same whole numbers in the smallest type of 1, 2, 4 or 8 bytes that holds them."""
    if not len(numbers):
        return numbers.astype(np.uint8)
    low, high = int(numbers.min()), int(numbers.max())
    types = (np.uint8, np.uint16, np.int32, np.int64)
    return numbers.astype(next(t for t in types if np.iinfo(t).min <= low and high <= np.iinfo(t).max))


def offsets(ends: Array) -> Array:
    """Where each of the stretches begins that end at `ends`."""
    starts = np.zeros(len(ends), np.int64)
    starts[1:] = ends[:-1]
    return starts


def stable_order(numbers: Array, limit: int) -> Array:
    """The order that sorts numbers below `limit` and keeps equal ones as they stand. Linear: 16 bits at once."""
    order = np.argsort(numbers.astype(np.uint16, copy=False), kind="stable")  # by the lower half
    if limit <= 1 << 16:
        return order
    high = (numbers >> 16).astype(np.uint16)[order]
    return order[np.argsort(high, kind="stable")]


def looked_up(table: Array, numbers: Array) -> Array:
    """`table[numbers]` with little memory beside it: NumPy makes 8 bytes of every number that it looks up."""
    found = np.empty(len(numbers), table.dtype)
    for start in range(0, len(numbers), BLOCK):
        found[start : start + BLOCK] = table[numbers[start : start + BLOCK]]
    return found


def interleaved(parts: Sequence[Array], counts: Sequence[Array]) -> Array:
    """Stretches of several arrays brought together: first all stretches 0, part after part, then all stretches 1, …

    `counts` has for each part the length of each of its stretches.
    """
    begin = offsets(np.sum(counts, axis=0).cumsum())
    whole = np.empty(sum(map(len, parts)), parts[0].dtype)
    for part, lengths in zip(parts, counts, strict=True):
        ends = lengths.cumsum()
        shift = begin - offsets(ends)
        for some in blocks(ends):
            start, end = int(ends[some.start] - lengths[some.start]), int(ends[some.stop - 1])
            whole[np.arange(start, end) + np.repeat(shift[some], lengths[some])] = part[start:end]
        begin = begin + lengths
    return whole


def blocks(ends: Array) -> list[slice]:
    """The stretches that end at `ends` in groups of about BLOCK elements, so that little memory is needed at a time."""
    total = int(ends[-1]) if len(ends) else 0
    cuts = np.unique(np.searchsorted(ends, np.arange(BLOCK, total, BLOCK)) + 1).tolist()
    return [slice(start, stop) for start, stop in pairwise([0, *cuts, len(ends)]) if start < stop]


def stretches(starts: Array, lengths: Array) -> Array:
    """The indices of stretches, one after another: `lengths[0]` of them from `starts[0]` on, and so forth."""
    shift: Array = starts - offsets(lengths.cumsum())
    return np.arange(int(lengths.sum())) + np.repeat(shift, lengths)
