"""Which sections have how many hits of a question: by the places that the index has of its words, or by the texts.

Both ways find the same. The index is asked where it can know, which takes no text at all; it cannot where words may
stand apart. Whatever a reader asks, no more than so many sections or hits and WORK characters are gone through, from
the newest document to the oldest.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate, takewhile
from typing import Any, TypeVar

from archive.search.asking import Asking
from archive.search.conditions import words
from archive.search.keeping import CountsOccurrences, Occurrences
from archive.search.lines import Issue, Line, Place, newest_first, read
from archive.search.matching import words_wanted
from archive.search.tokens import tokens
from archive.search.tree import Near, Node, Word, Words

H = TypeVar("H")
Row = tuple[Place, Issue, Sequence[H]]
"""A section and its hits."""

WORK = 30_000_000
"""Characters that are looked through, counted once for each word of the question."""

Numbers = partial(array, "q")


@dataclass(frozen=True, slots=True)
class Hits:
    """The sections that have hits, newest first, and how many each has: arrays side by side, small enough to keep many.

    Years and sources are 0 where not known. `order` has the numbers of the hits as their lines are sorted, counted in
    this order of sections; it is empty where they come just so. `is_cut`: there are more of them, in older documents.
    """

    sections: array[int] = field(default_factory=Numbers)
    numbers: array[int] = field(default_factory=Numbers)
    documents: array[int] = field(default_factory=Numbers)
    years: array[int] = field(default_factory=Numbers)
    issuers: array[int] = field(default_factory=Numbers)
    places: array[int] = field(default_factory=Numbers)
    order: array[int] = field(default_factory=Numbers)
    is_cut: bool = field(default=False, kw_only=True)
    notice: str = field(default="", kw_only=True)

    @property
    def total(self) -> int:
        return sum(self.numbers)


@dataclass(slots=True)
class Limit:
    """What may be gone through: `most` hits of a question of so many words. `is_cut` once that was not all."""

    most: int
    words: int
    is_cut: bool
    made: int = 0
    work: int = 0

    @classmethod
    def of(cls, tree: Node | None, found: Occurrences, most: int) -> Limit:
        return cls(most, len(words_wanted(tree)), found.total > len(found.keys))

    def within(self, rows: Iterable[Row[H]]) -> Iterator[Row[H]]:
        """The rows up to the limit, the last one perhaps with some of its hits only."""
        for place, issue, hits in rows:
            self.work += (place.own_end - place.start) * self.words
            taken = hits[: self.most - self.made] if self.work <= WORK else None
            if taken:
                self.made += len(taken)
                yield place, issue, taken
            if taken is None or len(taken) < len(hits):
                self.is_cut = True
                return


class Reading:
    """The sections found that have hits, each with its lines, newest first. `is_cut` is known after the last one."""

    def __init__(self, tree: Node | None, found: Occurrences, most: int) -> None:
        self._tree = tree
        self._found = found
        self._limit = Limit.of(tree, found, most)

    @property
    def is_cut(self) -> bool:
        return self._limit.is_cut

    def __iter__(self) -> Iterator[Row[Line]]:
        known = newest_first(self._found.keys)
        issues = {place.section: issue for place, issue in known}
        lines = read((place for place, _ in known), self._tree)
        return self._limit.within((place, issues[place.section], each) for place, each in lines)


def found_by(question: Asking, most: int, counting: Iterable[Words] = ()) -> Occurrences:
    """At most so many of the sections that match, newest first; SearchBackendError where the index does not answer.

    Those that match have a hit each, all but a few, so that no more of them are needed than hits are wanted.
    """
    query: CountsOccurrences = question.ordered().query
    return query.occurrences([words("content", leaf) for leaf in counting], most)


def countable(tree: Node | None) -> bool:
    """Whether the index can tell how often the words of a question stand in a section."""
    return all(map(_stands_together, words_wanted(tree)))


def _stands_together(leaf: Words) -> bool:
    """Whether the places of a leaf's words follow each other: the index does not know what is between Han characters.

    How far words near each other reach is not known either.
    """
    places = [token.position for token in tokens(leaf.text)]
    one = not isinstance(leaf, Word) or len(leaf.text.split()) == 1
    return one and not isinstance(leaf, Near) and bool(places) and places == list(range(len(places)))


def counted(tree: Node | None, found: Occurrences) -> Hits:
    """As the index says; what it has otherwise than the database is read.

    So are first sections whose row in the index has a title that is not in the text.
    """
    known = newest_first(found.keys)
    doubtful = [place for place, issue in known if issue.waits_for or not (place.ordinal or issue.title_in_text)]
    work = accumulate((place.own_end - place.start) * len(words_wanted(tree)) for place in doubtful)
    reach = bisect_right(list(work), WORK)
    numbers = dict(zip(found.keys, found.counts, strict=True))
    numbers |= {place.section: len(lines) for place, lines in read(doubtful[:reach], tree)}
    unread = doubtful[reach].section if reach < len(doubtful) else 0
    rows = takewhile(lambda row: row[0].section != unread, known)
    having = ((place, issue, range(numbers[place.section])) for place, issue in rows if numbers[place.section])
    return replace(_hits(having), is_cut=bool(unread) or found.total > len(found.keys))


def read_through(tree: Node | None, found: Occurrences, most: int, key: Callable[[Line], Any] | None = None) -> Hits:
    """As the texts say, sorted by a key of lines."""
    reading = Reading(tree, found, most)
    keys: list[Any] = []
    hits = _hits(_noted(reading, key, keys) if key else reading)
    order = Numbers(sorted(range(len(keys)), key=keys.__getitem__))
    return replace(hits, order=order, is_cut=reading.is_cut)


def _noted(rows: Iterable[Row[Line]], key: Callable[[Line], Any], keys: list[Any]) -> Iterator[Row[Line]]:
    for row in rows:
        keys += map(key, row[2])
        yield row


def _hits(rows: Iterable[Row[Any]]) -> Hits:
    values = [
        (place.section, len(hits), place.document, issue.year, issue.issuer or 0, issue.found_at or 0)
        for place, issue, hits in rows
    ]
    columns = [Numbers(column) for column in zip(*values, strict=True)]
    return Hits(*columns)
