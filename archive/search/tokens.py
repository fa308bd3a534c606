"""The one tokenizer: what is a word, for the index, for queries and for marking hits alike.

A Latin (Cyrillic, …) word is a unit, and so is each single Han character. Units are numbered as they stand; between
two Han characters that do not touch one number is left out, so adjacency of numbers is adjacency in the text.
"""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import Stemmer

from archive.folding import HAN, fold
from archive.search.spacing import closed
from archive.spans import Span

TOKENIZER_VERSION = 2
"""Raise it when the same text gives other units or other stems: every index is then built anew."""

STEMS_KEPT = 200_000
_UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:'[^\W_{HAN}]+)*")
_WORD = re.compile(rf"[^\W_{HAN}]+(?:'[^\W_{HAN}]+)*")
_RUN = re.compile(rf"([{HAN}]+)|({_WORD.pattern})")
_HAN_START = re.compile(rf"[{HAN}]")
_LOOSE_APOSTROPHE = re.compile(r"'(?:(?<![^\W_]')|(?![^\W_]))")
_ASCII_GAPS = {point: " " for point in range(128) if not chr(point).isalnum() and chr(point) != "'"}
_own = threading.local()  # a PyStemmer stemmer is not to be shared between threads
_stems: dict[str, str] = {}


class Token(NamedTuple):
    """A unit of a text: folded, with its place among the units and in the text as typed."""

    text: str
    start: int
    end: int
    position: int
    han: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def tokens(text: str) -> Iterator[Token]:
    """The units of a text, in order."""
    folded = fold(closed(text))
    for token in folded_tokens(folded.text):
        if folded.same_places:
            yield token
        else:
            yield Token(token.text, *folded.origin(token.start, token.end), token.position, token.han)


def folded_tokens(folded: str) -> Iterator[Token]:
    """The units of a text that has been folded already, with their places in that."""
    position, han_before, end_before = -1, False, -1
    for match in _UNIT.finditer(folded):
        start, end = match.span()
        unit = match.group()
        han = _HAN_START.match(unit) is not None
        position += 2 if han and han_before and start != end_before else 1
        han_before, end_before = han, end
        yield Token(unit, start, end, position, han)


def spelled(text: str) -> list[str]:
    """The units of a text as they are folded, without their places."""
    return _UNIT.findall(fold(closed(text)).text)


@lru_cache(maxsize=1)
def _kept_apart() -> dict[str, str]:
    """Words that Porter 2 joins although they differ (publicity, public), or parts (labour, labor): word → stem.

    Each word begins as its stem does, but for the last two letters of that: `finding` relies on it.
    """
    lines = Path(__file__).with_name("stems.txt").read_text(encoding="utf-8").splitlines()
    return {word: found for found, words in (line.split(": ") for line in lines) for word in words.split()}


def stem(word: str) -> str:
    """The English stem (Porter 2 with exceptions) of a folded word; other words come back as they are, or nearly."""
    known = _stems.get(word)
    if known is not None:
        return known
    if not hasattr(_own, "stemmer"):
        _own.stemmer = Stemmer.Stemmer("english")
    found = _kept_apart().get(word.removesuffix("'s")) or str(_own.stemmer.stemWord(word))
    if len(_stems) >= STEMS_KEPT:
        _stems.clear()
    _stems[word] = found
    return found


@dataclass(frozen=True, slots=True)
class Terms:
    """What an index keeps of a text: each term with its positions, in rising order.

    `han` has every single Han character and every two that touch.
    """

    words: dict[str, list[int]]
    stems: dict[str, list[int]]
    han: dict[str, list[int]]


def terms(text: str) -> Terms:
    """The terms of a text, as they are put into an index."""
    words: defaultdict[str, list[int]] = defaultdict(list)
    stems: defaultdict[str, list[int]] = defaultdict(list)
    han: defaultdict[str, list[int]] = defaultdict(list)
    before: Token | None = None
    for token in tokens(text):
        if token.han:
            han[token.text].append(token.position)
            if before is not None and before.han and before.position == token.position - 1:
                han[before.text + token.text].append(before.position)
        else:
            words[token.text].append(token.position)
            stems[stem(token.text)].append(token.position)
        before = token
    return Terms(dict(words), dict(stems), dict(han))


Places = tuple[list[str], Sequence[int]]
"""Words, or runs of Han characters, and the positions at which they begin, side by side."""


def occurrences(text: str) -> tuple[Places, Places]:
    """What `terms` finds, as an index is given it fastest: words, and runs of Han characters that touch."""
    folded = fold(closed(text)).text
    if folded.isascii() or not _HAN_START.search(folded):
        words = _words(folded)
        return (words, range(len(words))), ([], [])
    words, word_places = [], list[int]()
    runs, run_places = list[str](), list[int]()
    place, han_before = 0, False
    for run, word in _RUN.findall(folded):
        if run:
            place += han_before
            runs.append(run)
            run_places.append(place)
            place, han_before = place + len(run), True
        else:
            words.append(word)
            word_places.append(place)
            place, han_before = place + 1, False
    return (words, word_places), (runs, run_places)


def _words(folded: str) -> list[str]:
    """The words of a text without Han characters: what `_WORD` finds, in half the time."""
    if folded.isascii():
        folded = folded.translate(_ASCII_GAPS)
    else:
        for character in set(folded):
            if not character.isalnum() and character != "'":
                folded = folded.replace(character, " ")
    return (_LOOSE_APOSTROPHE.sub(" ", folded) if "'" in folded else folded).split()


class Unit(NamedTuple):
    """A term that a query asks for, `offset` places after the first one; Han terms have one or two characters."""

    text: str
    offset: int
    han: bool


def units(text: str) -> tuple[Unit, ...]:
    """The terms of a query text with their distances: Han runs as overlapping pairs, a lone character by itself.

    Words come unstemmed. Empty when the text has neither letters nor digits.
    """
    found = list(tokens(text))
    if not found:
        return ()
    first = found[0].position
    pairs: list[Unit] = []
    paired = False  # whether the character before this one has already been taken into a pair
    for token, after in zip(found, [*found[1:], None], strict=True):
        offset = token.position - first
        if token.han and after is not None and after.han and after.position == token.position + 1:
            pairs.append(Unit(token.text + after.text, offset, True))
            paired = True
        else:
            if not (token.han and paired):
                pairs.append(Unit(token.text, offset, token.han))
            paired = False
    return tuple(pairs)


def number_key(number: str) -> str:
    """A document number without regard to brackets, spaces and width: 公通字〔2013〕12号 → 公通字-2013-12.

    Empty when there is no digit in it.
    """
    parts = re.findall(r"\d+|[^\W\d_]+", fold(number).text)
    kept = [part.removesuffix("第") if part != "第" else "" for part in parts if part not in {"号", "no", "第", "年"}]
    kept = [part.lstrip("0") or "0" if part.isdigit() else part for part in kept if part]
    return "-".join(kept) if any(part.isdigit() for part in kept) else ""
