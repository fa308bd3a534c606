"""A query's tree against a text: does it match, and which characters are its hits."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from archive.search.positions import starts, windows
from archive.search.tokens import Token, Unit, stem, tokens, units
from archive.search.tree import And, FieldBetween, FieldIs, InTitle, Near, Node, Not, Or, Prefix, Word, Words, leaves
from archive.spans import Span


@dataclass(frozen=True, slots=True)
class Match:
    """A hit: the characters, and which of the query's leaves it answers."""

    span: Span
    leaf: int


@dataclass(frozen=True, slots=True)
class NearPart:
    """A word or run of Han characters of a nearness: its terms and its length in units."""

    terms: tuple[Unit, ...]
    length: int


def near_parts(text: str) -> tuple[NearPart, ...]:
    """The different words and Han runs of a text, as nearness compares them."""
    groups: list[list[Unit]] = []
    for unit in units(text):
        joins = groups and unit.han and groups[-1][-1].han and unit.offset - groups[-1][-1].offset < 2
        if joins:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    parts = []
    for group in groups:
        first, last = group[0].offset, group[-1]
        length = last.offset - first + (len(last.text) if last.han else 1)
        parts.append(NearPart(tuple(Unit(u.text, u.offset - first, u.han) for u in group), length))
    return tuple(dict.fromkeys(parts))


class Text:
    """A text cut into units, with the places of each; made once, asked for many leaves."""

    def __init__(self, text: str) -> None:
        self.tokens: list[Token] = list(tokens(text))
        self._words: defaultdict[str, list[int]] = defaultdict(list)
        self._stems: defaultdict[str, list[int]] = defaultdict(list)
        self._han: defaultdict[str, list[int]] = defaultdict(list)
        self._places = [token.position for token in self.tokens]
        for token in self.tokens:
            if token.han:
                self._han[token.text].append(token.position)
            else:
                self._words[token.text].append(token.position)
                self._stems[stem(token.text)].append(token.position)

    def found(self, leaf: Words) -> list[tuple[int, int]]:
        """(first, last) positions of the units of each hit of a leaf."""
        if isinstance(leaf, Near):
            parts = near_parts(leaf.text)
            return windows([(part.length, self._starts(part.terms)) for part in parts], leaf.slop) if parts else []
        asked = units(leaf.text)
        if not asked:
            return []
        last = asked[-1].offset + (len(asked[-1].text) - 1 if asked[-1].han else 0)
        begins = self._starts(asked, stemmed=isinstance(leaf, Word), open_end=isinstance(leaf, Prefix))
        return [(begin, begin + last) for begin in sorted(begins)]

    def span(self, first: int, last: int) -> Span:
        """The characters from the unit at one position to the unit at another."""
        start = self.tokens[bisect_left(self._places, first)]
        end = self.tokens[bisect_left(self._places, last)]
        return Span(start.start, end.end)

    def _starts(self, asked: tuple[Unit, ...], *, stemmed: bool = False, open_end: bool = False) -> set[int]:
        places: list[tuple[int, list[int]]] = []
        for unit in asked:
            beginning = open_end and unit is asked[-1] and not unit.han
            places.append((unit.offset, self._of_prefix(unit.text) if beginning else self._of(unit, stemmed)))
        places.sort(key=lambda place: len(place[1]))
        return starts(places)

    def _of(self, unit: Unit, stemmed: bool) -> list[int]:
        if unit.han and len(unit.text) == 2:
            second = set(self._han.get(unit.text[1], ()))
            return [place for place in self._han.get(unit.text[0], ()) if place + 1 in second]
        if unit.han:
            return self._han.get(unit.text, [])
        return self._stems.get(stem(unit.text), []) if stemmed else self._words.get(unit.text, [])

    def _of_prefix(self, beginning: str) -> list[int]:
        return [place for word, places in self._words.items() if word.startswith(beginning) for place in places]


def words_wanted(tree: Node | None) -> tuple[Words, ...]:
    """The leaves whose hits are shown: words to be found in the text, not those that must be absent."""
    return tuple(leaf for leaf in leaves(tree, wanted=True) if isinstance(leaf, Words))


def matches(tree: Node | None, text: str) -> tuple[Match, ...]:
    """The hits of a query in a text, in order of place; they may overlap. Linear in the text for each leaf."""
    wanted = words_wanted(tree)
    if not wanted:
        return ()
    cut = Text(text)
    found = (Match(cut.span(*hit), which) for which, leaf in enumerate(wanted) for hit in cut.found(leaf))
    return tuple(sorted(found, key=lambda match: (match.span, match.leaf)))


def marks(tree: Node | None, text: str) -> tuple[Span, ...]:
    """The hits as spans that do not overlap, in order of place: what a page marks."""
    joined: list[Span] = []
    for match in matches(tree, text):
        if joined and match.span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, match.span.end))
        else:
            joined.append(match.span)
    return tuple(joined)


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
