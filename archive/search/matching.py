"""A query's tree against a text: does it match, and which characters are its hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from archive.search.finding import Text
from archive.search.tree import And, FieldBetween, FieldIs, InTitle, Node, Not, Or, Word, Words, leaves
from archive.spans import Span


class Match(NamedTuple):
    """A hit: the characters `[start, end)`, and which of the query's leaves it answers."""

    start: int
    end: int
    leaf: int


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """English words that say little: they are searched for, but their hits are not worth a look."""
    return frozenset(Path(__file__).with_name("function_words.txt").read_text().split())


@lru_cache(maxsize=128)
def words_wanted(tree: Node | None) -> tuple[Words, ...]:
    """The leaves whose hits are shown: not those that must be absent, nor “and” and “the” beside other words."""
    wanted = tuple(leaf for leaf in leaves(tree, wanted=True) if isinstance(leaf, Words))
    telling = tuple(leaf for leaf in wanted if not (isinstance(leaf, Word) and leaf.text.lower() in function_words()))
    return telling or wanted


def matches(tree: Node | None, text: str) -> tuple[Match, ...]:
    """The hits of a query in a text, in order of place; they may overlap. Linear in the text for each leaf."""
    wanted = words_wanted(tree)
    if not wanted:
        return ()
    cut = Text(text)
    return tuple(sorted(Match(*hit, which) for which, leaf in enumerate(wanted) for hit in cut.found(leaf)))


def marks(tree: Node | None, text: str) -> tuple[Span, ...]:
    """The hits as spans that do not overlap, in order of place: what a page marks."""
    return joined(matches(tree, text), Span(0, len(text)))


def joined(found: Iterable[Match], within: Span) -> tuple[Span, ...]:
    """Hits in order of place as spans that do not overlap, as far as they stand within a part of the text.

    Places are counted from its beginning. A hit that is cut off at its end is none: half a word marked says something
    else.
    """
    spans: list[tuple[int, int]] = []
    for start, end, _ in found:
        first, last = max(start, within.start), min(end, within.end)
        if first >= last or (first > within.start and last < end):
            continue
        if spans and first < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], last))
        else:
            spans.append((first, last))
    return tuple(Span(first - within.start, last - within.start) for first, last in spans)


Holds = Callable[[FieldIs | FieldBetween], bool]
"""Says whether a condition on a field holds."""


def satisfies(tree: Node | None, text: str, title: str, holds: Holds) -> bool:
    """Whether a section's text, its document's title and its fields are what the query asks for."""
    return tree is None or _satisfies(tree, Text(text), Text(title), holds)


def _satisfies(tree: Node, text: Text, title: Text, holds: Holds) -> bool:
    match tree:
        case And(parts):
            return all(_satisfies(part, text, title, holds) for part in parts)
        case Or(parts):
            return any(_satisfies(part, text, title, holds) for part in parts)
        case Not(part):
            return not _satisfies(part, text, title, holds)
        case InTitle(body):
            return bool(title.found(body))
        case FieldIs() | FieldBetween():
            return holds(tree)
        case _:
            return bool(text.found(tree))
