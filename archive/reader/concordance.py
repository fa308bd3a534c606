"""The concordance: every hit of a question in its context, as a page and as a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.interchange.tables import Cell
from archive.interchange.works import as_known
from archive.reader import landing, yearly
from archive.reader.addresses import chips, listing
from archive.reader.doubts import problems
from archive.reader.forms import ConcordanceForm
from archive.reader.home import examples
from archive.reader.kept import corpus, remembered
from archive.reader.kwic import address, table_rows
from archive.reader.search import kept
from archive.reader.search_choices import exact_address, wordings
from archive.reader.sheets import sheet
from archive.search import concordance as core
from archive.search.concordance import Order
from archive.search.lines import Line
from archive.search.page import SearchPage

COLUMNS = (
    *("document", "title", "issued", "issuer", "found_at", "language", "section"),
    *("before", "hit", "after", "start", "end", "address"),
)
ROWS = 50


@require_safe
def concordance_page(request: HttpRequest) -> HttpResponse:
    form = ConcordanceForm(request.GET)
    params, order = form.params(), form.value("sort", Order.DATE)
    state = corpus()
    found = core.concordance(params, order, keeping(state))
    page, question = listing(found.order, form, ROWS), found.question
    lines = table_rows(found.lines(page.rows), params.q, landing.chosen_variants(request.GET))
    context = {
        "form": form,
        "params": params,
        "found": found,
        "listing": page,
        "lines": lines,
        "order": order,
        "orders": [(one, label, one == order) for one, label in order_labels()],
        "series": yearly.series(request, form, found, state),
        "problems": problems(question.warnings, params.q),
        "chips": chips(request, form),
        "wordings": wordings(request, SearchPage(params, searched=question.searched, offered=question.offered)),
        "exact_href": exact_address(request, exact=not params.variants.exact),
        "examples": examples(state),
        "kept": kept(request),
        "total": found.counted.total,
    }
    return render(request, "concordance.html", context)


def keeping(state: str) -> core.Keep:
    """Keeps the numbers of lines for a state of the corpus."""
    return partial(remembered, "concordances", state)


@require_safe
def concordance_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same lines as a file, with an address for each. In order of date it goes on where the page stops."""
    form = ConcordanceForm(request.GET)
    lines = written(request, form)
    return sheet(request, "concordance.csv", COLUMNS, lines)


def written(request: HttpRequest, form: ConcordanceForm) -> Iterator[tuple[Cell, ...]]:
    """The cells of each line, and a last row that says so where there are more lines than a file holds."""
    params, order = form.params(), form.value("sort", Order.DATE)
    chosen = landing.chosen_variants(request.GET)
    if order is Order.DATE:
        reading = core.streamed(core.question(params))
        yield from (cells(request, line, params.q, chosen) for _place, _issue, lines in reading for line in lines)
        is_cut = reading.is_cut
    else:
        found = core.concordance(params, order, keeping(corpus()))
        for start in range(0, min(len(found.order), core.STREAMED), core.LINES):
            lines = found.lines(found.order[start : start + core.LINES])
            yield from (cells(request, line, params.q, chosen) for line in lines)
        is_cut = found.hits.is_cut or found.hits.total > core.STREAMED
    if is_cut:
        yield (_("There are more hits than this file holds: narrow the question by year or source."),)


def cells(request: HttpRequest, line: Line, q: str, chosen: landing.Asked) -> tuple[Cell, ...]:
    document, context = line.document, line.context
    href = address(line, q, chosen)
    issued = as_known(document.issued_on, document.issued_precision) if document.issued_on else ""
    return (
        *(document.number, document.title, issued, document.issuer, document.found_at, document.language),
        *("" if line.path == "0" else line.path, context.before, context.hit, context.after),
        *(line.span.start, line.span.end, request.build_absolute_uri(href)),
    )


def order_labels() -> list[tuple[Order, str]]:
    return [
        (Order.DATE, _("newest first")),
        (Order.OLDEST, _("oldest first")),
        (Order.LEFT, _("words before")),
        (Order.RIGHT, _("words after")),
        (Order.SOURCE, _("source")),
    ]
