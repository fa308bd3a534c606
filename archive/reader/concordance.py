"""The concordance: every hit of a question in its context, as a page and as a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.interchange.tables import Cell
from archive.reader import landing, queries, yearly
from archive.reader.addresses import changed, chips, listing
from archive.reader.forms import ConcordanceForm
from archive.reader.home import examples
from archive.reader.plots import Year
from archive.reader.rendering import marked
from archive.reader.search import kept, problem
from archive.reader.search_choices import exact_address, wordings, year_address
from archive.reader.series import drawn
from archive.reader.sheets import sheet
from archive.search import concordance as core
from archive.search.concordance import Line, Order
from archive.search.page import SearchPage

COLUMNS = (
    *("document", "title", "issued", "issuer", "found_at", "language", "section"),
    *("before", "hit", "after", "start", "end", "address"),
)
UNDATED = "-year:1000..9999"
ROWS = 50
FILTERS = ("theme", "source", "lang", "kind")


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the page shows it; `href` leads to its hit."""

    line: Line
    href: str
    before: SafeString
    hit: SafeString
    after: SafeString


@require_safe
def concordance_page(request: HttpRequest) -> HttpResponse:
    form = ConcordanceForm(request.GET)
    params, order = form.params(), form.value("sort", Order.DATE)
    found, chosen = core.concordance(params, order), landing.chosen_variants(request.GET)
    page, matching = listing(found.lines, form, ROWS), found.matching
    years = yearly.yearly(found.lines, queries.documents_by_year(queries.documents_of(form))) if found.lines else []
    context = {
        "form": form,
        "params": params,
        "found": found,
        "listing": page,
        "rows": [row(line, params.q, chosen) for line in page.rows],
        "order": order,
        "orders": [(one, label, one == order) for one, label in order_labels()],
        "series": drawn([year_row(request, year, params.q if not matching.warnings else "") for year in years]),
        "problems": [problem(warning, params.q) for warning in matching.warnings],
        "chips": chips(request, form),
        "wordings": wordings(request, SearchPage(params, searched=matching.searched, offered=matching.offered)),
        "exact_href": exact_address(request, exact=not params.variants.exact),
        "examples": examples(),
        "kept": [*kept(request), ("sort", order)],
        "limits": {"page": core.LINES, "file": core.STREAMED},
    }
    return render(request, "concordance.html", context)


@require_safe
def concordance_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same lines as a file, with an address for each. In order of date it goes on where the page stops."""
    form = ConcordanceForm(request.GET)
    lines = written(request, form)
    return sheet(request, "concordance.csv", COLUMNS, lines)


def written(request: HttpRequest, form: ConcordanceForm) -> Iterator[tuple[Cell, ...]]:
    """The cells of each line, and a last row that says so where there are more lines than a file holds."""
    params, order = form.params(), form.value("sort", Order.DATE)
    most = core.STREAMED if order is Order.DATE else core.LINES
    reading = core.Reading(core.matching(params, most), most)
    lines: Iterable[Line] = reading if order is Order.DATE else core.ordered(list(reading), order)
    for line in lines:
        yield cells(request, line, params.q)
    if reading.is_cut:
        yield (_("There are more hits than this file holds: narrow the question by year or source."),)


def cells(request: HttpRequest, line: Line, q: str) -> tuple[Cell, ...]:
    document, context = line.document, line.context
    href = address(line, q, landing.chosen_variants(request.GET))
    length = {"year": 4, "month": 7}.get(document.issued_precision, 10)
    issued = document.issued_on.isoformat()[:length] if document.issued_on else ""
    return (
        *(document.number, document.title, issued, document.issuer, document.found_at, document.language),
        *("" if line.path == "0" else line.path, context.before, context.hit, context.after),
        *(line.span.start, line.span.end, request.build_absolute_uri(href)),
    )


def row(line: Line, q: str, chosen: landing.Asked) -> Row:
    context = line.context
    return Row(line, address(line, q, chosen), marked(context.before), marked(context.hit), marked(context.after))


def address(line: Line, q: str, chosen: landing.Asked) -> str:
    return landing.address(reverse("document", args=[line.document.number]), q, line.span.start, line.path, chosen)


def year_row(request: HttpRequest, year: Year, q: str) -> Year:
    """The year with the addresses of its hits and of its documents under the same filters.

    Undated hits are what no year has; a question with mistakes in it, for which `q` is empty, cannot be asked so.
    """
    if year.year is None:
        return replace(year, hits_href=changed(request, "q", [f"({q}) {UNDATED}"]) if q and year.hits else "")
    filters = request.GET.copy()
    for name in list(filters):
        if name not in FILTERS or not any(filters.getlist(name)):
            del filters[name]
    filters["year"] = str(year.year)
    documents = f"{reverse('documents')}?{filters.urlencode()}" if year.of else ""
    return replace(year, hits_href=year_address(request, year.year) if year.hits else "", of_href=documents)


def order_labels() -> list[tuple[Order, str]]:
    return [
        (Order.DATE, _("date")),
        (Order.LEFT, _("words before")),
        (Order.RIGHT, _("words after")),
        (Order.SOURCE, _("source")),
    ]
