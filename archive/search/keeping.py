"""What is asked of an engine's backend beyond Haystack's methods: by the indexer, for spelling, for concordances."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from haystack.backends import SQ

Prepared = dict[str, Any]
"""The fields of a section or directive, by name: see `archive.search.preparing`."""


class Locked(Exception):
    """Another process holds the lock; the message says which and what for."""


class ProcessLost(Exception):
    """A process that was building has failed or has been ended; the message says how."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """The index as it stands. `generation` is 0 when there is none; `corpus` the last outbox entry in it."""

    generation: int = 0
    built_at: str = ""
    updated_at: str = ""
    sections: int = 0
    corpus: int = 0
    readable: bool = False
    problem: str = ""


class Build(Protocol):
    """A generation that is being built aside."""

    def add(self, rows: Iterable[Prepared]) -> int:
        """Put rows in; returns how many."""

    def add_together(
        self, shards: Sequence[Sequence[int]], rows: Callable[[Sequence[int]], Iterable[Prepared]]
    ) -> None:
        """Put in the rows of all shards, each made in a process of its own; nothing has been opened for it there.

        ProcessLost when one of them fails: the build is then as empty as it was.
        """

    def finish(self) -> None:
        """Complete what was put in, so that `replace` can follow."""

    def replace(self, documents: Collection[int], rows: Iterable[Prepared]) -> None:
        """Bring documents up to date that changed while the others were put in."""

    def install(self, corpus: int) -> int:
        """Make it the current generation, in one step; returns its number."""


class KeepsIndex(Protocol):
    """A backend whose index is kept by `archive.search.indexer`."""

    def replace(self, documents: Collection[int], rows: Iterable[Prepared], corpus: int) -> None:
        """Remove all rows of the documents and put these rows in, as one commit."""

    def tidy(self) -> bool:
        """Merge the smallest group of segments that is due, as one commit; False when none is."""

    def building(self) -> AbstractContextManager[Build]:
        """A new generation beside the current one; nothing changes when the block does not install it."""

    def writing(self) -> AbstractContextManager[None]:
        """Keeps other processes from changing the current generation meanwhile."""

    def indexing(self) -> AbstractContextManager[None]:
        """Makes this process the one indexer; Locked with a clear message when there is one already."""

    def rebuild_reason(self) -> str | None:
        """Why the index has to be built anew, None when it has not."""

    def state(self) -> IndexState:
        """The index as it stands; never raises."""

    def documents(self) -> set[int]:
        """The documents that the index has rows of."""


class KnowsWords(Protocol):
    """A backend that tells which words its index has."""

    def words(self, beginning: str, most: int) -> list[str]:
        """At most so many folded words of the texts that begin so, some perhaps of rows that are gone."""


class Occurrences(NamedTuple):
    """Rows that a question finds, by primary key, how often its words are in each, and the number of all such rows."""

    keys: array[int]
    counts: array[int]
    total: int


class CountsOccurrences(Protocol):
    """A query that counts words by the places that the index has of them, without a look at any text.

    Places that overlap count once. Counted are words, phrases and beginnings of words in the texts of the rows, as
    `archive.search.conditions` writes them; a phrase has to stand without a break.
    """

    def occurrences(self, words: Iterable[SQ], most: int) -> Occurrences:
        """At most so many rows in the order of the query."""


class HasVersions(Protocol):
    """A backend that says which state of the index answers."""

    def version(self) -> str:
        """A word for it: another one after every commit. SearchBackendError when nothing answers."""
