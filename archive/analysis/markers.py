"""Candidates for markers: everything in a text that might number a member of a series.

Nothing is decided here; `outline_search` finds the series that the candidates form best. What can never be a marker
(references, figures, adjectives) is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cache
from itertools import accumulate

from archive.analysis.lexicon import load
from archive.analysis.lines import Line
from archive.spans import Span

# the value of a marker that only says "the next one" or "the last one"
NEXT = 0


class Shape(StrEnum):
    """How a marker is written."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    ATTACHMENT = "attachment"
    HEADING = "heading"
    LABEL = "label"
    DOTTED = "dotted"
    HAN_COMMA = "han-comma"
    HAN_PAREN = "han-paren"
    HAN_HALF = "han-half"
    DIGIT_DOT = "digit-dot"
    DIGIT_PAREN = "digit-paren"
    DIGIT_HALF = "digit-half"
    UPPER_DOT = "upper-dot"
    LOWER_DOT = "lower-dot"
    UPPER_PAREN = "upper-paren"
    LOWER_PAREN = "lower-paren"
    LETTER_HALF = "letter-half"
    ROMAN_DOT = "roman-dot"
    SMALL_ROMAN_DOT = "small-roman-dot"
    ROMAN_PAREN = "roman-paren"
    SMALL_ROMAN_PAREN = "small-roman-paren"
    ROMAN_HALF = "roman-half"
    WORD_PAREN = "word-paren"
    WORD_COMMA = "word-comma"
    ORDINAL = "ordinal"
    IS = "is"
    BARE_ORDINAL = "bare-ordinal"
    CIRCLED = "circled"
    LOST = "lost"


class Where(IntEnum):
    """What stands before a marker."""

    LINE = 0
    WRAP = 1
    SENTENCE = 2
    COLON = 3
    SEMICOLON = 4
    COMMA = 5
    MIDDLE = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a marker: its shape and its number (NEXT where it has none)."""

    shape: Shape
    value: int


@dataclass(frozen=True, slots=True)
class Found:
    """A match of one pattern. `tag` ties members of one kind together (the noun of a label, the stem of 3.2.1)."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    weight: float = 0.0
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible marker in its place; `paragraph` counts the paragraphs of the text.

    `alone` is true where nothing but a short heading stands on the line; `opening` is what the member starts with
    (three words, or six Chinese characters); `announced` where the words before it promise a list.
    """

    found: Found
    where: Where
    paragraph: int
    quoted: bool
    alone: bool
    opening: tuple[str, ...]
    announced: bool

    @property
    def start(self) -> int:
        return self.found.start

    @property
    def end(self) -> int:
        return self.found.end


_LINE_HEAD = re.compile(r"(?:^|[\r\n\v\f\x85\u2028\u2029])([^\S\r\n]|[#*•·●■◆▪►★※\-–—>\"“‘「『【\[])*$")
_CONJUNCTION = re.compile(r"(?:\band|\bor|\bbut|&|和|或者|及|而)\s*$", re.I)
_CLOSERS = "\"'”’」』)）]】》*"
_PLACES = {
    **dict.fromkeys(".!?。！？…", Where.SENTENCE),
    **dict.fromkeys(":：", Where.COLON),
    **dict.fromkeys(";；", Where.SEMICOLON),
    **dict.fromkeys(",，、–—", Where.COMMA),
}
_BEFORE, _OPENING = 48, 48
_WORD = re.compile(r"[\u3400-\u9fff“”]|[A-Za-z’']+|\d+")
_SENTENCE_END = re.compile(r"[.。;；,，!！?？:：][\"'”’」』)）]*$")
# in half-width characters
_LONG_HEADING = 110


@cache
def _announcement() -> re.Pattern[str]:
    return re.compile("|".join(load(language, "markers")["announces"] for language in ("en", "zh")), re.I)


class Places:
    """Says for an offset of the text where it stands."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text = text
        self._lines = lines
        self._starts = [line.span.start for line in lines]
        self._paragraphs = list(accumulate(int(line.opens) for line in lines))

    def place(self, found: Found) -> Candidate:
        index = max(bisect_right(self._starts, found.start) - 1, 0)
        before = self._text[max(0, found.start - _BEFORE) : found.start]
        head = _LINE_HEAD.search(before)
        at_line = head is not None and (head.start() > 0 or found.start <= _BEFORE or before[0] in "\r\n")
        if at_line and self._lines:
            where = Where.LINE if self._lines[index].opens or self._after_stop(index) else Where.WRAP
            quoted = head is not None and any(char in '"“‘「『' for char in head.group())
        else:
            where, quoted = _inside(before), before.endswith(("“", '"', "「", "『"))
        paragraph = self._paragraphs[index] if self._lines else 0
        alone = where is Where.LINE and self._alone(found, self._lines[index].span.end)
        opening = opening_of(self._text[found.end : found.end + _OPENING])
        announced = where is Where.COLON and _announcement().search(before) is not None
        return Candidate(found, where, paragraph, quoted, alone, opening, announced)

    def _after_stop(self, index: int) -> bool:
        """A wrapped line that begins with a marker, below one that ends a sentence, opens a paragraph all the same."""
        end = self._lines[index - 1].span.end if index else 0
        return _SENTENCE_END.search(self._text[max(0, end - 3) : end]) is not None and self._text[end - 1] not in ",，"

    def _alone(self, found: Found, end: int) -> bool:
        if end - found.end > _LONG_HEADING:
            return False
        rest = self._text[found.end : end].strip()
        widths = sum(2 if char > "\u2e80" else 1 for char in rest)
        return widths <= _LONG_HEADING and not _SENTENCE_END.search(rest[-3:])


def opening_of(text: str) -> tuple[str, ...]:
    """The first three words, or the first six Chinese characters, of the first line."""
    words = _WORD.findall(text.strip().split("\n", 1)[0].casefold())
    return tuple(words[: 6 if words and words[0] > "\u2000" else 3])


def _inside(before: str) -> Where:
    """The place of a marker that does not start a line, from the characters before it."""
    tail = before.rstrip()
    joined = _CONJUNCTION.search(tail)
    if joined and tail[: joined.start()].rstrip()[-1:] in ",;，；":
        tail = tail[: joined.start()].rstrip()
    place = _PLACES.get(tail[-1:])
    if place is None:
        place = _PLACES.get(tail.rstrip(_CLOSERS)[-1:]) if tail[-1:] in _CLOSERS else None
        return place if place in (Where.SENTENCE, Where.SEMICOLON) else Where.MIDDLE
    return place


def arrange(text: str, lines: Sequence[Line], found: Iterable[Found], outside: Sequence[Span]) -> list[Candidate]:
    """Candidates in the order of the text, one for each place (the longest match), none inside `outside`."""
    places = Places(text, lines)
    closed = [(span.start, span.end) for span in sorted(outside)]
    starts = [start for start, _ in closed]
    arranged: list[Candidate] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if arranged and item.start < arranged[-1].end:
            continue
        at = bisect_right(starts, item.start) - 1
        if at < 0 or item.start >= closed[at][1]:
            here = places.place(item)
            beside = arranged and not text[arranged[-1].end : here.start].strip(" \t\u3000")
            if not beside or not here.where:
                arranged.append(here)
            elif not _says_again(arranged[-1].found, item):
                arranged.append(replace(here, where=arranged[-1].where))
    return arranged


def _says_again(first: Found, second: Found) -> bool:
    """ "(2) Second, …" numbers one member twice; "(a)(1)" opens two levels."""
    words = (Shape.ORDINAL, Shape.IS, Shape.WORD_COMMA)
    return any(one.value == two.value and two.shape in words for one in first.readings for two in second.readings)
