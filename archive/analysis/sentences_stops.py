"""Whether a full stop (or question or exclamation mark) really ends a sentence."""

from __future__ import annotations

import re
from functools import cache

from archive.analysis import lexicon
from archive.spans import Span

_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.'’]*$")
_GLUED = re.compile(r"[A-Z][a-z]+[ ,]|[A-Z][a-z]*$|I\b")
_ADDRESS = re.compile(r"(?:www|https?|@)\S*$")
_NOISE_AFTER = ",.;:，、；：）)"
_ZH_FULL = "。！？!?…"


def ends_sentence(text: str, stop: int, end: int, paragraph: Span, language: str) -> bool:
    """`stop` is the first character of the mark, `end` the place after it and its closing quotation marks."""
    rest = text[end : min(end + 60, paragraph.end)]
    after = rest.lstrip()
    if not after:
        return end >= paragraph.end or len(rest) == paragraph.end - end
    if language == "zh":
        return _ends_chinese(text, stop, end, rest)
    if after[0] in _NOISE_AFTER:
        return False
    if text[stop] in "。！？":
        return True
    return _ends_english(text, stop, end, paragraph, rest)


def _ends_chinese(text: str, stop: int, end: int, rest: str) -> bool:
    after = rest.lstrip()
    if _goes_on().match(after):
        return False
    if text[stop] in _ZH_FULL:
        # a mark inside the closing quotation mark ends the sentence only where nothing hangs on the quotation
        return text[stop] != "…" or rest[:1].isspace()
    return rest[:1].isspace() and not text[stop - 1 : stop].isdigit()


def _ends_english(text: str, stop: int, end: int, paragraph: Span, rest: str) -> bool:
    after = rest.lstrip()
    before = text[max(paragraph.start, stop - 40) : stop]
    if not rest[0].isspace():
        return before[-2:].isalpha() and bool(_GLUED.match(after)) and not _ADDRESS.search(before)
    if after[0].islower():
        return _small_letter_starts(after)
    if text[stop:end].startswith("."):
        return not _unfinished(before, after)
    return True


def _small_letter_starts(after: str) -> bool:
    """Machine translation forgets capitals; only openings that can hardly go on a sentence are believed."""
    return any(after.startswith(start + " ") for start in _words("lower_starts"))


def _unfinished(before: str, after: str) -> bool:
    if before[-1:].isdigit() and after[0].isdigit():
        return True
    word = _WORD_BEFORE.search(before)
    if word is None:
        # "1." at the very start is a marker, not a sentence
        return not before.strip("0123456789()（） ")
    lower = word.group().lower().strip(".")
    if len(lower) == 1 and word.group()[0].isupper():
        return True
    if lower in _words("before_numbers"):
        return after[0].isdigit()
    return lower in _words("abbreviations") or lower in _words("unfinished")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon.load("en", "sentences")[name])


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(lexicon.load("zh", "sentences")["goes_on"])


@cache
def _greeting(language: str) -> re.Pattern[str]:
    return re.compile(lexicon.load(language, "sentences")["greeting"], re.IGNORECASE)


def greeting_end(text: str, paragraph: Span, language: str) -> int:
    """Where the greeting that opens a paragraph ends ("Dear residents: …"); the paragraph's start without one."""
    match = _greeting("zh" if language == "zh" else "en").match(text, paragraph.start, paragraph.end)
    return match.end() if match else paragraph.start
