"""Variants: one name has several forms, and a search for one form looks for the others too, visibly.

A phrase, a word or a group of words that is exactly a form of a known formulation is widened by its other forms in the
same language; forms in the other language and other names of actors are only offered. What is known comes in as data.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from archive.folding import HAN
from archive.search.matching import satisfies
from archive.search.page import Variant, Variants
from archive.search.tokens import tokens
from archive.search.tree import And, Node, Or, Phrase, Word
from archive.spans import Span

SEARCHED = 24
"""Variants that are searched for one query, at most."""
OFFERED = {"formulation": 8, "spelling": 8, "actor": 4}
"""Variants of each kind that are offered for some words of a query, at most."""
ARTICLES = ("the", "a", "an")
_HAN = re.compile(f"[{HAN}]")


class Kind(StrEnum):
    FORMULATION = "formulation"
    SPELLING = "spelling"
    ACTOR = "actor"


BY_ITSELF = (Kind.FORMULATION, Kind.SPELLING)
"""Kinds whose other forms are searched without being asked for."""


@dataclass(frozen=True, slots=True)
class Family:
    """Forms of one name, the usual ones first."""

    kind: Kind
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """A widened tree, the forms that were put into it, and those that could be."""

    tree: Node | None
    searched: tuple[Variant, ...] = ()
    offered: tuple[Variant, ...] = ()


@lru_cache(maxsize=16_384)  # names are read anew each minute, and nearly all are those of the minute before
def form_key(words: str) -> str:
    """What two spellings of a form have in common: their folded words without an article before them."""
    found = [token.text for token in tokens(words)]
    while len(found) > 1 and found[0] in ARTICLES:
        found.pop(0)
    return " ".join(found)


class Families:
    """The names that are known, by each of their forms."""

    def __init__(self, known: Iterable[Family]) -> None:
        self._by_form: defaultdict[str, list[Family]] = defaultdict(list)
        for family in known:
            for key in {form_key(form) for form in family.forms} - {""}:
                self._by_form[key].append(family)

    def of(self, words: str) -> tuple[Family, ...]:
        return tuple(self._by_form.get(form_key(words), ()))


def expand(tree: Node | None, known: Families, chosen: Variants) -> Expansion:
    """Widen a tree by the variants of what stands in it, as far as the reader has not chosen otherwise.

    What must be absent, and words in titles or near each other, stay as typed.
    """
    widening = _Widening(known, chosen)
    wide = widening.node(tree) if tree is not None else None
    return Expansion(wide, tuple(widening.searched), tuple(widening.offered))


class _Widening:
    def __init__(self, known: Families, chosen: Variants) -> None:
        self._known = known
        self._chosen = chosen
        self._without = {form_key(form) for form in chosen.without}
        self._added = {form_key(form) for form in chosen.added}
        self.searched: list[Variant] = []
        self.offered: list[Variant] = []

    def node(self, node: Node) -> Node:
        match node:
            case And(parts):
                wide = tuple(part for group in _groups(parts) for part in self._group(group))
                return And(wide) if len(wide) > 1 else wide[0]
            case Or(parts):
                return Or(tuple(self.node(part) for part in parts))
            case Word() | Phrase():
                return self._one(node)
            case _:
                return node

    def _group(self, group: tuple[Node, ...]) -> Iterator[Node]:
        """Neighbouring parts of an And: words that are a known form together, else each by itself."""
        words = " ".join(part.text for part in group if isinstance(part, Word))
        together = self._known.of(words) if len(group) > 1 else ()
        if not together:
            yield from map(self.node, group)
            return
        typed = Span(_span(group[0]).start, _span(group[-1]).end)
        spelled = any(family.kind is Kind.SPELLING for family in together)
        yield self._widened(Phrase(words, typed) if spelled else And(group), words, typed, together)

    def _one(self, leaf: Word | Phrase) -> Node:
        families = self._known.of(leaf.text)
        return self._widened(leaf, leaf.text, leaf.span, families) if families else leaf

    def _widened(self, node: Node, words: str, span: Span, families: tuple[Family, ...]) -> Node:
        parts: list[Node] = [node]
        offered: dict[Variant, Node] = {}
        for variant in _variants(words, families):
            if _found_by(parts, variant):
                continue
            phrase = Phrase(variant.form, span)
            if self._is_searched(variant) and len(self.searched) < SEARCHED:
                self.searched.append(variant)
                parts.append(phrase)
            elif _is_worth_offering(variant, offered):
                offered[variant] = phrase
        self.offered += [variant for variant in offered if variant not in self.offered]
        return Or(tuple(parts)) if len(parts) > 1 else node

    def _is_searched(self, variant: Variant) -> bool:
        key = form_key(variant.form)
        return key in self._added or (variant.by_itself and not self._chosen.exact and key not in self._without)


def _found_by(parts: Iterable[Node], variant: Variant) -> bool:
    """Whether who looks for one of the parts finds the variant anyway."""
    return any(satisfies(part, variant.form, "", lambda field: False) for part in parts)


def _is_worth_offering(variant: Variant, offered: Mapping[Variant, Node]) -> bool:
    alike = sum(other.kind == variant.kind for other in offered)
    return alike < OFFERED[variant.kind] and not _found_by(offered.values(), variant)


def _groups(parts: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    """Runs of plain words, and every other part by itself."""
    for plain, run in groupby(parts, key=lambda part: isinstance(part, Word)):
        group = tuple(run)
        yield from [group] if plain else [(part,) for part in group]


def _span(node: Node) -> Span:
    return node.span if isinstance(node, Word) else Span(0, 0)


def _variants(words: str, families: tuple[Family, ...]) -> Iterator[Variant]:
    """The other forms, those that are searched by themselves first, each once."""
    chinese, seen = is_chinese(words), {form_key(words)}
    every = [
        Variant(form, words, family.kind in BY_ITSELF and is_chinese(form) == chinese, family.kind)
        for family in families
        for form in family.forms
    ]
    for variant in sorted(every, key=lambda variant: not variant.by_itself):
        key = form_key(variant.form)
        if key and key not in seen:
            seen.add(key)
            yield variant


def is_chinese(words: str) -> bool:
    return _HAN.search(words) is not None
