"""Finding many phrases in one pass over a text: by word stems in English, by characters in Chinese.

Both finders walk a trie from every possible start, so the cost is the length of the text times the length of the
longest phrase, however many phrases there are. English matching compares Porter stems, passes over articles and
never crosses punctuation that the phrase itself does not have; a word written `=word` in a phrase must stand
exactly so. Chinese matching is plain substrings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, Protocol

import Stemmer

from archive.spans import Span

_TOKEN = re.compile(r"(?P<and>,\s+and\b|&)|(?P<word>[^\W_]+)|(?P<gap>\n\s*\n)|(?P<mark>[^\s\w'’-])", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b")
_AMERICAN = re.compile(r"(?<=[a-z]{3})iz(?=(?:e|es|ed|er|ers|ing|ation|ations)$)")
_ARTICLES = frozenset({"the", "a", "an"})
_EXACT = "="
_stem_word = lru_cache(maxsize=50_000)(Stemmer.Stemmer("english").stemWord)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the lexicon, as written there, and where the text has it."""

    phrase: str
    span: Span


class Finder(Protocol):
    """What both languages' finders can do."""

    def find(self, text: str) -> Iterator[Hit]:
        """Hits in the order of the text; the longest at each place, none inside another."""
        ...


class Word(NamedTuple):
    """A word or punctuation mark of the text: its stem, its lower-case form and its place."""

    stem: str
    form: str
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    """A place in the trie; `phrase` is set where one ends."""

    phrase: str | None = None
    following: dict[str, _Node] = field(default_factory=dict)

    def down(self, key: str) -> _Node:
        return self.following.setdefault(key, _Node())


def stem(word: str) -> str:
    """The Porter stem of a word, -ize and -ise taken as one spelling."""
    return str(_stem_word(_AMERICAN.sub("is", word.lower())))


@lru_cache(maxsize=2)
def words(text: str) -> tuple[Word, ...]:
    """The words and punctuation marks of an English text, possessive endings and articles left out."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    possessives = {match.start() + 1 for match in _POSSESSIVE.finditer(text)}
    for match in _TOKEN.finditer(text):
        form = "and" if match["and"] else match.group().lower()
        if form in _ARTICLES or (form == "s" and match.start() in possessives):
            continue
        yield Word(stem(form) if match["word"] else form, form, match.start(), match.end())


class StemFinder:
    """Finds English phrases by stems."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._root = _Node()
        for phrase in phrases:
            node = self._root
            for key in _keys(phrase):
                node = node.down(key)
            node.phrase = phrase

    def find(self, text: str) -> Iterator[Hit]:
        found = words(text)
        reached = -1
        for index, word in enumerate(found):
            hit = self._longest(found, index)
            if hit is not None and hit.span.end > reached:
                reached = hit.span.end
                yield Hit(hit.phrase, Span(word.start, reached))

    def _longest(self, found: tuple[Word, ...], index: int) -> Hit | None:
        first = self._root.following
        if found[index].stem not in first and _EXACT + found[index].form not in first:
            return None
        nodes = [self._root]
        best = None
        for position in range(index, len(found)):
            word = found[position]
            ways = [node.following.get(key) for node in nodes for key in (_EXACT + word.form, word.stem)]
            nodes = [way for way in ways if way is not None]
            if not nodes:
                break
            phrase = next((node.phrase for node in nodes if node.phrase is not None), None)
            if phrase is not None:
                best = Hit(phrase, Span(found[index].start, word.end))
        return best


def same_form(phrase: str, language: str) -> str:
    """What two phrases have in common when a text cannot tell them apart: their stems, or the characters."""
    return phrase if language == "zh" else " ".join(_keys(phrase))


def _keys(phrase: str) -> list[str]:
    """The trie path of an English phrase."""
    keys = []
    for part in re.split(r"(=\w+)", phrase):
        if part.startswith(_EXACT):
            keys.append(part.lower())
        else:
            keys.extend(word.stem for word in _words(part))
    return keys


class CharacterFinder:
    """Finds Chinese phrases as plain substrings."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_head: dict[str, list[str]] = {}
        for phrase in sorted(set(phrases), key=len, reverse=True):
            if len(phrase) > 1:
                self._by_head.setdefault(phrase[:2], []).append(phrase)

    def find(self, text: str) -> Iterator[Hit]:
        reached = -1
        for start in range(len(text) - 1):
            phrases = self._by_head.get(text[start : start + 2])
            if phrases is None:
                continue
            phrase = next((each for each in phrases if text.startswith(each, start)), None)
            if phrase is not None and start + len(phrase) > reached:
                reached = start + len(phrase)
                yield Hit(phrase, Span(start, reached))


def finder(phrases: Iterable[str], language: str) -> Finder:
    """The finder for a language: characters for `zh`, stems for every other."""
    return CharacterFinder(phrases) if language == "zh" else StemFinder(phrases)
