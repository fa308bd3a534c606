"""What a query finds in one segment: rows, and the scores of those of them that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from archive.search.arrays.files import Array
from archive.search.arrays.places import sought

B, K1 = 0.75, 1.2
"""The parameters of BM25F as Whoosh has them."""
FAR_SMALLER = 8
"""How many times smaller an array of rows is when looking up its members one by one is the faster way."""
NO_ROWS = np.zeros(0, np.int32)


class Matches(Protocol):
    """Rising rows; deleted ones may be among them."""

    @property
    def rows(self) -> Array: ...

    def scores(self, rows: Array) -> Array:
        """A 32-bit score for each of some of the rows, given rising."""


@dataclass(frozen=True, slots=True)
class Flat:
    """Rows that all have the same score: those of filters have 0."""

    rows: Array
    score: float = 0.0

    def scores(self, rows: Array) -> Array:
        return np.full(len(rows), self.score, np.float32)


@dataclass(frozen=True, slots=True)
class Scored:
    """Rows whose scores are known."""

    rows: Array
    known: Array

    def scores(self, rows: Array) -> Array:
        return self.known[self.rows.searchsorted(rows)]


@dataclass(frozen=True, slots=True)
class TermRows:
    """Rows of a term; any row may be asked for its score, which is 0 where the term is not.

    `norms` has for each row of the segment the part of BM25F that depends on its length.
    """

    rows: Array
    freqs: Array
    norms: Array
    weight: float

    def scores(self, rows: Array) -> Array:
        if not len(self.rows):
            return np.zeros(len(rows), np.float32)
        return bm25(self._freqs(rows), self.norms.take(rows), self.weight)

    def _freqs(self, rows: Array) -> Array:
        """How often the term is in each row."""
        if rows is self.rows:
            return self.freqs
        if len(rows) * FAR_SMALLER < len(self.rows):
            at, there = sought(rows, self.rows)
            return self.freqs.take(at, mode="clip") * there
        freqs = np.zeros(len(self.norms), self.freqs.dtype)
        freqs[self.rows] = self.freqs
        return freqs.take(rows)


@dataclass(frozen=True)
class PrefixRows:
    """Rows of several words, any row may be asked for its score: `docs`, `freqs`, `weights` are of all postings."""

    rows: Array
    docs: Array
    freqs: Array
    norms: Array
    weights: Array

    def scores(self, rows: Array) -> Array:
        return self._total[rows]

    @cached_property
    def _total(self) -> Array:
        """By row of the segment the sum over the words."""
        scores = bm25(self.freqs, self.norms.take(self.docs), self.weights)
        return np.bincount(self.docs, scores, len(self.norms)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Rows with the sum of what their parts score."""

    rows: Array
    parts: Sequence[Matches]

    def scores(self, rows: Array) -> Array:
        return sum((part.scores(rows) for part in self.parts), np.zeros(len(rows), np.float32))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Rows that at least one part has; the scores are the sum over those that have it."""

    rows: Array
    parts: Sequence[Matches]
    size: int
    """rows of the segment"""

    def scores(self, rows: Array) -> Array:
        total = np.zeros(self.size, np.float32)
        asked = None if len(rows) == len(self.rows) else marked(rows, self.size)
        for part in self.parts:
            some = part.rows if asked is None else part.rows[asked[part.rows]]
            total[some] += part.scores(some)
        return total[rows]


@dataclass(frozen=True, slots=True)
class Boosted:
    """The rows of another match with scores multiplied."""

    part: Matches
    factor: float

    @property
    def rows(self) -> Array:
        return self.part.rows

    def scores(self, rows: Array) -> Array:
        return self.part.scores(rows) * np.float32(self.factor)


def boosted(matches: Matches, factor: float) -> Matches:
    return matches if factor == 1.0 else Boosted(matches, factor)


def bm25(freqs: Array, norms: Array, weight: Array | float) -> Array:
    """BM25F of occurrences: `weight` is the term's inverse document frequency."""
    score = freqs.astype(np.float32)
    whole = norms + score
    score *= np.float32(K1 + 1) * np.asarray(weight, np.float32)
    score /= whole
    return score


def norms_of(lengths: Array, average: float) -> Array:
    """K1 * (1 - B + B * length / average length) for each row."""
    norms: Array = K1 * (1 - B + B * lengths / (average or 1))
    return norms.astype(np.float32)


def shared(one: Array, other: Array, size: int) -> Array:
    """The rows that two rising arrays share, rising; all below `size`."""
    if one is other:
        return one
    if len(one) > len(other):
        one, other = other, one
    if len(one) * FAR_SMALLER < len(other):
        return one[sought(one, other)[1]]
    return one[marked(other, size)[one]]


def union(parts: Sequence[Array], size: int) -> Array:
    """The rows of at least one of several arrays, rising; all below `size`."""
    if len(parts) == 1:
        return parts[0]
    mark = np.zeros(size, bool)
    for rows in parts:
        mark[rows] = True
    return rows_where(mark)


def marked(rows: Array, size: int) -> Array:
    """Rows as truth values, one for each row of a segment."""
    mark = np.zeros(size, bool)
    mark[rows] = True
    return mark


def rows_where(mark: Array) -> Array:
    return np.flatnonzero(mark).astype(np.int32)
