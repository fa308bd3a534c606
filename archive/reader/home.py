"""The first page: what the archive holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.models import Document
from archive.reader import counts, heads
from archive.reader.kept import corpus, kept
from archive.reader.lines import Lines, newest
from archive.reader.lists import holdings, largest_sources, themes_counted
from archive.reader.matrices import columns, themes_by_years, year_rows
from archive.reader.plots import shades

NEWEST = 6
SOURCES = 12
EXAMPLES = tuple(
    (words, "en") for words in ('"big visit"', '"community police"~5', "petition* OR complaint*", "visit -household")
)
CHINESE_EXAMPLES = (("走访 OR 群众路线", "zh-Hans"),)
"""Questions, each with its language."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    state = corpus()
    themes = themes_counted(state)
    context = {
        "holdings": holdings(state),
        "themes": themes,
        "sources": largest_sources(state, SOURCES),
        "newest": Lines(heads.site(request)).of(newest(Document.objects.published(), NEWEST)),
        "matrix": year_rows(kept(state, themes_by_years, state, columns([theme.row for theme in themes]))),
        "shades": shades(),
        "examples": examples(state),
        "site_data": heads.site_data(request),
    }
    return render(request, "home.html", context)


def examples(state: str) -> tuple[tuple[str, str], ...]:
    """Questions to try, each with its language; Chinese ones only where there is a Chinese document to answer."""
    return (*EXAMPLES, *CHINESE_EXAMPLES) if kept(state, counts.has_chinese) else EXAMPLES
