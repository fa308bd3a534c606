"""One state of an index, open for reading: select, rank and count."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence as Ordered
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.index import FileIndex

from archive.search.engine.files import Files
from archive.search.engine.plan import Plan, Term, scored
from archive.search.engine.schema import EXACT, HAN, SORT
from archive.search.engine.segments import Segment, rows_of

TITLE = 0.5
"""What a word in the document's title weighs beside the same word in the section."""


class Found(NamedTuple):
    """A row of the index that matches: primary key of the section, score."""

    pk: int
    score: float


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

    def select(self, plan: Plan) -> list[int]:
        """The rows of a plan as one set for each segment."""
        return [segment.select(plan) for segment in self.segments]

    def count(self, selected: list[int]) -> int:
        return sum(some.bit_count() for some in selected)

    def top(self, plan: Plan, selected: list[int], order: Ordered[str], end: int | None) -> list[Found]:
        """The first `end` rows (None: all), by score or by the named columns; ties by document and place."""
        keyed: list[tuple[Any, ...]] = []
        for segment, some in zip(self.segments, selected, strict=True):
            rows = rows_of(some)
            scores = self._scores(segment, plan, rows) if rows and not order else {}
            documents, ordinals = segment.column("document"), segment.column("ordinal")
            pks = segment.column("pk")
            for row in rows:
                score = scores.get(row, 0.0)
                key = [_key(segment, row, name) for name in order] if order else [-score]
                keyed.append((*key, documents[row], ordinals[row], pks[row], score))
        best = sorted(keyed) if end is None else heapq.nsmallest(end, keyed)
        return [Found(int(each[-2]), each[-1]) for each in best]

    def _scores(self, segment: Segment, plan: Plan, rows: list[int]) -> dict[int, float]:
        scores: dict[int, float] = {}
        for term in scored(plan):
            for asked, weight in ((term, 1.0), (in_title(term), TITLE)):
                if asked:
                    for row, score in segment.scores(asked, rows):
                        scores[row] = scores.get(row, 0.0) + weight * score
        return scores

    def values(self, selected: list[int], field: str) -> dict[str, int]:
        """How many of the rows have each value of a field of keywords; values without a row are left out."""
        counts: Counter[str] = Counter()
        for segment, some in zip(self.segments, selected, strict=True):
            if some:
                for value, rows in segment.keywords(field).items():
                    counts[value] += (rows & some).bit_count()
        return {value: count for value, count in counts.items() if count}

    def numbers(self, selected: list[int], field: str) -> dict[int, int]:
        """How many of the rows have each number of a column; 0 (none) is left out."""
        counts: Counter[int] = Counter()
        for segment, some in zip(self.segments, selected, strict=True):
            column = segment.column(field)
            counts.update(int(column[row]) for row in rows_of(some))
        return {value: count for value, count in counts.items() if value}


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
