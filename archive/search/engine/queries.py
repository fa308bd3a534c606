"""Haystack's query (a tree of SQ) → the engine's plan. No text of a reader is ever parsed here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any as Anything

from haystack.backends import BaseSearchQuery, SearchNode
from haystack.exceptions import SearchBackendError
from haystack.inputs import Clean, Exact, PythonData

from archive.search.engine.plan import All, Any, Between, Except, Nearby, Plan, Sequence, Term, Values
from archive.search.engine.schema import EXACT, HAN, kind, number
from archive.search.finding import near_parts
from archive.search.grouping import ByDocument
from archive.search.inputs import Near
from archive.search.tokens import Unit, stem, units

LARGEST = 2**62


class ArchiveQuery(BaseSearchQuery):
    """Builds plans instead of strings."""

    grouping: ByDocument | None = None

    def build_query(self) -> Plan:
        if self.boost:
            raise SearchBackendError("this engine takes no boosts")
        return self._plan(self.query_filter)

    def build_params(self, *args: Anything, **kwargs: Anything) -> dict[str, Anything]:
        params: dict[str, Anything] = super().build_params(*args, **kwargs)
        return params | ({"grouping": self.grouping} if self.grouping else {})

    def _clone(self, *args: Anything, **kwargs: Anything) -> ArchiveQuery:
        clone: ArchiveQuery = super()._clone(*args, **kwargs)
        clone.grouping = self.grouping
        return clone

    def __str__(self) -> str:
        return repr(self.build_query())

    def _plan(self, node: SearchNode) -> Plan:
        parts = tuple(
            self._plan(child) if isinstance(child, SearchNode) else self._leaf(*child) for child in node.children
        )
        kind_of_node = Any if node.connector == SearchNode.OR and len(parts) > 1 else All
        plan: Plan = parts[0] if len(parts) == 1 else kind_of_node(parts)
        return Except(plan) if node.negated else plan

    def _leaf(self, expression: str, value: Anything) -> Plan:
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


def plain(value: Anything) -> Anything:
    return value.query_string if isinstance(value, Clean | Exact | PythonData) else value


def keywords(field: str, lookup: str, value: Anything) -> Plan:
    if lookup in ("content", "exact"):
        return Values(field, (str(value),))
    if lookup == "in":
        return Values(field, tuple(sorted({str(each) for each in value})))
    raise SearchBackendError(f"{field} is a field of keywords and has no lookup {lookup}")


def between(field: str, lookup: str, value: Anything) -> Plan:
    if lookup == "range":
        low, high = value
        return Between(field, number(low), number(high))
    if lookup == "in":
        return Any(tuple(Between(field, number(each), number(each)) for each in value))
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


def words(field: str, lookup: str, value: Anything) -> Plan:
    """Near and Exact values exactly, the beginning of a word with `startswith`, other text stemmed word by word."""
    if isinstance(value, Near):
        parts = tuple(sequence(field, part.terms, stemmed=False) for part in near_parts(value.query_string))
        return Nearby(parts, value.kwargs["slop"]) if len(parts) > 1 else Any(parts)
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
    return each[0] if len(each) == 1 else All(each)


def maybe(field: str, asked: tuple[Unit, ...], *, stemmed: bool, open_end: bool = False) -> Plan:
    return sequence(field, asked, stemmed=stemmed, open_end=open_end) if asked else Any(())


def sequence(field: str, asked: Iterable[Unit], *, stemmed: bool, open_end: bool = False) -> Sequence:
    made = [term(field, unit, stemmed) for unit in asked]
    last = list(asked)[-1]
    if open_end and not last.han:
        made[-1] = Term(field + EXACT, last.text, last.offset, open_end=True)
    return Sequence(tuple(made), last.offset + (len(last.text) if last.han else 1))


def term(field: str, unit: Unit, stemmed: bool) -> Term:
    if unit.han:
        return Term(field + HAN, unit.text, unit.offset)
    return Term(field, stem(unit.text), unit.offset) if stemmed else Term(field + EXACT, unit.text, unit.offset)
