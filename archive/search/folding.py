"""Folding: the one form in which texts and queries are compared, with the way back to the characters as typed.

Folded are width (NFKC), case, Latin diacritics and traditional Chinese. Each character is folded by itself, whatever
stands around it, so a string that occurs in a text occurs in the folded text too.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

import opencc

HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Characters of scripts written without spaces, as the inside of a character class: each is a unit by itself."""

APOSTROPHES = "’ʼ‛＇"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
DIACRITICS = ("\u0300", "\u036f")


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _fold_character(character: str) -> str:
    if character in APOSTROPHES:
        return "'"
    if character in INVISIBLE:
        return ""
    if unicodedata.category(character) == "Cs":
        return " "  # half of a surrogate pair: no text, and no engine could store it
    plain = unicodedata.normalize("NFKC", character).casefold()
    parts = unicodedata.normalize("NFD", plain)
    bare = "".join(part for part in parts if not DIACRITICS[0] <= part <= DIACRITICS[1])
    composed = unicodedata.normalize("NFC", bare)
    return str(_converter().convert(composed)) if composed and ord(composed[0]) >= 0x2E80 else composed


class _Table(dict[int, str]):
    """Code point → folded text, filled as characters are met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_character(chr(point))
        return folded


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `starts` is None when every character folded to exactly one, as nearly always."""

    text: str
    starts: tuple[int, ...] | None
    """for each character of the original, where it starts in the folded text"""

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of `[start, end)` (not empty) of the folded text."""
        if self.starts is None:
            return start, end
        first = self.starts[bisect_right(self.starts, start) - 1]
        return bisect_left(self.starts, first), bisect_right(self.starts, end - 1)


def fold(text: str) -> Folded:
    """Fold a text, keeping offsets exact."""
    if text.isascii():
        return Folded(text.lower(), None)
    if all(len(_TABLE[ord(character)]) == 1 for character in set(text)):
        return Folded(text.translate(_TABLE), None)
    starts, pieces, place = [], [], 0
    for character in text:
        piece = _TABLE[ord(character)]
        starts.append(place if piece else max(place - 1, 0))  # an accent belongs to its letter
        pieces.append(piece)
        place += len(piece)
    return Folded("".join(pieces), tuple(starts))
