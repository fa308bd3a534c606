"""The lines of a PDF's page from top to bottom, where the file draws them in another order.

Most files draw their lines as they are read, columns included, and these are left alone. Some draw the foot first, or
the lines upside down: if every line of the page has its own height, so that there are no columns or cells whose order
only a person can tell, the lines are put in the order of their places.
"""

from __future__ import annotations

from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

_STEP = 2.0
"""Points by which two lines differ in height, at least, if one is above the other; a line of type has 8 to 14."""


def in_order(page: pypdfium2.PdfTextPage, text: str) -> str:
    """The text of the page, `\\n` between lines as pdfium gave them in `text` (`\\r\\n` there)."""
    lines = text.split("\r\n")
    shown = [number for number, line in enumerate(lines) if line.strip()]
    heights = _heights(page, lines)
    if heights is None or all(heights[a] >= heights[b] for a, b in pairwise(shown)):
        return "\n".join(lines)
    ranked = sorted(shown, key=lambda number: -heights[number])
    if any(heights[a] - heights[b] < _STEP for a, b in pairwise(ranked)):
        return "\n".join(lines)
    return "\n".join(lines[number] for number in ranked)


def _heights(page: pypdfium2.PdfTextPage, lines: list[str]) -> dict[int, float] | None:
    """Number of every line with text → height of its first character; None where they cannot be told for sure."""
    heights, at = {}, 0
    for number, line in enumerate(lines):
        if line.strip():
            first = at + len(line) - len(line.lstrip())
            if raw.FPDFText_GetUnicode(page, first) != ord(line.lstrip()[0]):
                return None
            heights[number] = float(page.get_charbox(first, loose=True)[1])
        at += len(line) + len("\r\n")
    return heights
