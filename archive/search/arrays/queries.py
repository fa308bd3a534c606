"""Queries that Whoosh has no class for. They stand in a query tree beside its own, for either searcher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whoosh.matching import ListMatcher, Matcher, NullMatcher
from whoosh.query import Query


@dataclass(frozen=True, slots=True)
class Step:
    """A term of a sequence, `offset` positions after its first; with `open_end` every term that begins so."""

    field: str
    text: str
    offset: int = 0
    open_end: bool = False


class ArrayQuery(Query):
    """A query that is evaluated on arrays, also when it stands inside one that is not."""

    boost = 1.0

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        from archive.search.arrays.leaves import leaf_of  # noqa: PLC0415 - evaluation knows the queries

        found, scores = leaf_of(searcher).answer(self)
        return ListMatcher(found.tolist(), scores.tolist()) if len(found) else NullMatcher()

    def estimate_size(self, ixreader: Any) -> int:
        count: int = ixreader.doc_count()
        return count

    def estimate_min_size(self, ixreader: Any) -> int:
        return 0


@dataclass(frozen=True, eq=True)
class Sequence(ArrayQuery):
    """Terms at fixed distances, of one text field or of several. Scores as its terms do, each of them once."""

    steps: tuple[Step, ...]
    length: int = 1
    """positions that it covers"""

    def terms(self, phrases: bool = False) -> Iterator[tuple[str, str]]:
        return ((step.field, step.text) for step in self.steps if not step.open_end)


@dataclass(frozen=True, eq=True)
class Nearby(ArrayQuery):
    """Sequences in any order, with at most `slop` other positions between them."""

    parts: tuple[Sequence, ...]
    slop: int


@dataclass(frozen=True, eq=True)
class Values(ArrayQuery):
    """Rows that have at least one of the keywords in a field. A filter: without influence on scores."""

    fieldname: str
    values: tuple[str, ...]


@dataclass(frozen=True, eq=True)
class Between(ArrayQuery):
    """Rows whose number lies between two ends, both included. A filter: without influence on scores."""

    fieldname: str
    low: int
    high: int
