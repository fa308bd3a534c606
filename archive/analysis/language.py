"""Which language a text is in: the share of Chinese characters among its letters decides."""

from __future__ import annotations

import re

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")

# one Chinese character carries about as much text as two thirds of an English word
_HAN_PER_WORD = 1.5


def detect_language(text: str) -> str:
    """Tell "zh" from "en"; a text without any letters counts as English."""
    han = sum(1 for _ in HAN.finditer(text))
    words = sum(1 for _ in _LATIN_WORD.finditer(text))
    return "zh" if han / _HAN_PER_WORD > words else "en"
