"""How often something is in each row: places counted, no text read."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from archive.search.arrays.evaluation import sequence_places, step_places
from archive.search.arrays.files import Array
from archive.search.arrays.leaves import Leaf
from archive.search.arrays.queries import Sequence


def counts(leaf: Leaf, sequences: Iterable[Sequence]) -> Array:
    """For every row of a segment, how many places the sequences have in it; those that overlap are one."""
    asked = list(dict.fromkeys(sequences))
    begins = [_begins(leaf, each) for each in asked]
    ends = [each + np.int32(sequence.length) for each, sequence in zip(begins, asked, strict=True)]
    places = _apart(np.concatenate(begins), np.concatenate(ends)) if begins else np.zeros(0, np.int32)
    return np.bincount(leaf.data.rows_of(places), minlength=leaf.rows)


def _begins(leaf: Leaf, sequence: Sequence) -> Array:
    if len(sequence.steps) > 1:
        return sequence_places(leaf, sequence)[0]
    return step_places(leaf, sequence.steps[0])


def _apart(begins: Array, ends: Array) -> Array:
    """Where stretches begin that have no place in common, those that overlap taken together."""
    order = np.argsort(begins, kind="stable")
    begins, reach = begins[order], np.maximum.accumulate(ends[order])
    first = np.ones(len(begins), bool)
    first[1:] = begins[1:] >= reach[:-1]
    return begins[first]
