"""The tree of a query: what a reader asked for, free of any engine's syntax."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.search.page import QueryWarning
from archive.spans import Span


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its English forms; Han characters exactly, next to each other."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these words, one after the other."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that begins so."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Near:
    """All these words, exactly, in any order, with at most `slop` other words between them."""

    text: str
    slop: int
    span: Span


@dataclass(frozen=True, slots=True)
class InTitle:
    """Words to be found in the document's title."""

    body: Word | Phrase | Prefix | Near


@dataclass(frozen=True, slots=True)
class FieldIs:
    """A field that has a value: a slug, a name, a document number. `whole`: no part of a name, but all of one."""

    name: str
    value: str
    span: Span
    whole: bool = False


@dataclass(frozen=True, slots=True)
class FieldBetween:
    """A year (2009) or ISO date between two ends, both included; None is open."""

    name: str
    low: str | None
    high: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


Words = Word | Phrase | Prefix | Near
Leaf = Words | InTitle | FieldIs | FieldBetween
Node = Leaf | And | Or | Not


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as understood: its tree (None when nothing is asked for) and what could not be taken as typed.

    One that is `refused` is not looked at any further, and its warning says why.
    """

    text: str
    tree: Node | None
    warnings: tuple[QueryWarning, ...] = ()
    refused: bool = False


def joined(kind: type[And] | type[Or], parts: tuple[Node, ...]) -> Node | None:
    """Parts as one node: the part itself where it is the only one, None where there is none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(parts)


def leaves(tree: Node | None, *, wanted: bool | None = None) -> Iterator[Leaf]:
    """The leaves from left to right; only those under an even (wanted) or odd number of NOTs when `wanted` is given."""
    yield from _leaves(tree, wanted, True)


def _leaves(tree: Node | None, wanted: bool | None, positive: bool) -> Iterator[Leaf]:
    if isinstance(tree, And | Or):
        for part in tree.parts:
            yield from _leaves(part, wanted, positive)
    elif isinstance(tree, Not):
        yield from _leaves(tree.part, wanted, not positive)
    elif tree is not None and wanted in (None, positive):
        yield tree
