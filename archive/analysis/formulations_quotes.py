"""Finding quotations: which stretches of a text stand in quotation marks.

Straight marks do not say which way they face, so the characters beside them decide: one that follows a space or an
opening bracket opens, one that precedes a space or a stop closes. Nested quotations are found as well as those
that hold them. A quotation never crosses a blank line and is at most `LONGEST` characters long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.spans import Span

LONGEST = 300
_PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’", "＂": "＂"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_MARK = re.compile(
    r"[“”「」『』\"＂‘]|(?<![^\s(\[“\"])'|(?<=[\u3400-\u9fff。！？，])’|(?<=\w)[.,!?]?[’'](?!\w)|\n\s*\n"
)
_BEFORE_OPENING = re.compile(r"[\s(\[（【—–\-,:;，：；、。/“‘]")
_AFTER_CLOSING = re.compile(r"[\s)\]）】—–.,:;!?，。：；！？、/”’]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """`span` is what stands between the marks, without them; `outer` has them."""

    span: Span
    outer: Span


def quotations(text: str) -> tuple[Quotation, ...]:
    """Every quotation of a text, in the order of their beginnings."""
    return tuple(sorted(_quotations(text), key=lambda quotation: quotation.span))


def _quotations(text: str) -> Iterator[Quotation]:
    open_marks: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        if match.group()[0] == "\n":
            open_marks.clear()
            continue
        place = match.end() - 1
        mark, opens = _facing(text, place, open_marks)
        if opens:
            open_marks = [*open_marks[-3:], (mark, place)]
            continue
        start = _opening(open_marks, mark, place)
        if start is not None and text[start + 1 : place].strip():
            yield Quotation(Span(start + 1, place).strip(text), Span(start, place + 1))


def _facing(text: str, place: int, open_marks: list[tuple[str, int]]) -> tuple[str, bool]:
    """The opening form of a mark, and whether it opens here."""
    mark = text[place]
    if mark in "\"'＂":
        return mark, _opens(text, place, any(kind == mark for kind, _ in open_marks))
    return _CLOSERS.get(mark, mark), mark in _PAIRS


def _opens(text: str, place: int, is_open: bool) -> bool:
    """Whether a straight mark opens: by its neighbours, and where they do not tell, by whether one is open."""
    before = place == 0 or bool(_BEFORE_OPENING.match(text[place - 1]))
    after = place + 1 >= len(text) or bool(_AFTER_CLOSING.match(text[place + 1]))
    return before if before != after else not is_open


def _opening(open_marks: list[tuple[str, int]], mark: str, place: int) -> int | None:
    """Take the latest open mark of this kind, and all that opened after it; None when there is none near."""
    for index in range(len(open_marks) - 1, -1, -1):
        kind, start = open_marks[index]
        if kind == mark:
            del open_marks[index:]
            return start if place - start <= LONGEST else None
    return None
