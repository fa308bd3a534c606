"""The pages about the archive: what it is, how texts are read, what it holds, how to cite it, who can use it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from archive.models import Document
from archive.reader import counts
from archive.reader.bylines import LINK
from archive.reader.drawing import linked
from archive.reader.kept import corpus, kept
from archive.reader.lists import holdings, largest_sources
from archive.reader.matrices import address
from archive.reader.paths import path_of
from archive.reader.plots import every_year
from archive.reader.rendering import filled, joined

QUALITY = Path(__file__).with_name("reading_quality.json")
"""How well labelled documents are read; a test holds it against the measurement."""
SOURCES = 15
ROW = '<tr><th scope="row">%s</th><td class="number">%s</td><td class="number">%s</td><td class="number">%s</td></tr>\n'
LAYERS = {
    "sections": gettext_lazy("sections"),
    "directives": gettext_lazy("directives"),
    "formulations": gettext_lazy("formulations"),
    "themes": gettext_lazy("themes of documents"),
    "modality": gettext_lazy("modality of a directive"),
    "actor": gettext_lazy("who is told, in the words of the text"),
    "theme": gettext_lazy("themes of a directive"),
}


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year (None: undated) with its documents by language; a year between two others may have none."""

    year: int | None
    english: int
    chinese: int

    @property
    def total(self) -> int:
        return self.english + self.chinese


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about/about.html", {"holdings": holdings(corpus())})


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    measured = quality()
    rows = [{**row, "label": LAYERS[row["layer"]]} for row in measured["layers"]]
    return render(request, "about/method.html", {"rows": rows, "texts": measured["texts"]})


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    state = corpus()
    years = years_by_language(kept(state, counts.documents_by_year_and_language))
    kinds = kept(state, counts.kinds)
    context = {
        "holdings": holdings(state),
        "years": joined(map(table_row, years)),
        "empty_years": [row.year for row in years if not row.total],
        "kinds": [
            (kind, Document.Kind(kind).label, kinds[kind].documents)
            for kind in sorted(kinds, key=lambda kind: -kinds[kind].documents)
        ],
        "sources": largest_sources(state, SOURCES),
        "gaps": kept(state, counts.gaps),
    }
    return render(request, "about/coverage.html", context)


@require_safe
def cite(request: HttpRequest) -> HttpResponse:
    return render(request, "about/cite.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "about/accessibility.html")


@lru_cache(maxsize=1)
def quality() -> dict[str, Any]:
    """`texts`, and for each layer how many are labelled, how many were found, and how many of these are right."""
    data: dict[str, Any] = json.loads(QUALITY.read_text(encoding="utf-8"))
    return data


def years_by_language(numbers: Mapping[tuple[int | None, str], int]) -> list[YearRow]:
    """A row for each year from the first to the last with a document, then one for the undated where there are any."""
    english, chinese = Document.Language.ENGLISH, Document.Language.CHINESE
    years = every_year(year for year, _language in numbers)
    return [YearRow(year, numbers.get((year, english), 0), numbers.get((year, chinese), 0)) for year in years]


def table_row(row: YearRow) -> SafeString:
    """A year with its numbers; each leads to its documents."""
    if row.year is None:
        every = filled(LINK, path_of("undated"), row.total)
        return filled(ROW, _("undated"), row.english, row.chinese, every)
    numbers = ((row.english, Document.Language.ENGLISH.value), (row.chinese, Document.Language.CHINESE.value))
    links = [leading(number, year=row.year, lang=language) for number, language in (*numbers, (row.total, ""))]
    return filled(ROW, row.year, *links)


def leading(number: int, **filters: object) -> SafeString | int:
    return linked(number, address("documents", **filters) if number else "")
