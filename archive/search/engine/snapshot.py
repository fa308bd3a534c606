"""One state of an index, open for reading: select, rank and count."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Ordered
from dataclasses import replace
from functools import reduce
from itertools import islice
from operator import or_
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.index import FileIndex

from archive.search.engine.files import Files
from archive.search.engine.plan import Plan, Term, scored
from archive.search.engine.schema import EXACT, HAN, SORT
from archive.search.engine.segments import Segment, rows_of
from archive.search.grouping import FADING, ByDocument

TITLE = 0.5
"""What a word in the document's title weighs beside the same word in the section."""
COUNTED = 8
"""Rows of a document that add to its score; those after them would add next to nothing."""


class Found(NamedTuple):
    """A row of the index that matches: primary key, score."""

    pk: int
    score: float


class FoundDocument(NamedTuple):
    """A document with rows that match: the best of them, and how many there are."""

    rows: tuple[Found, ...]
    size: int


Keyed = tuple[Any, ...]
"""What a row is sorted by, ending with its document, place, primary key and score."""


class Snapshot:
    """A searcher over the commit that was the newest when it was opened; later commits do not touch it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = Files(folder, readonly=True)
        try:
            self._searcher = FileIndex(files).searcher()
        except BaseException:
            files.close_all()
            raise
        leaves = [leaf for leaf in self._searcher.leaf_searchers() if leaf[0].doc_count_all()]
        self.segments = [Segment(leaf, offset, str(folder)) for leaf, offset in leaves]

    def close(self) -> None:
        if not self._searcher.is_closed:
            self._searcher.close()

    def documents(self) -> set[int]:
        """The documents that have a row."""
        return {int(segment.column("document")[row]) for segment in self.segments for row in rows_of(segment.live)}

    def check(self) -> None:
        """Read every column, and the first and last postings of every field; raises what a damaged file raises."""
        for segment in self.segments:
            for name, field in segment.reader.schema.items():
                if field.column_type:
                    segment.column(name)
                elif lexicon := list(segment.reader.lexicon(name)):
                    for term in (lexicon[0], lexicon[-1]):
                        list(segment.reader.postings(name, term).all_ids())

    def words(self, field: str, beginning: str, most: int) -> list[str]:
        """At most so many of a field's terms that begin so."""
        found = self._searcher.reader().expand_prefix(field, beginning.encode())
        return [term.decode() for term in islice(found, most)]

    def select(self, plan: Plan) -> list[int]:
        """The rows of a plan as one set for each segment."""
        return [segment.select(plan) for segment in self.segments]

    def count(self, selected: list[int]) -> int:
        return sum(some.bit_count() for some in selected)

    def count_documents(self, selected: list[int]) -> int:
        """How many documents the rows are of."""
        return sum(segment.documents(some).bit_count() for segment, some in self._each(selected))

    def top(self, plan: Plan, selected: list[int], order: Ordered[str], end: int | None) -> list[Found]:
        """The first `end` rows (None: all), by score or by the named columns; ties by document and place."""
        keyed = self._keyed(plan, selected, order)
        best = sorted(keyed) if end is None else heapq.nsmallest(end, keyed)
        return [_found(each) for each in best]

    def documents_of(
        self, plan: Plan, selected: list[int], order: Ordered[str], end: int | None, grouping: ByDocument
    ) -> list[FoundDocument]:
        """The first `end` documents of the rows, in the order of their best rows or of what all rows say."""
        groups: defaultdict[int, list[Keyed]] = defaultdict(list)
        for each in self._keyed(plan, selected, order):
            groups[each[-4]].append(each)
        if grouping.whole and not order:
            weighed: list[tuple[Any, int, list[Keyed]]] = [
                (-_blended(group), document, group) for document, group in groups.items()
            ]
        else:
            weighed = [(min(group), document, group) for document, group in groups.items()]
        best = sorted(weighed) if end is None else heapq.nsmallest(end, weighed)
        return [FoundDocument(_named(group, grouping), len(group)) for _, _, group in best]

    def _keyed(self, plan: Plan, selected: list[int], order: Ordered[str]) -> list[Keyed]:
        """A tuple for each row that sorts as asked for: (keys …, document, place, primary key, score)."""
        keyed: list[Keyed] = []
        for segment, some in self._each(selected):
            rows = rows_of(some)
            scores = self._scores(segment, plan, rows) if not order else {}
            documents, ordinals = segment.column("document"), segment.column("ordinal")
            pks = segment.column("pk")
            for row in rows:
                score = scores.get(row, 0.0)
                key = [_key(segment, row, name) for name in order] if order else [-score]
                keyed.append((*key, documents[row], ordinals[row], pks[row], score))
        return keyed

    def _each(self, selected: list[int]) -> Iterator[tuple[Segment, int]]:
        return ((segment, some) for segment, some in zip(self.segments, selected, strict=True) if some)

    def _scores(self, segment: Segment, plan: Plan, rows: list[int]) -> dict[int, float]:
        scores: dict[int, float] = {}
        for term in scored(plan):
            for asked, weight in ((term, 1.0), (in_title(term), TITLE)):
                if asked:
                    for row, score in segment.scores(asked, rows):
                        scores[row] = scores.get(row, 0.0) + weight * score
        return scores

    def values(
        self, selected: list[int], field: str, *, joined: Ordered[str] = (), documents: bool = False
    ) -> dict[str, int]:
        """How many of the rows (or of their documents) have each value of a field of keywords, or one of `joined`.

        Values that none of the rows has are left out.
        """
        counts: Counter[str] = Counter()
        with_any = 0
        for segment, some in self._each(selected):
            known = segment.keywords(field)
            beside = sum_of(known.get(value, 0) for value in joined) & some
            already = self._size(segment, beside, documents)
            with_any += already
            for value, rows in known.items():
                if rows & some:
                    counts[value] += self._size(segment, rows & some | beside, documents) - already
        return {value: count + with_any for value, count in counts.items()}

    def _size(self, segment: Segment, some: int, documents: bool) -> int:
        return (segment.documents(some) if documents else some).bit_count()

    def numbers(self, selected: list[int], field: str, *, documents: bool = False) -> dict[int, int]:
        """How many of the rows (or of their documents) have each number of a column; 0 (none) is left out."""
        counts: Counter[int] = Counter()
        for segment, some in self._each(selected):
            column = segment.column(field)
            counts.update(column[row] for row in rows_of(segment.documents(some) if documents else some))  # type: ignore[misc]
        return {value: count for value, count in counts.items() if value}


def _found(keyed: Keyed) -> Found:
    return Found(int(keyed[-2]), keyed[-1])


def _named(group: list[Keyed], grouping: ByDocument) -> tuple[Found, ...]:
    named = [_found(each) for each in heapq.nsmallest(grouping.keep, group)]
    if grouping.whole:
        named[0] = named[0]._replace(score=_blended(group))
    return tuple(named)


def _blended(group: list[Keyed]) -> float:
    """What the scores of a document's rows make together."""
    scores = sorted((each[-1] for each in group), reverse=True)[:COUNTED]
    return sum(score * FADING**place for place, score in enumerate(scores))


def sum_of(sets: Iterable[int]) -> int:
    """The rows that are in any of the sets."""
    return reduce(or_, sets, 0)


def in_title(term: Term) -> Term | None:
    """The same term in the title, None for a term that is not of the text."""
    for part in ("", EXACT, HAN):
        if term.field == f"text{part}":
            return replace(term, field=f"title{part}")
    return None


def _key(segment: Segment, row: int, name: str) -> tuple[bool, int | bytes | _Down]:
    """The place of a row in the order of a column, `-` for falling; rows without a value come last either way."""
    falling = name.startswith("-")
    column = name.removeprefix("-")
    if column + SORT in segment.reader.schema:
        column += SORT
    value = segment.column(column)[row]
    missing = value == segment.reader.schema[column].column_type.default_value()
    return (missing, _Down(value) if falling else value)


class _Down:
    """A value that sorts the other way round."""

    __slots__ = ("value",)

    def __init__(self, value: int | bytes) -> None:
        self.value = value

    def __lt__(self, other: _Down) -> bool:
        return other.value < self.value  # type: ignore[operator]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Down) and other.value == self.value

    __hash__ = None  # type: ignore[assignment]
