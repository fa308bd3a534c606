"""Line ends of a PDF's page that are only the paper's: Chinese sentences are put together again.

A Chinese line goes on in the next one, with no space between, where it is as long as lines of the page get and the next
one begins at the margin: paragraphs and headings are set in from it. Between Latin words a line end is a space anyway.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from .reading_order import Line, Place

_CHINESE = (
    "\u3001-\u3003\u3007-\u3011\u3014-\u3017\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
)
_ENDS = re.compile(rf"[{_CHINESE}“‘A-Za-z0-9]\s*\Z")
_BEGINS = re.compile(rf"\s*[{_CHINESE}“‘”’A-Za-z0-9]")
_HAN = re.compile(rf"[{_CHINESE}]")
_MARKER = re.compile(
    r"\s*(?:第[〇零一二三四五六七八九十百千\d]+[编章节条款]|[（(]?[一二三四五六七八九十\d]+[、.．）)]|附件?[:：\d一二三])"
)
_STOP = re.compile(r"[。！？；：]\W*\Z")
_SLACK, _SLACK_AT_STOP = 2.2, 0.7
"""Widths of a character by which a full line may be shorter: what must not begin a line moves to the next one or in."""
_INDENT = 1.0
"""Widths of a character by which the beginning of a paragraph is set in, at least."""
_ALIKE = 1.25
"""How many times as wide the characters of a line may be as those of the next, and the step between as is usual."""


class _Page(NamedTuple):
    """Where lines begin and end, and the usual step from one to the next."""

    left: float
    right: float
    step: float


def unwrapped(lines: Sequence[Line]) -> str:
    """The text of a page, `\\n` between lines that the paper alone does not divide."""
    places = [line.place for line in lines if line.place]
    steps = [one.base - other.base for one, other in pairwise(places) if one.base > other.base]
    if not steps:
        return "\n".join(line.text for line in lines)
    page = _Page(min(place.left for place in places), max(place.right for place in places), median_low(steps))
    pieces = [lines[0].text]
    for line, after in pairwise(lines):
        if _goes_on(line, after, page):
            pieces[-1] = pieces[-1].rstrip() + after.text.lstrip()
        else:
            pieces.append(after.text)
    return "\n".join(pieces)


def _goes_on(line: Line, after: Line, page: _Page) -> bool:
    if line.place is None or after.place is None or not _is_next(line.place, after.place, page):
        return False
    slack = _SLACK_AT_STOP if _STOP.search(line.text) else _SLACK
    if page.right - line.place.right > slack * line.place.width or _MARKER.match(after.text):
        return False
    ends, begins = _ENDS.search(line.text), _BEGINS.match(after.text)
    return bool(ends and begins and _HAN.search(ends.group() + begins.group()))


def _is_next(one: Place, other: Place, page: _Page) -> bool:
    """Whether the second line begins at the margin, below the first, at the usual step and in the same type."""
    widths = sorted((one.width, other.width))
    return (
        other.left - page.left <= _INDENT * other.width
        and 0 < one.base - other.base <= _ALIKE * page.step
        and widths[1] <= _ALIKE * widths[0]
    )
