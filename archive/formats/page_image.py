"""The picture of one page of a PDF, in a child process: what text recognition reads."""

from __future__ import annotations

import math

from .pdf import opened
from .reading import Extracted

_DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_PIXELS = 18_000_000
"""A3 at full resolution; larger pages are rendered smaller."""


def extract(data: bytes, number: str) -> Extracted:
    """Page `number`, counted from 0, as a grey bitmap (PGM)."""
    page = opened(data)[int(number)]
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, math.sqrt(_PIXELS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, grayscale=True)
    rows, pixels = bytes(bitmap.buffer), bitmap.width * bitmap.height
    if bitmap.stride != bitmap.width:
        rows = b"".join(rows[at : at + bitmap.width] for at in range(0, len(rows), bitmap.stride))
    return Extracted("", picture=b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows[:pixels])
