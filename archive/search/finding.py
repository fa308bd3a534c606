"""The places of words and phrases in a text, by patterns over its folded form.

A pattern finds exactly what comparing units one by one would find (the same edges of words, the same adjacency), and
does not cut the whole text into units first: a long section costs a scan at the speed of `re`.

All Han characters in a class of letters would take `re` a hundredth of a second for every new word. So those that a
query does not have are made one sign, the BAR, before its words are looked for: neither a letter nor between words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache

from archive.folding import HAN, fold
from archive.search.positions import windows
from archive.search.spacing import closed
from archive.search.tokens import Token, Unit, folded_tokens, stem, tokens, units
from archive.search.tree import Near, Prefix, Word, Words

BAR = "\ud800"  # half a surrogate pair, which no folded text has
_BETWEEN = f"(?:[^\\w{BAR}]|_)"
_BEFORE = re.compile(rf"(?:[^\W_{HAN}]|[^\W_{HAN}]')\Z")
_HAN = re.compile(f"[{HAN}]+")
CERTAIN = 2
"""How many letters at the end of an English stem may differ from the word (happy, happi)."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """`groups` are the words, `stems` what their stems must be (empty: the pattern says it all).

    `han` are its Han characters, `bars` is said where it has words too: all others are then BARs in what is searched.
    """

    compiled: re.Pattern[str]
    stems: tuple[str, ...]
    begins_with_word: bool
    han: str
    bars: bool

    def find(self, folded: str) -> list[tuple[int, int]]:
        found, place = [], 0
        while match := self.compiled.search(folded, place):
            start = match.start()
            # no other word begins before the first one has ended, but another run of Han characters may
            place = max(match.end(1), start + 1) if self.begins_with_word else start + 1
            if self.begins_with_word and _BEFORE.search(folded, max(0, start - 2), start):
                continue
            if all(stem(word) == wanted for word, wanted in zip(match.groups(), self.stems, strict=False)):
                found.append(match.span())
        return found


@lru_cache(maxsize=512)
def _pattern(text: str, stemmed: bool, open_end: bool) -> _Pattern | None:
    """The pattern for a word or phrase as typed; None when it has no units."""
    asked = list(tokens(text))
    if not asked:
        return None
    han = "".join(token.text for token in asked if token.han)
    letter = rf"[^\W_{han}]"
    pieces: list[str] = []
    before: Token | None = None
    for token in asked:
        if before is not None:
            pieces.append(_joint(before, token))
        pieces.append(token.text if token.han else _word(token.text, letter, stemmed, open_end and token is asked[-1]))
        before = token
    words = [token.text for token in asked if not token.han]
    stems = tuple(map(stem, words)) if stemmed else ()
    return _Pattern(re.compile("".join(pieces)), stems, not asked[0].han, han, bool(words))


def _joint(before: Token, token: Token) -> str:
    if before.han and token.han:
        return "" if token.position == before.position + 1 else f"{_BETWEEN}+"
    return f"{_BETWEEN}*" if before.han or token.han else f"{_BETWEEN}+"


def _word(word: str, letter: str, stemmed: bool, open_end: bool) -> str:
    rest, after = f"{letter}*(?:'{letter}+)*", f"(?!{letter})(?!'{letter})"
    if stemmed:
        found = stem(word)
        return f"({re.escape(found[: max(1, len(found) - CERTAIN)])}{rest}){after}"
    return f"({re.escape(word)}{rest if open_end else ''}){after}"


def _barred(folded: str, kept: str) -> str:
    if folded.isascii():
        return folded
    if not kept:
        return _HAN.sub(lambda run: BAR * len(run.group()), folded)
    return _HAN.sub(lambda run: "".join(sign if sign in kept else BAR for sign in run.group()), folded)


@dataclass(frozen=True, slots=True)
class NearPart:
    """A word or run of Han characters of a nearness: its terms and its length in units."""

    text: str
    terms: tuple[Unit, ...]
    length: int


def near_parts(text: str) -> tuple[NearPart, ...]:
    """The different words and Han runs of a text, as nearness compares them."""
    runs: list[str] = []
    before: Token | None = None
    for token in tokens(text):
        if before and before.han and token.han and token.position == before.position + 1:
            runs[-1] += token.text
        else:
            runs.append(token.text)
        before = token
    parts = ((run, units(run)) for run in dict.fromkeys(runs))
    return tuple(NearPart(run, asked, len(run) if asked[0].han else 1) for run, asked in parts)


class Text:
    """A text that is asked for many leaves of a query."""

    def __init__(self, text: str) -> None:
        self._folded = fold(closed(text))
        self._known: dict[str, str] = {}

    def found(self, leaf: Words) -> list[tuple[int, int]]:
        """The characters of each hit of a leaf, `[start, end)` in the text as typed; hits may overlap."""
        here = self._near(leaf) if isinstance(leaf, Near) else self._of(leaf.text, type(leaf))
        return here if self._folded.same_places else [self._folded.origin(start, end) for start, end in here]

    def _of(self, text: str, kind: type[Words]) -> list[tuple[int, int]]:
        pattern = _pattern(text, kind is Word, kind is Prefix)
        if pattern is None:
            return []
        return pattern.find(self._barred(pattern.han) if pattern.bars else self._folded.text)

    def _barred(self, kept: str) -> str:
        """The folded text with every Han character but these as a BAR."""
        found = self._known.get(kept)
        if found is None:
            found = self._known[kept] = _barred(self._folded.text, kept)
        return found

    @cached_property
    def _tokens(self) -> list[Token]:
        return list(folded_tokens(self._folded.text))

    def _near(self, leaf: Near) -> list[tuple[int, int]]:
        parts = [(part.length, self._of(part.text, Near)) for part in near_parts(leaf.text)]
        if not parts or not all(here for _, here in parts):
            return []
        edges, places = [token.start for token in self._tokens], [token.position for token in self._tokens]
        at = [(length, [places[bisect_left(edges, start)] for start, _ in here]) for length, here in parts]
        return [
            (edges[bisect_left(places, first)], self._tokens[bisect_left(places, last)].end)
            for first, last in windows(at, leaf.slop)
        ]
