"""Hits per year beside what the archive holds of that year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from django.http import HttpRequest
from django.urls import reverse

from archive.reader import queries
from archive.reader.addresses import changed
from archive.reader.forms import ConcordanceForm
from archive.reader.kept import remembered
from archive.reader.plots import Year, every_year
from archive.reader.search_choices import year_addresses
from archive.reader.series import Series, drawn
from archive.search.concordance import Concordance
from archive.search.counting import Hits

UNDATED = "-year:1000..9999"
FILTERS = ("theme", "source", "lang", "kind")


def series(request: HttpRequest, form: ConcordanceForm, found: Concordance, state: str) -> Series:
    """The years with the addresses of their hits, and of their documents under the same filters; none without a hit."""
    if not found.order:
        return drawn([])
    name = f"documents by year {form.asked!r}"
    documents = remembered("numbers", state, name, lambda: queries.documents_by_year(queries.documents_of(form)))
    hits_at, documents_at = year_addresses(request), documents_addresses(request)
    undated = "" if found.question.warnings else undated_address(request, form.params().q)
    return drawn(
        [
            replace(
                row,
                hits_href=(hits_at(str(row.year)) if row.year else undated) if row.hits or row.is_open else "",
                of_href=documents_at(str(row.year)) if row.year and row.of else "",
            )
            for row in yearly(found.counted, documents)
        ]
    )


def yearly(hits: Hits, documents: Mapping[int | None, int]) -> list[Year]:
    """A row for every year from the first to the last of `documents`, and one for the undated where there are any.

    Hits that are cut are those of the newest documents: the year of the last one and those after it are open.
    """
    numbers: Counter[int | None] = Counter()
    for year, number in zip(hits.years, hits.numbers, strict=True):
        numbers[year or None] += number
    having = Counter(year or None for year, _ in set(zip(hits.years, hits.documents, strict=True)))
    cut = hits.years[-1] if hits.is_cut else None
    return [
        Year(year, numbers[year], having[year], documents.get(year, 0), is_open=cut is not None and (year or 0) <= cut)
        for year in every_year({*documents, *numbers})
    ]


def undated_address(request: HttpRequest, q: str) -> str:
    """Undated hits are what no year has; a question with mistakes in it cannot be asked so."""
    return changed(request, "q", [f"({q}) {UNDATED}"])


def documents_addresses(request: HttpRequest) -> Callable[[str], str]:
    """Makes the addresses of the documents of a year under the filters of a request."""
    filters = request.GET.copy()
    for name in list(filters):
        if name not in FILTERS or not any(filters.getlist(name)):
            del filters[name]
    start = f"{reverse('documents')}?{filters.urlencode()}{'&' if filters else ''}year="
    return lambda year: start + year
