"""Hits per year beside what the archive holds of that year: rows of a table, and the bars of a plot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.search.concordance import Line

HITS_HEIGHT, DOCUMENTS_HEIGHT = 72, 36
BAR, WIDE_BAR, FEW_YEARS = 14, 30, 24
"""Units of the drawing from one year to the next; the wide ones where there are few years."""
LABEL_EVERY = 5
EDGE = 10
"""Room at the right for half of the last label."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year (None: undated): its hits, the documents that have them, and all documents that could."""

    year: int | None
    hits: int
    documents: int
    of: int

    @property
    def share(self) -> float:
        """Percentage of the documents that have hits."""
        return 100 * self.documents / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class YearBar:
    """Where a year's bars stand: hits rise from the axis, documents hang from it, those with hits as a part."""

    row: Year
    x: int
    width: int
    rise: int
    fall: int
    part: int
    label: str

    @property
    def top(self) -> int:
        return HITS_HEIGHT - self.rise

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class YearPlot:
    bars: tuple[YearBar, ...] = ()
    width: int = 0
    axis: int = HITS_HEIGHT
    height: int = HITS_HEIGHT + DOCUMENTS_HEIGHT + 16


def yearly(lines: Iterable[Line], documents: Mapping[int | None, int]) -> list[Year]:
    """A row for every year from the first to the last of `documents`, and one for the undated where there are any."""
    hits: Counter[int | None] = Counter()
    having: dict[int | None, set[int]] = {}
    for line in lines:
        hits[line.document.year] += 1
        having.setdefault(line.document.year, set()).add(line.document.number)
    known = [year for year in {*documents, *hits} if year is not None]
    years: list[int | None] = list(range(min(known), max(known) + 1)) if known else []
    undated = [None] if documents.get(None) or hits[None] else []
    return [Year(year, hits[year], len(having.get(year, ())), documents.get(year, 0)) for year in [*years, *undated]]


def plot(rows: Iterable[Year]) -> YearPlot:
    """The bars of the years; nothing where no document has a date."""
    dated = [row for row in rows if row.year is not None]
    if not dated:
        return YearPlot()
    step = WIDE_BAR if len(dated) <= FEW_YEARS else BAR
    most_hits, most_documents = max(row.hits for row in dated) or 1, max(row.of for row in dated) or 1
    bars = tuple(
        YearBar(
            row,
            place * step + 1,
            step - 2,
            scaled(row.hits, most_hits, HITS_HEIGHT),
            scaled(row.of, most_documents, DOCUMENTS_HEIGHT),
            scaled(row.documents, most_documents, DOCUMENTS_HEIGHT),
            label_of(row, dated),
        )
        for place, row in enumerate(dated)
    )
    return YearPlot(bars, len(dated) * step + EDGE)


def scaled(number: int, most: int, height: int) -> int:
    """A height; what is not nothing can be seen."""
    return max(2, round(height * number / most)) if number else 0


def label_of(row: Year, dated: list[Year]) -> str:
    """Every year where they are few, else every fifth."""
    year = row.year or 0
    return str(year) if len(dated) <= FEW_YEARS or year % LABEL_EVERY == 0 else ""
