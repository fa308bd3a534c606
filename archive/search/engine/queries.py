"""Haystack's query (a tree of SQ) → a query of Whoosh. No text of a reader is ever parsed here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from haystack.backends import BaseSearchQuery, SearchNode
from haystack.constants import DEFAULT_ALIAS
from haystack.exceptions import SearchBackendError
from haystack.inputs import Clean, Exact, PythonData
from haystack.models import SearchResult
from haystack.utils import log
from whoosh.query import And, Every, Not, NullQuery, Or, Query

from archive.search.arrays.queries import Between, Nearby, Sequence, Step, Values
from archive.search.engine.schema import EXACT, HAN, kind, number
from archive.search.finding import near_parts
from archive.search.grouping import ByDocument
from archive.search.inputs import Near
from archive.search.keeping import Occurrences
from archive.search.tokens import Unit, stem, units

if TYPE_CHECKING:
    from archive.search.engine.backend import ArchiveBackend

LARGEST = 2**62
LOG = log.getLogger("haystack")


class Result(SearchResult):
    """Haystack's, but for a logger of its own in each: to make that takes longer than all the rest."""

    def _get_log(self) -> Any:
        return LOG


class ArchiveQuery(BaseSearchQuery):
    """Builds queries of Whoosh instead of strings."""

    grouping: ByDocument | None = None

    def __init__(self, using: str = DEFAULT_ALIAS) -> None:
        super().__init__(using=using)
        self.result_class = Result

    def build_query(self) -> Query:
        if self.boost:
            raise SearchBackendError("this engine takes no boosts")
        return self._query(self.query_filter)

    def build_params(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().build_params(*args, **kwargs)
        return params | ({"grouping": self.grouping} if self.grouping else {})

    def occurrences(self, words: Iterable[SearchNode], most: int) -> Occurrences:
        """See `archive.search.keeping.CountsOccurrences`."""
        backend: ArchiveBackend = self.backend
        return backend.occurrences(self.build_query(), self.order_by, self.models, map(self._query, words), most)

    def _clone(self, *args: Any, **kwargs: Any) -> ArchiveQuery:
        clone: ArchiveQuery = super()._clone(*args, **kwargs)
        clone.grouping = self.grouping
        return clone

    def __str__(self) -> str:
        return repr(self.build_query())

    def _query(self, node: SearchNode) -> Query:
        parts = tuple(
            self._query(child) if isinstance(child, SearchNode) else self._leaf(*child) for child in node.children
        )
        plan = any_of(parts) if node.connector == SearchNode.OR and len(parts) > 1 else all_of(parts)
        return Not(plan) if node.negated else plan

    def _leaf(self, expression: str, value: Any) -> Query:
        field, lookup = self.query_filter.split_expression(expression)
        known = self.backend.searchfields()
        name = self.backend.document_field() if field == "content" else field
        if name not in known:
            raise SearchBackendError(f"the index has no field {name}")
        kind_of_field = kind(known[name])
        if kind_of_field == "keywords":
            return keywords(name, lookup, plain(value))
        if kind_of_field == "number":
            return between(name, lookup, plain(value))
        return words(name, lookup, value)


def all_of(parts: Iterable[Query]) -> Query:
    """Every part; all rows when there is none."""
    each = list(parts)
    return (each[0] if len(each) == 1 else And(each)) if each else Every()


def any_of(parts: Iterable[Query]) -> Query:
    """At least one part; no row when there is none."""
    each = list(parts)
    return (each[0] if len(each) == 1 else Or(each)) if each else NullQuery


def plain(value: Any) -> Any:
    return value.query_string if isinstance(value, Clean | Exact | PythonData) else value


def keywords(field: str, lookup: str, value: Any) -> Query:
    if lookup in ("content", "exact"):
        return Values(field, (str(value),))
    if lookup == "in":
        return Values(field, tuple(sorted({str(each) for each in value})))
    raise SearchBackendError(f"{field} is a field of keywords and has no lookup {lookup}")


def between(field: str, lookup: str, value: Any) -> Query:
    if lookup == "range":
        low, high = value
        return Between(field, number(low), number(high))
    if lookup == "in":
        return any_of(Between(field, number(each), number(each)) for each in value)
    asked = number(value)
    ends = {
        "content": (asked, asked),
        "exact": (asked, asked),
        "gte": (asked, LARGEST),
        "gt": (asked + 1, LARGEST),
        "lte": (1, asked),
        "lt": (1, asked - 1),
    }
    if lookup not in ends:
        raise SearchBackendError(f"{field} is a number and has no lookup {lookup}")
    return Between(field, *ends[lookup])


def words(field: str, lookup: str, value: Any) -> Query:
    """Near and Exact values exactly, the beginning of a word with `startswith`, other text stemmed word by word."""
    if isinstance(value, Near):
        parts = tuple(sequence(field, part.terms, stemmed=False) for part in near_parts(value.query_string))
        return Nearby(parts, value.kwargs["slop"]) if len(parts) > 1 else any_of(parts)
    if not isinstance(value, str | Clean | Exact):
        raise SearchBackendError(f"{field} is a field of words and takes no {type(value).__name__}")
    text = str(plain(value))
    if isinstance(value, Exact) or lookup == "exact":
        return maybe(field, units(text), stemmed=False)
    if lookup == "startswith":
        return maybe(field, units(text), stemmed=False, open_end=True)
    if lookup != "content":
        raise SearchBackendError(f"{field} is a field of words and has no lookup {lookup}")
    each = tuple(maybe(field, units(word), stemmed=True) for word in text.split())
    return all_of(each)


def maybe(field: str, asked: tuple[Unit, ...], *, stemmed: bool, open_end: bool = False) -> Query:
    return sequence(field, asked, stemmed=stemmed, open_end=open_end) if asked else NullQuery


def sequence(field: str, asked: Iterable[Unit], *, stemmed: bool, open_end: bool = False) -> Sequence:
    made = [term(field, unit, stemmed) for unit in asked]
    last = list(asked)[-1]
    if open_end and not last.han:
        made[-1] = Step(field + EXACT, last.text, last.offset, open_end=True)
    return Sequence(tuple(made), last.offset + (len(last.text) if last.han else 1))


def term(field: str, unit: Unit, stemmed: bool) -> Step:
    if unit.han:
        return Step(field + HAN, unit.text, unit.offset)
    return Step(field, stem(unit.text), unit.offset) if stemmed else Step(field + EXACT, unit.text, unit.offset)
