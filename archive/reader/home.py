"""The first page: what the archive holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.models import Document
from archive.reader import heads, queries

NEWEST = 6
SOURCES = 12
EXAMPLES = ('"big visit"', '"community police"~5', "petition* OR complaint*", "visit -household")
CHINESE_EXAMPLES = ("走访 OR 群众路线",)
BAR_HEIGHT, BAR_WIDTH = 56, 14


@dataclass(frozen=True, slots=True)
class Bar:
    """A year of the plot: how many documents, and where its bar stands, in units of the drawing."""

    year: int
    number: int
    x: int
    y: int
    height: int
    middle: int


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    years = queries.documents_by_year()
    undated = years.pop(None, 0)
    bars = year_bars(years)
    context = {
        "holdings": queries.holdings(),
        "themes": queries.themes(),
        "sources": queries.largest_sources()[:SOURCES],
        "newest": Document.objects.published().for_list().newest()[:NEWEST],
        "bars": bars,
        "plot_width": len(bars) * BAR_WIDTH,
        "undated": undated,
        "examples": examples(),
        "site_data": heads.site_data(request),
    }
    return render(request, "home.html", context)


def examples() -> tuple[str, ...]:
    """Questions to try; Chinese ones only where there is a Chinese document that can answer."""
    chinese = Document.objects.published().filter(language=Document.Language.CHINESE).exists()
    return EXAMPLES + CHINESE_EXAMPLES if chinese else EXAMPLES


def year_bars(years: dict[int | None, int]) -> list[Bar]:
    """A bar for each year from the first to the last with documents, the empty ones too."""
    known = sorted(year for year in years if year)
    if not known:
        return []
    tallest = max(years.values())
    bars = []
    for place, year in enumerate(range(known[0], known[-1] + 1)):
        number = years.get(year, 0)
        height = max(2, round(BAR_HEIGHT * number / tallest)) if number else 0
        left = place * BAR_WIDTH
        bars.append(Bar(year, number, left + 1, BAR_HEIGHT - height, height, left + BAR_WIDTH // 2))
    return bars
