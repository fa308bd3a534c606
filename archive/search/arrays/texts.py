"""The postings of a text field: while rows are collected, as arrays of a segment, and when segments are merged."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from whoosh.util.numeric import byte_to_length

from archive.search.arrays.fields import Occurrences
from archive.search.arrays.files import Array, ArrayFile, ArrayFileWriter
from archive.search.arrays.packing import Move, interleaved, narrow, offsets, stable_order
from archive.search.arrays.words import Words, united

Make = Callable[[str], str]
"""Makes a term of one field of the term of another, such as a stem of a word."""

LENGTH_OF = np.fromiter(map(byte_to_length, range(256)), np.int32, 256)
"""Whoosh keeps the length of a field in one byte, exactly up to 10 and nearly above: byte → length."""


@dataclass(frozen=True, slots=True)
class Postings:
    """A text field of one segment.

    Word i stands in the rows `docs[ends[i - 1]:ends[i]]`, rising; `freqs` says how often in each, and
    `places[place_ends[i - 1]:place_ends[i]]` where: all places of the word in the segment, rising.
    `lengths` has for each row the number of its occurrences as a byte of Whoosh.
    """

    words: Words
    ends: Array
    docs: Array
    freqs: Array
    place_ends: Array
    places: Array
    lengths: Array

    @classmethod
    def load(cls, file: ArrayFile, name: str) -> Postings:
        words = Words(file[f"{name}/words"], file[f"{name}/letters"])
        names = ("ends", "docs", "freqs", "place_ends", "places", "lengths")
        return cls(words, *(file[f"{name}/{each}"] for each in names))

    def save(self, file: ArrayFileWriter, name: str) -> None:
        file.add(f"{name}/words", self.words.ends)
        file.add(f"{name}/letters", self.words.content)
        for each in ("ends", "docs", "freqs", "place_ends", "places", "lengths"):
            file.add(f"{name}/{each}", getattr(self, each))

    @classmethod
    def none(cls, rows: int) -> Postings:
        """The field of a segment whose rows do not have it."""
        number, ends = np.zeros(0, np.int32), np.zeros(0, np.int64)
        return cls(Words.of([]), ends, number, number, ends, number, np.zeros(rows, np.uint8))

    def range(self, low: int, high: int) -> slice:
        """Where the postings of the words from `low` up to (not with) `high` are."""
        return between(self.ends, low, high)

    def counts(self, low: int, high: int) -> Array:
        """In how many rows each of the words from `low` up to (not with) `high` stands."""
        return np.diff(self.ends[low:high], prepend=self.ends[low - 1] if low else 0)

    def place_range(self, low: int, high: int) -> slice:
        return between(self.place_ends, low, high)


def between(ends: Array, low: int, high: int) -> slice:
    if low >= high:
        return slice(0, 0)
    return slice(int(ends[low - 1]) if low else 0, int(ends[high - 1]))


class TextBuffer:
    """The text of rows that are being collected: numbers of terms, one after another."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._tokens = array("i")
        self._positions = array("i")
        self._counts = array("i")

    def add(self, value: Mapping[str, Sequence[int]] | Occurrences | None) -> int:
        """Take the text of the next row; returns one more than its last position, 0 for an empty one."""
        if not value:
            self._counts.append(0)
            return 0
        before = len(self._tokens)
        if isinstance(value, Occurrences):
            self._tokens.fromlist(list(map(self._numbers.__getitem__, value.terms)))
            self._positions.extend(_counted(value.positions))
            extent = _extent(value.positions)
        else:
            for term, positions in value.items():
                self._tokens.extend(repeat(self._numbers[term], len(positions)))
                self._positions.extend(positions)
            extent = max(map(_extent, value.values()))
        self._counts.append(len(self._tokens) - before)
        if len(self._tokens) != len(self._positions):
            raise ValueError("a text has as many positions as terms")
        return extent

    def __len__(self) -> int:
        return len(self._tokens)

    def postings(self, starts: Array, made: Make | None = None) -> Postings:
        """The postings of the rows collected; row i begins at the place `starts[i]`.

        With `made`, those of the field that has this made of every term in its place.
        """
        words, tokens = self._ranked(_numbers_in(self._tokens), made)
        order = self._order(tokens, len(words), made is not None)
        tokens = tokens[order]
        counts = _numbers_in(self._counts)
        rows = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[order]
        places = _numbers_in(self._positions)[order]
        places += starts[rows]
        del order
        first = np.ones(len(tokens), bool)  # of the occurrences of a word in a row
        first[1:] = (tokens[1:] != tokens[:-1]) | (rows[1:] != rows[:-1])
        at = np.flatnonzero(first)
        return Postings(
            words,
            np.bincount(tokens[at], minlength=len(words)).cumsum(),
            rows[at],
            narrow(np.diff(at, append=len(tokens))),
            np.bincount(tokens, minlength=len(words)).cumsum(),
            places,
            length_bytes(counts),
        )

    def _order(self, tokens: Array, words: int, mixed: bool) -> Array:
        """The order of the occurrences by word, those of a word by place.

        `mixed`: several terms have become one, so its occurrences in a row may not stand in order.
        """
        if not mixed:
            return stable_order(tokens, words)
        counts = _numbers_in(self._counts)
        positions = _numbers_in(self._positions)
        within = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        if ((positions[1:] >= positions[:-1]) | (within[1:] != within[:-1])).all():
            return stable_order(tokens, words)
        by_place = np.lexsort((positions, within))
        return by_place[stable_order(tokens[by_place], words)]

    def _ranked(self, tokens: Array, made: Make | None) -> tuple[Words, Array]:
        """The dictionary in order, and the tokens by their place in it."""
        terms = [term.encode() for term in (map(made, self._numbers) if made else self._numbers)]
        words = sorted(set(terms))
        place = {word: rank for rank, word in enumerate(words)}
        small = len(words) <= 1 << 16
        rank = np.fromiter(map(place.__getitem__, terms), np.uint16 if small else np.int32, len(terms))
        return Words.of(words), rank[tokens]


_COUNTING = array("i", range(1024))


def _numbers_in(collected: array[int]) -> Array:
    return np.frombuffer(collected, np.int32) if collected else np.zeros(0, np.int32)


def _extent(positions: Sequence[int]) -> int:
    """One more than the last position."""
    if isinstance(positions, range):
        return len(positions) and positions[-1] + 1
    return max(positions, default=-1) + 1


def _counted(positions: Sequence[int]) -> Sequence[int]:
    """The same positions, as an array where they are the first numbers: arrays are copied whole."""
    if positions == range(len(positions)) and len(positions) <= len(_COUNTING):
        return _COUNTING[: len(positions)]
    return positions


class _Numbers(dict[str, int]):
    """Term → its number, in order of appearance."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


def length_bytes(lengths: Array) -> Array:
    """The lengths of rows as Whoosh writes them: the byte of the next length that has one."""
    return np.minimum(np.searchsorted(LENGTH_OF, lengths), 255).astype(np.uint8)


def merged(parts: Sequence[Postings], moves: Sequence[Move]) -> Postings:
    """The postings of several segments as one. Segments come in the order of their new rows."""
    words, numbers = united(part.words for part in parts)
    kept = [move.rows[part.docs] >= 0 for part, move in zip(parts, moves, strict=True)]
    sources = list(zip(parts, moves, kept, numbers, strict=True))
    counts = [_counts(part.ends, new, keep, len(words)) for part, _, keep, new in sources]
    docs = interleaved([move.rows[part.docs[keep]] for part, move, keep, _ in sources], counts)
    freqs = interleaved([part.freqs[keep].astype(np.int32) for part, _, keep, _ in sources], counts)
    weights = [_counts(part.ends, new, np.where(keep, part.freqs, 0), len(words)) for part, _, keep, new in sources]
    places = interleaved([_places(part, move, keep) for part, move, keep, _ in sources], weights)
    total, ends = np.sum(counts, axis=0), np.sum(weights, axis=0).cumsum()
    used = np.flatnonzero(total)
    lengths = np.concatenate([part.lengths[move.rows >= 0] for part, move in zip(parts, moves, strict=True)])
    remaining = Words.of([words[number] for number in used.tolist()])
    return Postings(remaining, total.cumsum()[used], docs, narrow(freqs), ends[used], places, lengths)


def _counts(ends: Array, numbers: Array, each: Array, words: int) -> Array:
    """The sum of `each` (one for every posting) by new number of the word."""
    sums = np.zeros(words, np.int64)
    running = np.concatenate(([0], each.cumsum(dtype=np.int64)))
    sums[numbers] = running[ends] - running[offsets(ends)]
    return sums


def _places(part: Postings, move: Move, keep: Array) -> Array:
    places: Array = part.places + np.repeat(move.shift[part.docs], part.freqs)
    return places if keep.all() else places[np.repeat(keep, part.freqs)]
