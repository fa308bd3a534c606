"""The text of rows that are being collected, until they become the postings of a segment."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat

import numpy as np

from archive.search.arrays.fields import Given, Occurrences, Runs
from archive.search.arrays.files import Array
from archive.search.arrays.packing import looked_up, narrow, stretches
from archive.search.arrays.texts import Postings, length_bytes
from archive.search.arrays.words import Words

Make = Callable[[str], str]
"""Makes a term of one field of the term of another, such as a stem of a word."""


WAITING = 500_000
"""Terms in runs that are counted at once; about 50 bytes of memory each."""
CODE_POINT = 21
"""Bits of a code point."""


class TextBuffer:
    """The text of rows that are being collected: numbers of terms, one after another."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._tokens = array("i")
        self._positions = array("i")
        self._counts = array("i")
        self._runs: list[str] = []
        self._runs_at = array("i")
        self._waiting = 0

    def add(self, value: Given | None) -> int:
        """Take the text of the next row; returns one more than its last position, 0 for an empty one."""
        if not value:
            self._counts.append(0)
            return 0
        if isinstance(value, Runs):
            return self._add_runs(value)
        self._take_waiting()
        before = len(self._tokens)
        extent = self._add_occurrences(value) if isinstance(value, Occurrences) else self._add_terms(value)
        self._counts.append(len(self._tokens) - before)
        if len(self._tokens) != len(self._positions):
            raise ValueError("a text has as many positions as terms")
        return extent

    def _add_occurrences(self, value: Occurrences) -> int:
        self._tokens.fromlist(list(map(self._numbers.__getitem__, value.terms)))
        self._positions.extend(_counted(value.positions))
        return value.positions[-1] + 1 if value.positions else 0

    def _add_terms(self, value: Mapping[str, Sequence[int]]) -> int:
        for term, positions in value.items():
            self._tokens.extend(repeat(self._numbers[term], len(positions)))
            self._positions.extend(positions)
        return max(positions[-1] + 1 for positions in value.values())

    def _add_runs(self, value: Runs) -> int:
        """They wait for others: counting many at once takes a fifth of the time."""
        count = 2 * sum(map(len, value.runs)) - len(value.runs)
        self._counts.append(count)
        self._runs += value.runs
        self._runs_at.extend(value.positions)
        self._waiting += count
        if self._waiting >= WAITING:
            self._take_waiting()
        return value.positions[-1] + len(value.runs[-1]) if value.runs else 0

    def _take_waiting(self) -> None:
        if not self._runs:
            return
        names, positions = characters_and_pairs(self._runs, _numbers_in(self._runs_at))
        found, places = np.unique(names, return_inverse=True)
        numbers = np.fromiter(map(self._numbers.__getitem__, map(term_named, found.tolist())), np.int32, len(found))
        self._tokens.frombytes(numbers[places].tobytes())
        self._positions.frombytes(positions.tobytes())
        self._runs, self._runs_at, self._waiting = [], array("i"), 0

    def __len__(self) -> int:
        return len(self._tokens) + self._waiting

    def postings(self, starts: Array, made: Make | None = None) -> Postings:
        """The postings of the rows collected; row i begins at the place `starts[i]`.

        With `made`, those of the field that has this made of every term in its place.
        """
        self._take_waiting()
        words, rank = self._ranked(made)
        place_ends, places = self._in_order(rank[_numbers_in(self._tokens)], len(words), starts)
        counts = _numbers_in(self._counts)
        rows = looked_up(np.repeat(np.arange(len(counts), dtype=np.int32), np.diff(starts)), places)
        first = np.ones(len(rows) + 1, bool)  # of the occurrences of a word in a row; and the end of all
        first[1:-1] = rows[1:] != rows[:-1]
        first[place_ends] = True
        docs = rows[first[:-1]]
        del rows
        at = np.arange(len(first), dtype=np.int32)[first]
        del first
        ends, freqs = np.searchsorted(at, place_ends.astype(np.int32)), narrow(np.diff(at))
        return Postings(words, ends, docs, freqs, place_ends, places, length_bytes(counts))

    def _ranked(self, made: Make | None) -> tuple[Words, Array]:
        """The dictionary in order, and the place in it of every term by its number."""
        terms = [term.encode() for term in (map(made, self._numbers) if made else self._numbers)]
        words = sorted(set(terms))
        place = {word: rank for rank, word in enumerate(words)}
        small = len(words) <= 1 << 16
        return Words.of(words), np.fromiter(map(place.__getitem__, terms), np.uint16 if small else np.int32, len(terms))

    def _in_order(self, tokens: Array, words: int, starts: Array) -> tuple[Array, Array]:
        """Where the places of each word end, and the places: those of the first word in rising order, and so forth."""
        ends = np.bincount(tokens, minlength=words).cumsum()
        found = tokens.astype(np.int64)
        del tokens  # large arrays are let go as soon as they can be
        found <<= 32
        places = np.repeat(starts[:-1], _numbers_in(self._counts))
        places += _numbers_in(self._positions)
        found |= places
        del places
        found.sort()
        return ends, found.astype(np.int32)  # the lower half


_COUNTING = array("i", range(1 << 14))


def _numbers_in(collected: array[int]) -> Array:
    return np.frombuffer(collected, np.int32) if collected else np.zeros(0, np.int32)


def _counted(positions: Sequence[int]) -> Sequence[int]:
    """The same positions, as an array where they are the first numbers: arrays are copied whole."""
    if positions == range(len(positions)) and len(positions) <= len(_COUNTING):
        return _COUNTING[: len(positions)]
    return positions


def characters_and_pairs(runs: Sequence[str], starts: Array) -> tuple[Array, Array]:
    """The names of the characters of runs and of every two that touch, and their positions; in order of these.

    A name is a number: the code point of the first character, and below it that of the second, 0 where there is none.
    """
    points = np.frombuffer("".join(runs).encode("utf-32-le"), np.uint32)
    lengths = np.fromiter(map(len, runs), np.int64, len(runs))
    names = np.repeat(points.astype(np.int64) << CODE_POINT, 2)
    names[1:-1:2] |= points[1:]
    kept = np.ones(len(names), bool)
    kept[2 * lengths.cumsum() - 1] = False  # the last character of a run begins no pair
    positions = stretches(starts, lengths).astype(np.int32)
    return names[kept], np.repeat(positions, 2)[kept]


def term_named(name: int) -> str:
    first, second = divmod(name, 1 << CODE_POINT)
    return chr(first) + chr(second) if second else chr(first)


class _Numbers(dict[str, int]):
    """Term → its number, in order of appearance."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number
