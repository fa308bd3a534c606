"""Folding: the one form in which texts and queries are compared, with the way back to the characters as typed.

Folded are width (NFKC), case, Latin diacritics and traditional Chinese. Each character is folded by itself, whatever
stands around it, so a string that occurs in a text occurs in the folded text too.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

import opencc

_IDEOGRAPHS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
HAN = _IDEOGRAPHS + _KANA
"""Characters of scripts written without spaces, as the inside of a character class: each is a unit by itself."""

APOSTROPHES = "’ʼ‛＇"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
DIACRITICS = ("\u0300", "\u036f")


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """What OpenCC keeps apart: characters that traditional texts write where simplified ones have another.

    Some are characters of simplified texts too (覆盖, 著作): what is typed with one of the two finds both.
    """
    lines = Path(__file__).with_name("folded_variants.txt").read_text(encoding="utf-8").split()
    return {line[0]: line[1] for line in lines}


def _fold_character(character: str) -> str:
    if character in APOSTROPHES:
        return "'"
    if character in INVISIBLE:
        return ""
    if unicodedata.category(character) == "Cs":
        return " "  # half of a surrogate pair: no text, and no engine could store it
    plain = unicodedata.normalize("NFKC", character).casefold()
    if len(plain) > 1:
        plain = "".join(part for part in plain if part.isalnum()) or character  # ㈠ is 一, and … stays one character
    parts = unicodedata.normalize("NFD", plain)
    bare = "".join(part for part in parts if not DIACRITICS[0] <= part <= DIACRITICS[1])
    composed = unicodedata.normalize("NFC", bare)
    if not composed or ord(composed[0]) < 0x2E80:
        return composed
    simplified = str(_converter().convert(composed))
    return _variants().get(simplified, simplified)


class _Table(dict[int, str]):
    """Code point → folded text, filled as characters are met; `same` are those of them that stay as they are."""

    def __init__(self) -> None:
        self.same: set[str] = set()

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_character(chr(point))
        if folded == chr(point):
            self.same.add(folded)
        return folded


_TABLE = _Table()
FEW = 32
"""Characters that are faster replaced one after another than all at once."""


class Folded:
    """A folded text, and the way back to the characters of `source`."""

    def __init__(self, text: str, source: str, uneven: frozenset[str]) -> None:
        self.text = text
        self._source = source
        self._uneven = uneven

    @property
    def same_places(self) -> bool:
        """Whether places in the folded text are places in the original, as nearly always."""
        return not self._uneven

    @cached_property
    def _shifts(self) -> tuple[list[int], list[int]]:
        """For every character that does not fold to one: where it begins in the folded text, and in the original."""
        folded, original, shift = [], [], 0
        for match in re.finditer(f"[{re.escape(''.join(self._uneven))}]", self._source):
            folded.append(match.start() + shift)
            original.append(match.start())
            shift += len(_TABLE[ord(match.group())]) - 1
        return folded, original

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of `[start, end)` (not empty) of the folded text."""
        if self.same_places:
            return start, end
        first, last = self._origin(start), self._origin(end - 1) + 1
        while last < len(self._source) and not _TABLE[ord(self._source[last])]:
            last += 1  # an accent belongs to its letter
        return first, last

    def _origin(self, place: int) -> int:
        folded, original = self._shifts
        before = bisect_right(folded, place) - 1
        if before < 0:
            return place
        inside = place - folded[before]
        length = len(_TABLE[ord(self._source[original[before]])])
        return original[before] + (0 if inside < length else inside - length + 1)


def fold(text: str) -> Folded:
    """Fold a text, keeping offsets exact."""
    if text.isascii():
        return Folded(text.lower(), text, frozenset())
    others = {character: _TABLE[ord(character)] for character in set(text) - _TABLE.same}
    uneven = frozenset(character for character, folded in others.items() if len(folded) != 1)
    return Folded(_replaced(text, others), text, uneven)


def _replaced(text: str, others: Mapping[str, str]) -> str:
    """The text with each of these characters folded; all others in it stay as they are."""
    if len(others) > FEW or not others.keys().isdisjoint("".join(others.values())):
        return text.translate(_TABLE)
    for character, folded in others.items():
        text = text.replace(character, folded)
    return text
