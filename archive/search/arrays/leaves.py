"""A segment as one searcher sees it: its arrays, what is deleted, and the statistics of the whole index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log
from typing import Any

import numpy as np
from whoosh.query import Query

from archive.search.arrays.codec import ArrayTerms
from archive.search.arrays.files import Array
from archive.search.arrays.matches import NO_ROWS, PrefixRows, TermRows, marked, norms_of, rows_where
from archive.search.arrays.reading import SegmentData
from archive.search.arrays.texts import LENGTH_OF
from archive.search.arrays.words import united

REMEMBERED = 50_000
"""Terms whose numbers a searcher remembers."""
PREFIXES = 256
"""Beginnings of words whose weights a searcher remembers."""


class Statistics:
    """Counts over all segments, deleted rows among them, as Whoosh's scoring has them."""

    def __init__(self, segments: Sequence[SegmentData]) -> None:
        self._segments = segments
        self.rows = sum(segment.rows for segment in segments)
        self._numbers: dict[tuple[str, bytes], list[int]] = {}
        self._prefixes: dict[tuple[str, bytes], list[Array]] = {}

    def numbers(self, field: str, word: bytes) -> list[int]:
        """The number of a word of a text field in each segment, -1 where it does not occur."""
        found = self._numbers.get((field, word))
        if found is None:
            if len(self._numbers) >= REMEMBERED:
                self._numbers.clear()
            found = [segment.text(field).words.number(word) for segment in self._segments]
            self._numbers[field, word] = found
        return found

    def weight(self, field: str, word: bytes) -> float:
        """The inverse document frequency of a word of a text field."""
        count = 0
        for segment, number in zip(self._segments, self.numbers(field, word), strict=True):
            if number >= 0:
                at = segment.text(field).range(number, number + 1)
                count += at.stop - at.start
        return log(self.rows / (count + 1)) + 1

    def prefix_weights(self, field: str, prefix: bytes) -> list[Array]:
        """The inverse document frequencies of all words of a text field with a beginning, segment by segment."""
        found = self._prefixes.get((field, prefix))
        if found is None:
            if len(self._prefixes) >= PREFIXES:
                self._prefixes.clear()
            found = self._prefixes[field, prefix] = self._weigh(field, prefix)
        return found

    def _weigh(self, field: str, prefix: bytes) -> list[Array]:
        texts = [segment.text(field) for segment in self._segments]
        ranges = [text.words.begins(prefix) for text in texts]
        counts = [text.counts(*at) for text, at in zip(texts, ranges, strict=True)]
        if len(texts) == 1:
            words, numbers = len(counts[0]), [np.arange(len(counts[0]))]
        else:
            together, numbers = united(text.words[low:high] for text, (low, high) in zip(texts, ranges, strict=True))
            words = len(together)
        total = np.zeros(words)
        for some, count in zip(numbers, counts, strict=True):
            total[some] += count
        weights = (np.log(self.rows / (total + 1)) + 1).astype(np.float32)
        return [weights[some] for some in numbers]

    def average(self, field: str) -> float:
        """The average length of a text field."""
        return sum(len(segment.text(field).places) for segment in self._segments) / (self.rows or 1)


class Leaf:
    """One of the segments of an index. `stock` gives Whoosh's own searcher of the segment."""

    def __init__(
        self, data: SegmentData, index: int, statistics: Statistics, alive: Array | None, stock: Callable[[], Any]
    ) -> None:
        self.data = data
        self.rows = data.rows
        self.index = index
        self.statistics = statistics
        self.alive = alive
        self.stock = stock
        self._norms: dict[str, Array] = {}

    def norms(self, field: str) -> Array:
        """What of BM25F depends on the length of a text field, by row."""
        if field not in self._norms:
            lengths = LENGTH_OF[self.data.text(field).lengths]
            self._norms[field] = norms_of(lengths, self.statistics.average(field))
        return self._norms[field]

    def number(self, field: str, word: bytes) -> int:
        return self.statistics.numbers(field, word)[self.index]

    def term(self, field: str, word: bytes) -> TermRows:
        """The rows of a word of a text field with what their scores are made of."""
        number = self.number(field, word)
        if number < 0:
            return TermRows(NO_ROWS, NO_ROWS, NO_ROWS, 0.0)
        text = self.data.text(field)
        at = text.range(number, number + 1)
        return TermRows(text.docs[at], text.freqs[at], self.norms(field), self.statistics.weight(field, word))

    def prefix(self, field: str, prefix: bytes) -> PrefixRows:
        """The rows of all words of a text field with a beginning."""
        text = self.data.text(field)
        low, high = text.words.begins(prefix)
        at = text.range(low, high)
        weights = self.statistics.prefix_weights(field, prefix)[self.index]
        by_posting = np.repeat(weights, text.counts(low, high))
        rows = rows_where(marked(text.docs[at], self.rows))
        return PrefixRows(rows, text.docs[at], text.freqs[at], self.norms(field), by_posting)

    def living(self, rows: Array) -> Array:
        """Those of the rows that have not been deleted."""
        return rows if self.alive is None else rows[self.alive[rows]]

    def all_rows(self) -> Array:
        return np.arange(self.rows, dtype=np.int32) if self.alive is None else rows_where(self.alive)

    def answer(self, query: Query) -> tuple[Array, Array]:
        """The rows of a query that have not been deleted, and their scores."""
        from archive.search.arrays.evaluation import evaluate  # noqa: PLC0415 - evaluation knows the leaves

        matches = evaluate(self, query)
        rows = self.living(matches.rows)
        return rows, matches.scores(rows)


def leaf_of(searcher: Any) -> Leaf:
    """The leaf that one of Whoosh's own searchers of a single segment reads."""
    segments = [reader._terms for reader, _ in searcher.get_parent().reader().leaf_readers()]
    terms = searcher.reader()._terms
    if not isinstance(terms, ArrayTerms):
        raise TypeError("this query can only be asked of array segments")
    statistics = Statistics([each.data for each in segments])
    index = [each is terms for each in segments].index(True)
    alive = np.ones(terms.data.rows, bool)
    alive[list(searcher.reader()._perdoc.deleted_docs())] = False
    return Leaf(terms.data, index, statistics, alive, lambda: searcher)
