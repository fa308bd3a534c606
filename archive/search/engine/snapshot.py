"""One state of an index, open for reading: select, rank and count."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable
from collections.abc import Sequence as Ordered
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from whoosh.query import And, Every, Not, Or, Query

from archive.search.arrays import groups
from archive.search.arrays.files import Array
from archive.search.arrays.occurrences import counts
from archive.search.arrays.queries import Between, Nearby, Sequence, Step, Values
from archive.search.arrays.searcher import Part, Searcher
from archive.search.engine.schema import EXACT, HAN, SORT
from archive.search.grouping import FADING, ByDocument
from archive.search.keeping import Occurrences

T = TypeVar("T")
TITLE = 0.5
"""What a word in the document's title weighs beside the same word in the section."""
COUNTED = 8
"""Rows of a document that add to its score; those after them would add next to nothing."""
KEPT = 256
"""Answers that a snapshot remembers."""
DOCUMENT = "document"
TIES = (DOCUMENT, "ordinal")


class Found(NamedTuple):
    """A row of the index that matches: primary key, score."""

    pk: int
    score: float


class FoundDocument(NamedTuple):
    """A document with rows that match: the best of them, and how many there are."""

    rows: tuple[Found, ...]
    size: int


class Snapshot:
    """The commit that was the newest when it was opened; later commits do not touch it. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._searcher = Searcher(folder, TIES)
        self._known: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made for a key, which is kept while the snapshot is in use and there are not too many."""
        if key not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[key] = make()
        found: T = self._known[key]
        return found

    @property
    def version(self) -> str:
        """The generation and its commit."""
        return f"{self.folder.name}.{self._searcher.generation}"

    def documents(self) -> set[int]:
        """The documents that have a row."""
        return {
            number for leaf in self._searcher.leaves for number in leaf.data.numbers(DOCUMENT)[leaf.all_rows()].tolist()
        }

    def check(self) -> None:
        """Read every file whole; raises DamagedIndex."""
        self._searcher.verify()

    def words(self, field: str, beginning: str, most: int) -> list[str]:
        """At most so many of a field's terms that begin so."""
        return list(islice(self._searcher.words(field, beginning), most))

    def select(self, query: Query) -> list[Part]:
        """The rows of a query, scored by its words wherever they stand in a row or in its title."""
        return self._searcher.weighed(self._searcher.select(query), weights(query))

    def count(self, selected: list[Part]) -> int:
        return sum(len(part.rows) for part in selected)

    def count_documents(self, selected: list[Part]) -> int:
        """How many documents the rows are of."""
        return groups.count_groups(selected, DOCUMENT)

    def top(self, selected: list[Part], order: Ordered[str], end: int | None) -> list[Found]:
        """The first `end` rows (None: all), by score or by the named columns; ties by document and place."""
        return [Found(hit.number("pk"), hit.score) for hit in self._searcher.top(selected, end, self._columns(order))]

    def occurrences(self, query: Query, order: Ordered[str], most: int, words: Iterable[Sequence]) -> Occurrences:
        """The first rows of a query with how often the words are in each."""
        selected = self._searcher.select(query)
        top = self._searcher.top(selected, most, self._columns(order))
        asked = list(words)
        by_row = {part.leaf.index: counts(part.leaf, asked) for part in selected}
        keys = array("q", [hit.number("pk") for hit in top])
        return Occurrences(keys, array("q", [by_row[hit.leaf.index][hit.row] for hit in top]), self.count(selected))

    def documents_of(
        self, selected: list[Part], order: Ordered[str], end: int | None, grouping: ByDocument
    ) -> list[FoundDocument]:
        """The first `end` documents of the rows, in the order of their best rows or of what all rows say."""
        blend = blended if grouping.whole else groups.best_score
        found = groups.top_groups(self._searcher, selected, DOCUMENT, end, self._columns(order), blend)
        return [_named(group, grouping, bool(order)) for group in found]

    def _columns(self, order: Ordered[str]) -> list[str]:
        return [name + SORT if name.removeprefix("-") + SORT in self._searcher.schema else name for name in order]

    def values(
        self, selected: list[Part], field: str, *, joined: Ordered[str] = (), documents: bool = False
    ) -> dict[str, int]:
        """How many of the rows (or of their documents) have each value of a field of keywords, or one of `joined`.

        Values that none of the rows has are left out.
        """
        return groups.keyword_counts(selected, field, joined, DOCUMENT if documents else None)

    def numbers(self, selected: list[Part], field: str, *, documents: bool = False) -> dict[int, int]:
        """How many of the rows (or of their documents) have each number of a column; 0 (none) is left out."""
        if documents:
            return groups.number_counts(self._searcher, selected, field, DOCUMENT)
        return self._searcher.numbers(selected, field)


def _named(group: groups.Group, grouping: ByDocument, ordered: bool) -> FoundDocument:
    named = [Found(hit.number("pk"), hit.score) for hit in group.hits[: grouping.keep]]
    if grouping.whole and not ordered:
        named[0] = named[0]._replace(score=group.score)
    return FoundDocument(tuple(named), len(group.hits))


def blended(scores: Array, starts: Array) -> Array:
    """What the scores of a document's rows make together."""
    sizes = np.diff(starts, append=len(scores))
    place = np.arange(len(scores)) - np.repeat(starts, sizes)
    fades = np.append(FADING ** np.arange(COUNTED), 0)[np.minimum(place, COUNTED)]
    total: Array = np.add.reduceat(groups.falling(scores, starts) * fades, starts)
    return total


def weights(query: Query) -> dict[Step, float]:
    """The terms that speak for a row, each once: those that are asked for, and half as much the same in the title."""
    found: dict[Step, float] = {}
    for step in _asked(query):
        found[step] = 1.0
        if title := in_title(step):
            found.setdefault(title, TITLE)
    return found


def _asked(query: Query) -> list[Step]:
    if isinstance(query, Sequence):
        return [replace(step, offset=0) for step in query.steps]
    if isinstance(query, Nearby):
        return [step for part in query.parts for step in _asked(part)]
    if isinstance(query, And | Or):
        return [step for part in query for step in _asked(part)]
    return []


def has_words(query: Query) -> bool:
    """Whether words are asked for. What other questions ask is little, and the same for many readers."""
    if isinstance(query, And | Or):
        return any(map(has_words, query))
    if isinstance(query, Not):
        return has_words(query.query)
    return not isinstance(query, Every | Values | Between)


def in_title(step: Step) -> Step | None:
    """The same term in the title, None for a term that is not of the text."""
    for part in ("", EXACT, HAN):
        if step.field == f"text{part}":
            return replace(step, field=f"title{part}")
    return None
