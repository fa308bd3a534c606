"""Whether a text layer says what its pages show: a font without a table of its characters gives meaningless signs.

Such a layer looks like text to every program. It is noticed by signs that no font should give, by Chinese made of
characters that nobody uses, and by words without the vowels and the small words of any language written in Latin.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from . import encodings
from .encodings import common_characters

_UNMAPPED = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]|\\(cid:\\d+\\)")
_UNMAPPED_SHARE = 0.02
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HAN_LEAST = 100
_HAN_COMMON = 0.6
"""Running Chinese has about 0.99 of common characters, a list of names 0.8, a text under wrong numbers below 0.4."""
_WORD = re.compile("[^\\W\\d_\u3400-\U0003ffff]+")
_WORDS_LEAST = 60
_SMALL_WORDS = 0.03
_VOWELS = (0.28, 0.55)
_FILE = Path(__file__).parent / "data" / "small_words.txt"


def doubts(text: str) -> tuple[str, ...]:
    """Warnings about a text layer that can hardly be what the pages show."""
    found = _unmapped(text)
    if not found and (_is_odd_chinese(text) or _is_odd_latin(text)):
        found = (
            "The text layer of this PDF reads like a cipher: its fonts do not say which characters they show. Compare "
            "the text with the pages; if it is unreadable, upload the pages as pictures for text recognition.",
        )
    return found


def prepare() -> None:
    """Reads the data files, for a process that soon may open none."""
    _small_words()
    encodings.prepare()


def _unmapped(text: str) -> tuple[str, ...]:
    share = len(_UNMAPPED.findall(text)) / max(1, len(text))
    if share <= _UNMAPPED_SHARE:
        return ()
    return (f"{share:.0%} of the characters have no meaning in this PDF's fonts; compare the text with the pages.",)


def _is_odd_chinese(text: str) -> bool:
    han = _HAN.findall(text)
    if len(han) < _HAN_LEAST:
        return False
    common = common_characters("simplified") | common_characters("traditional")
    return sum(char in common for char in han) < _HAN_COMMON * len(han)


def _is_odd_latin(text: str) -> bool:
    """Both must be odd: a table of names has no small words, an abbreviated one no vowels."""
    words = [word for word in _WORD.findall(text.lower()) if word.isascii()]
    if len(words) < _WORDS_LEAST:
        return False
    letters = "".join(words)
    vowels = sum(map(letters.count, "aeiou")) / len(letters)
    small = sum(word in _small_words() for word in words) / len(words)
    return small < _SMALL_WORDS and not _VOWELS[0] <= vowels <= _VOWELS[1]


@cache
def _small_words() -> frozenset[str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
