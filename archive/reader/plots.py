"""Plots as shapes: numbers in, places in a drawing out. Templates draw them; no Django here.

Every plot says the same in a table beside it, and each bar leads to what it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

RISE, FALL, LABELS = 72, 36, 16
WIDTH, NARROW, WIDE = 1150, 6, 30
"""Units of the drawing: what it is wide where there are many years, and the least and most from one to the next."""
LABEL_WIDTH = 36
EDGE = 10
"""Room at the right for half of the last label."""
STEPS = 5
"""Shades of a matrix."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year (None: undated): something counted, the documents that have it, and all documents that could.

    An open one has been counted in part, or not at all. The addresses lead to what is counted; "" where there is
    nothing, or no such list.
    """

    year: int | None
    hits: int
    documents: int
    of: int
    hits_href: str = ""
    documents_href: str = ""
    of_href: str = ""
    is_open: bool = False

    @property
    def share(self) -> float:
        """Percentage of the documents that have it."""
        return 100 * self.documents / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class YearBar:
    """Where a year's bars stand: what is counted rises from the axis, documents hang from it, a part of them dark."""

    row: Year
    x: int
    width: int
    rise: int
    fall: int
    part: int
    label: str

    @property
    def top(self) -> int:
        return RISE - self.rise

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class YearPlot:
    bars: tuple[YearBar, ...] = ()
    width: int = 0
    axis: int = RISE
    height: int = RISE + FALL + LABELS


def every_year(known: Iterable[int | None]) -> list[int | None]:
    """The years from the first to the last, the empty ones too, and None at the end where it is among them."""
    found = set(known)
    dated = [year for year in found if year is not None]
    years: list[int | None] = list(range(min(dated), max(dated) + 1)) if dated else []
    return [*years, None] if None in found else years


def plot(rows: Iterable[Year]) -> YearPlot:
    """The bars of the years; nothing where no document has a date."""
    dated = [row for row in rows if row.year is not None]
    if not dated:
        return YearPlot()
    step = max(NARROW, min(WIDE, WIDTH // len(dated)))
    most_hits, most_documents = max(row.hits for row in dated) or 1, max(row.of for row in dated) or 1
    bars = tuple(
        YearBar(
            row,
            place * step + 1,
            step - 2,
            scaled(row.hits, most_hits, RISE),
            scaled(row.of, most_documents, FALL),
            scaled(row.documents, most_documents, FALL),
            label_of(row.year or 0, step) or (str(row.year) if len(dated) == 1 else ""),
        )
        for place, row in enumerate(dated)
    )
    return YearPlot(bars, len(dated) * step + EDGE)


def scaled(number: int, most: int, height: int) -> int:
    """A height; what is not nothing can be seen."""
    return max(2, round(height * number / most)) if number else 0


def label_of(year: int, step: int) -> str:
    """Every year where there is room, else every second, fifth, tenth or twentieth."""
    every = next((number for number in (1, 2, 5, 10) if number * step >= LABEL_WIDTH), 20)
    return str(year) if year % every == 0 else ""


def gaps(years: Mapping[int | None, object]) -> list[tuple[int, int]]:
    """(first, last) of each run of years between two that are there."""
    dated = sorted(year for year in years if year is not None)
    return [(before + 1, after - 1) for before, after in pairwise(dated) if after - before > 1]


def shade(part: int, whole: int) -> int:
    """0 for nothing, else 1 to `STEPS` by the part of the whole."""
    return 0 if not part or not whole else min(STEPS, 1 + int(STEPS * part / whole))


def shades() -> list[tuple[int, int, int]]:
    """(shade, percentage from, percentage to) of each step of a matrix."""
    width = 100 // STEPS
    return [(step, (step - 1) * width, step * width) for step in range(1, STEPS + 1)]
