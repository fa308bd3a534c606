"""The pages about the archive: what it is, how texts are read, what it holds, how to cite it, who can use it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.models import Document
from archive.reader.kept import corpus
from archive.reader.lists import holdings, largest_sources

QUALITY = Path(__file__).with_name("reading_quality.json")
"""How well labelled documents are read; a test holds it against the measurement."""
SOURCES = 15
LAYERS = {
    "sections": _("sections"),
    "directives": _("directives"),
    "formulations": _("formulations"),
    "themes": _("themes of documents"),
    "modality": _("modality of a directive"),
    "actor": _("who is told, in the words of the text"),
    "theme": _("themes of a directive"),
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
    years, state = years_by_language(), corpus()
    kinds = Document.objects.published().order_by().values("kind").annotate(number=Count("pk")).order_by("-number")
    context = {
        "holdings": holdings(state),
        "years": years,
        "empty_years": [row.year for row in years if not row.total],
        "kinds": [(row["kind"], Document.Kind(row["kind"]).label, row["number"]) for row in kinds],
        "sources": largest_sources(state, SOURCES),
        "gaps": gaps(),
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


def years_by_language() -> list[YearRow]:
    """A row for each year from the first to the last with a document, then one for the undated where there are any."""
    published = Document.objects.published().order_by().annotate(year=ExtractYear("issued_on"))
    counts: Counter[tuple[int | None, str]] = Counter()
    for year, language, number in published.values_list("year", "language").annotate(number=Count("pk")):
        counts[year, language] = number
    known = [year for year, _language in counts if year is not None]
    years: list[int | None] = list(range(min(known), max(known) + 1)) if known else []
    if any(year is None for year, _language in counts):
        years.append(None)
    english, chinese = Document.Language.ENGLISH, Document.Language.CHINESE
    return [YearRow(year, counts[year, english], counts[year, chinese]) for year in years]


def gaps() -> dict[str, int]:
    """How many published documents lack what a reader would want to know of them."""
    return Document.objects.published().aggregate(
        undated=Count("pk", filter=Q(issued_on=None)),
        without_issuer=Count("pk", filter=Q(issuer=None)),
        without_place=Count("pk", filter=Q(found_at=None)),
        without_title=Count("pk", filter=Q(title_in_text=False)),
        without_number=Count("pk", filter=Q(number="")),
        by_machine=Count("pk", filter=Q(translation=Document.Translation.MACHINE)),
        wording_not_known=Count("pk", filter=Q(translation="")),
    )
