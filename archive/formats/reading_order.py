"""The lines of a PDF's page from top to bottom, where the file draws them in another order.

Most files draw their lines as they are read, columns included, and these are left alone. Some draw the foot first, or
the lines upside down: if every line of the page has its own height, so that there are no columns or cells whose order
only a person can tell, the lines are put in the order of their places.
"""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import c_double
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

_STEP = 2.0
"""Points by which two lines differ in height, at least, if one is above the other; a line of type has 8 to 14."""


class Place(NamedTuple):
    """Where a line stands on its page, in points from the left and from below; `width` is that of a character."""

    left: float
    right: float
    base: float
    width: float


class Line(NamedTuple):
    """A line of a page; its place is None where the line is blank, or places cannot be told for sure."""

    text: str
    place: Place | None


def in_order(page: pypdfium2.PdfTextPage, text: str) -> list[Line]:
    """The lines of the page, of which pdfium gave `text`, `\\r\\n` between lines."""
    lines = _placed(page, text.split("\r\n"))
    shown = [(line, line.place.base) for line in lines if line.place]
    if all(one >= other for (_, one), (_, other) in pairwise(shown)):
        return lines
    ranked = sorted(shown, key=lambda each: -each[1])
    if any(one - other < _STEP for (_, one), (_, other) in pairwise(ranked)):
        return lines
    return [line for line, _ in ranked]


def _placed(page: pypdfium2.PdfTextPage, texts: Sequence[str]) -> list[Line]:
    """The lines with the places of all that have text, or of none."""
    lines, at = [], 0
    for text in texts:
        place = None
        if shown := text.strip():
            first = at + len(text) - len(text.lstrip())
            last = first + len(shown) - 1
            if raw.FPDFText_GetUnicode(page, first) != ord(shown[0]):
                return [Line(each, None) for each in texts]
            place = _place(page, first, last)
        lines.append(Line(text, place))
        at += len(text) + len("\r\n")
    return lines


def _place(page: pypdfium2.PdfTextPage, first: int, last: int) -> Place:
    """Of the line with these characters at its ends."""
    boxes = [page.get_charbox(at, loose=True) for at in (first, last)]
    widths = [right - left for left, _, right, _ in boxes]
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(page, first, x, y)
    return Place(boxes[0][0], boxes[1][2], y.value, max(widths))
