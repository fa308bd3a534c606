"""Plots and the bodies of large tables as HTML, made without a template.

A table of themes by years has a thousand cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.reader.plots import Year, YearBar, YearPlot
from archive.reader.rendering import filled, joined

N = TypeVar("N", int, str)
YEAR_ROW = (
    '<tr><th scope="row">%s</th><td class="number">%s</td><td class="number">%s</td>'
    '<td class="number">%s</td><td class="number">%s</td></tr>\n'
)


def number(row: Year, known: int) -> str:
    """What is known of a number of a year."""
    if not row.is_open:
        return str(known)
    return f"≥ {known}" if known else _("not counted")


def linked(number: N, href: str) -> SafeString | N:
    """A number that leads to what it counts."""
    return filled('<a href="%s">%s</a>', href, number) if href else number


def cells(shaded: Iterable[tuple[int, int, str]]) -> SafeString:
    """Cells of a matrix from (number, shade, address)."""
    return joined(filled('<td class="s%s">%s</td>', shade, linked(number, href)) for number, shade, href in shaded)


def year_rows(rows: Iterable[Year]) -> SafeString:
    """The body of the table of a series."""
    undated = _("undated")
    return joined(
        filled(
            YEAR_ROW,
            undated if row.year is None else row.year,
            linked(number(row, row.hits), row.hits_href),
            linked(number(row, row.documents), row.documents_href),
            linked(row.of, row.of_href),
            "" if row.is_open else f"{round(row.share)} %",
        )
        for row in rows
    )


def year_bars(plot: YearPlot) -> SafeString:
    """The bars of a plot: a mouse can follow each to what it stands for; the table has the same links for keyboards."""
    return joined(filled("<g>%s%s%s</g>\n", risen(bar), hanging(bar, plot), label(bar, plot)) for bar in plot.bars)


def risen(bar: YearBar) -> str:
    if not bar.rise:
        return ""
    drawn = rectangle("", bar.x, bar.top, bar.width, bar.rise)
    return pointed(bar.row.hits_href, f"{bar.row.year}: {number(bar.row, bar.row.hits)}", drawn)


def hanging(bar: YearBar, plot: YearPlot) -> str:
    if not bar.fall:
        return ""
    row, below = bar.row, plot.axis + 1
    words = ngettext("%(year)s: %(having)s of %(n)s document", "%(year)s: %(having)s of %(n)s documents", row.of)
    said = words % {"year": row.year, "having": number(row, row.documents), "n": row.of}
    part = rectangle("", bar.x, below, bar.width, bar.part) if bar.part else ""
    drawn = joined([rectangle("all", bar.x, below, bar.width, bar.fall), part])
    return pointed(row.documents_href or row.of_href, said, drawn)


def label(bar: YearBar, plot: YearPlot) -> str:
    if not bar.label:
        return ""
    return filled('<text x="%s" y="%s" text-anchor="middle">%s</text>', bar.middle, plot.height - 3, bar.label)


def rectangle(name: str, x: int, y: int, width: int, height: int) -> SafeString:
    return filled('<rect class="%s" x="%s" y="%s" width="%s" height="%s"/>', name, x, y, width, height)


def pointed(href: str, said: str, drawn: SafeString) -> SafeString:
    """A shape that a mouse can follow and hover over."""
    if not href:
        return filled("<g><title>%s</title>%s</g>", said, drawn)
    return filled('<a href="%s" tabindex="-1"><title>%s</title>%s</a>', href, said, drawn)
