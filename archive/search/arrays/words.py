"""Sorted byte strings in two arrays: the dictionary of a field."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import overload

import numpy as np

from archive.search.arrays.files import Array


class Words(Sequence[bytes]):
    """Byte strings in rising order, each once: `ends[i]` is where string i ends in `content`."""

    def __init__(self, ends: Array, content: Array) -> None:
        self.ends = ends
        self.content = content
        self._ends = ends.data if len(ends) else memoryview(b"")
        self._content = content.data if len(content) else memoryview(b"")

    @classmethod
    def of(cls, words: Sequence[bytes]) -> Words:
        """`words` must be sorted and without duplicates."""
        ends = np.cumsum(np.fromiter(map(len, words), np.int64, len(words)), dtype=np.int64)
        return cls(ends, np.frombuffer(b"".join(words), np.uint8))

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if index < 0:
            raise IndexError(index)
        start = self._ends[index - 1] if index else 0
        return bytes(self._content[start : self._ends[index]])

    def number(self, word: bytes) -> int:
        """The place of a word in the order, -1 when it is not there."""
        at = bisect_left(self, word)
        return at if at < len(self) and self[at] == word else -1

    def begins(self, prefix: bytes) -> tuple[int, int]:
        """The words with this beginning are those from the first number up to (not with) the second."""
        low = bisect_left(self, prefix)
        while prefix and prefix[-1] == 0xFF:
            prefix = prefix[:-1]
        if not prefix:
            return low, len(self)
        return low, bisect_left(self, prefix[:-1] + bytes([prefix[-1] + 1]), low)


def united(dictionaries: Iterable[Sequence[bytes]]) -> tuple[list[bytes], list[Array]]:
    """All words of several dictionaries in order, and for each dictionary the new numbers of its words."""
    lists = [list(words) for words in dictionaries]
    together = sorted(set().union(*lists))
    number = {word: place for place, word in enumerate(together)}
    return together, [np.fromiter(map(number.__getitem__, words), np.int32, len(words)) for words in lists]
