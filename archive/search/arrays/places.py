"""Sequences and nearness as arithmetic on places: rising arrays of places in a whole segment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from archive.search.arrays.files import Array

FAR_SMALLER = 12
"""How many times smaller an array is when looking up its members one by one is the faster way."""


def sought(some: Array, others: Array) -> tuple[Array, Array]:
    """Where numbers would stand among rising others, of which there are any; and whether they do."""
    at = others.searchsorted(some)
    return at, others.take(at, mode="clip") == some


def common(one: Array, other: Array) -> Array:
    """The numbers that two rising arrays share, rising."""
    if len(one) > len(other):
        one, other = other, one
    if len(one) * FAR_SMALLER < len(other):
        return one[sought(one, other)[1]]
    both = np.concatenate((one, other))
    both.sort(kind="stable")  # two rising runs are merged in linear time
    return both[1:][both[1:] == both[:-1]]


def sequence(steps: Sequence[tuple[int, Array]]) -> Array:
    """Where a sequence begins: each step is (offset, rising places). What runs over a row's end is not seen here."""
    (first, found), *rest = sorted(steps, key=lambda step: len(step[1]))
    shift = first
    for offset, places in rest:
        if not len(found):
            break
        found = common(found + np.int32(offset - shift), places)
        shift = offset
    return found - np.int32(shift)


def windows(parts: Sequence[tuple[int, Array]], slop: int) -> tuple[Array, Array]:
    """Windows that hold every part with at most `slop` other positions between them: where their first and where
    their last part begins.

    A part is (length in positions, rising places where it begins). For every place where a part begins there is at
    most one window: the one with the latest beginning of each other part. The second array rises.
    """
    begins = np.concatenate([places for _, places in parts])
    which = np.repeat(np.arange(len(parts), dtype=np.int16), [len(places) for _, places in parts])
    order = np.argsort(begins, kind="stable")
    begins, which = begins[order], which[order]
    first, end = begins, np.zeros_like(begins)
    for part, (length, _) in enumerate(parts):
        latest = np.maximum.accumulate(np.where(which == part, begins, np.int32(-1)))
        first = np.minimum(first, latest)
        end = np.maximum(end, latest + np.int32(length))
    fits = (first >= 0) & (end - first <= slop + sum(length for length, _ in parts))
    return first[fits], begins[fits]
