"""The postings of a text field: as arrays of a segment, and when segments are merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from whoosh.util.numeric import byte_to_length

from archive.search.arrays.files import Array, ArrayFile, ArrayFileWriter
from archive.search.arrays.packing import Move, interleaved, narrow, offsets
from archive.search.arrays.words import Words, united

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
