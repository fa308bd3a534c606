"""Values by row: keywords, numbers and byte strings; collected, as arrays of a segment, and merged."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from archive.search.arrays.files import Array, ArrayFile, ArrayFileWriter
from archive.search.arrays.packing import Move, narrow, offsets, stable_order, stretches
from archive.search.arrays.words import Words, united


@dataclass(frozen=True)
class KeywordColumn:
    """A field of keywords of one segment, both ways round.

    Word i stands in the rows `docs[ends[i - 1]:ends[i]]`. Row r has the combination of keywords `codes[r]`;
    combination c has the words with the numbers `members[combinations[c - 1]:combinations[c]]`.
    """

    words: Words
    ends: Array
    docs: Array
    codes: Array
    combinations: Array
    members: Array

    @classmethod
    def load(cls, file: ArrayFile, name: str) -> KeywordColumn:
        words = Words(file[f"{name}/words"], file[f"{name}/letters"])
        return cls(words, *(file[f"{name}/{each}"] for each in ("ends", "docs", "codes", "combinations", "members")))

    def save(self, file: ArrayFileWriter, name: str) -> None:
        file.add(f"{name}/words", self.words.ends)
        file.add(f"{name}/letters", self.words.content)
        for each in ("ends", "docs", "codes", "combinations", "members"):
            file.add(f"{name}/{each}", getattr(self, each))

    @classmethod
    def of(cls, codes: Array, combinations: Sequence[tuple[bytes, ...]]) -> KeywordColumn:
        """The column of rows that have the combinations with these numbers; combinations not used are left out."""
        used, codes = np.unique(codes, return_inverse=True)
        kept = [combinations[code] for code in used.tolist()]
        words = sorted({word for combination in kept for word in combination})
        number = {word: place for place, word in enumerate(words)}
        members = np.array([number[word] for combination in kept for word in combination], np.int32)
        lengths = np.array([len(combination) for combination in kept], np.int64)
        ends = lengths.cumsum()
        found = members[stretches(offsets(ends)[codes], lengths[codes])]
        rows = np.repeat(np.arange(len(codes), dtype=np.int32), lengths[codes])
        docs = rows[stable_order(found, len(words))]
        postings = np.bincount(found, minlength=len(words)).cumsum()
        return cls(Words.of(words), postings, docs, narrow(codes), ends, members)

    @classmethod
    def none(cls, rows: int) -> KeywordColumn:
        return cls.of(np.zeros(rows, np.int32), [()])

    def range(self, low: int, high: int) -> slice:
        """Where the rows of the words from `low` up to (not with) `high` are."""
        if low >= high:
            return slice(0, 0)
        return slice(int(self.ends[low - 1]) if low else 0, int(self.ends[high - 1]))

    def combination(self, code: int) -> tuple[bytes, ...]:
        start = int(self.combinations[code - 1]) if code else 0
        return tuple(self.words[number] for number in self.members[start : self.combinations[code]].tolist())

    def counts(self, rows: Array, groups: Array | None = None) -> dict[str, int]:
        """How many of the rows, or of their groups, have each word; words without a row are left out.

        `groups` has for each row the rising number of its group.
        """
        codes = self.codes.take(rows)
        if groups is not None:
            codes, groups = _once(codes, groups)
            if (groups[1:] == groups[:-1]).any():
                return self._counts_in_groups(codes, groups)
        by_code = np.bincount(codes, minlength=len(self.combinations))
        by_word = np.bincount(self.members, by_code[self._owners], len(self.words)).astype(np.int64)
        return {self._names[number]: count for number, count in enumerate(by_word.tolist()) if count}

    def _counts_in_groups(self, codes: Array, groups: Array) -> dict[str, int]:
        lengths = np.diff(self.combinations, prepend=0)[codes]
        found = self.members[stretches(offsets(self.combinations)[codes], lengths)]
        pairs = np.unique(np.repeat(groups, lengths) * len(self.words) + found)
        by_word = np.bincount(pairs % (len(self.words) or 1), minlength=len(self.words))
        return {self._names[number]: count for number, count in enumerate(by_word.tolist()) if count}

    @cached_property
    def _owners(self) -> Array:
        """The combination that each of `members` belongs to."""
        return np.repeat(np.arange(len(self.combinations)), np.diff(self.combinations, prepend=0))

    @cached_property
    def _names(self) -> list[str]:
        return [word.decode() for word in self.words]


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A number for each row, in the smallest type that holds them all."""

    values: Array

    @classmethod
    def none(cls, default: int, rows: int) -> NumberColumn:
        """The column of rows that were written before the field existed."""
        return cls(np.full(rows, default))

    @classmethod
    def load(cls, file: ArrayFile, name: str) -> NumberColumn:
        return cls(file[f"{name}/values"])

    def save(self, file: ArrayFileWriter, name: str) -> None:
        file.add(f"{name}/values", self.values)


@dataclass(frozen=True, slots=True)
class BytesColumn:
    """A byte string for each row: `words[codes[r]]`. The words are in order, so codes sort as their words do."""

    words: Words
    codes: Array

    @classmethod
    def load(cls, file: ArrayFile, name: str) -> BytesColumn:
        return cls(Words(file[f"{name}/words"], file[f"{name}/letters"]), file[f"{name}/codes"])

    def save(self, file: ArrayFileWriter, name: str) -> None:
        file.add(f"{name}/words", self.words.ends)
        file.add(f"{name}/letters", self.words.content)
        file.add(f"{name}/codes", self.codes)

    @classmethod
    def of(cls, codes: Array, words: Sequence[bytes]) -> BytesColumn:
        """The column of rows that have the words with these numbers; the words may be in any order, each once."""
        used = sorted((words[number], number) for number in np.unique(codes).tolist())
        rank = np.zeros(len(words), np.int32)
        rank[[number for _, number in used]] = np.arange(len(used))
        return cls(Words.of([word for word, _ in used]), narrow(rank[codes]))

    @classmethod
    def none(cls, rows: int) -> BytesColumn:
        return cls.of(np.zeros(rows, np.int32), [b""])


def _once(codes: Array, groups: Array) -> tuple[Array, Array]:
    """Codes and groups without those that are as the row before."""
    new = np.ones(len(codes), bool)
    new[1:] = (codes[1:] != codes[:-1]) | (groups[1:] != groups[:-1])
    return codes[new], groups[new]


class KeywordBuffer:
    """The keywords of rows that are being collected."""

    def __init__(self) -> None:
        self._codes = array("i")
        self._combinations: dict[tuple[str, ...], int] = {}
        self._known: dict[tuple[str, ...], int] = {}

    def add(self, value: Iterable[str] | None) -> None:
        given = tuple(value) if value else ()
        code = self._known.get(given)
        if code is None:
            combination = tuple(sorted(set(given)))
            code = self._known[given] = self._combinations.setdefault(combination, len(self._combinations))
        self._codes.append(code)

    def column(self) -> KeywordColumn:
        combinations = [tuple(word.encode() for word in combination) for combination in self._combinations]
        return KeywordColumn.of(np.frombuffer(self._codes, np.int32), combinations)


class NumberBuffer:
    """The numbers of rows that are being collected."""

    def __init__(self, default: int) -> None:
        self._default = default
        self._values = array("q")

    def add(self, value: int | None) -> None:
        self._values.append(self._default if value is None else value)

    def column(self) -> NumberColumn:
        return NumberColumn(narrow(np.frombuffer(self._values, np.int64)))


class BytesBuffer:
    """The byte strings of rows that are being collected."""

    def __init__(self) -> None:
        self._codes = array("i")
        self._numbers: dict[bytes, int] = {}

    def add(self, value: bytes | None) -> None:
        self._codes.append(self._numbers.setdefault(value or b"", len(self._numbers)))

    def column(self) -> BytesColumn:
        return BytesColumn.of(np.frombuffer(self._codes, np.int32), list(self._numbers))


def merged_keywords(parts: Sequence[KeywordColumn], moves: Sequence[Move]) -> KeywordColumn:
    """The column of the rows that remain of several segments."""
    numbers: dict[tuple[bytes, ...], int] = {}
    codes = []
    for part, move in zip(parts, moves, strict=True):
        known = [part.combination(code) for code in range(len(part.combinations))]
        new = np.array([numbers.setdefault(combination, len(numbers)) for combination in known], np.int32)
        codes.append(new[part.codes[move.rows >= 0]])
    return KeywordColumn.of(np.concatenate(codes), list(numbers))


def merged_numbers(parts: Sequence[NumberColumn], moves: Sequence[Move]) -> NumberColumn:
    kept = [part.values[move.rows >= 0].astype(np.int64) for part, move in zip(parts, moves, strict=True)]
    return NumberColumn(narrow(np.concatenate(kept)))


def merged_bytes(parts: Sequence[BytesColumn], moves: Sequence[Move]) -> BytesColumn:
    words, numbers = united(part.words for part in parts)
    codes = [new[part.codes[move.rows >= 0]] for part, move, new in zip(parts, moves, numbers, strict=True)]
    return BytesColumn.of(np.concatenate(codes), words)
