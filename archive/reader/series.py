"""Something over the years beside all documents of each year: rows of a table, which the plot draws too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from archive.reader.drawing import year_bars, year_rows
from archive.reader.matrices import address, year_word
from archive.reader.plots import Year, YearPlot, every_year, plot

Numbers = Mapping[int | None, int]
Address = Callable[[int | str], str]
"""Year as an address has it → the list of what is counted."""


@dataclass(frozen=True, slots=True)
class Series:
    """The rows, their plot, and both as HTML."""

    rows: list[Year]
    plot: YearPlot

    @property
    def is_undated(self) -> bool:
        """There are years to show, but nothing of what is counted in them."""
        return bool(self.plot.bars) and not any(bar.rise or bar.part for bar in self.plot.bars)

    @property
    def bars(self) -> SafeString:
        return year_bars(self.plot)

    @property
    def body(self) -> SafeString:
        return year_rows(self.rows)


def series(hits: Numbers, documents: Numbers, of: Numbers, hits_at: Address, documents_at: Address | None) -> Series:
    """A row for each year that the archive covers, the undated last."""
    rows = []
    for year in every_year({**of, **hits}):
        word = year_word(year)
        number, having, whole = hits.get(year, 0), documents.get(year, 0), of.get(year, 0)
        rows.append(
            Year(
                year,
                number,
                having,
                whole,
                hits_at(word) if number else "",
                documents_at(word) if having and documents_at else "",
                address("documents", year=word) if whole else "",
            )
        )
    return drawn(rows)


def drawn(rows: list[Year]) -> Series:
    return Series(rows, plot(rows))
