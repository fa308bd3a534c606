"""The search page: a question, its answers, and the filters that narrow them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import search as door
from archive.reader import landing, rendering
from archive.reader.addresses import chips, pages, with_value, within, without
from archive.reader.forms import SearchForm
from archive.reader.home import examples
from archive.search.page import FacetValue, Hit, QueryWarning, SearchPage, Sort

PARAMETERS = {"theme": "theme", "source": "source", "language": "lang", "kind": "kind"}


@dataclass(frozen=True, slots=True)
class Result:
    """A hit as the page shows it."""

    hit: Hit
    href: str
    html: SafeString

    @property
    def path(self) -> tuple[str, ...]:
        return self.hit.heading_path


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet with the address that sets or removes it."""

    value: FacetValue
    href: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the query says wrongly, and the query with the place marked."""

    message: str
    html: SafeString | None


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    params = form.params()
    found = door.search(params)
    number = within(form, found.pages)
    if number != params.page:
        found = door.search(replace(params, page=number))
    context = {
        "form": form,
        "params": params,
        "found": found,
        "results": [result(hit, params.q) for hit in found.hits],
        "facets": facets(request, found),
        "problems": [problem(warning, params.q) for warning in found.warnings],
        "pages": pages(number, found.pages),
        "chips": chips(request, form),
        "sorts": [(sort, label, sort == params.sort) for sort, label in sort_labels()],
        "examples": examples(),
        "kept": [(name, value) for name, value in kept(request)],
    }
    return render(request, "search.html", context)


def result(hit: Hit, q: str) -> Result:
    section = hit.section
    document = section.document.get_absolute_url()
    if hit.snippet.hits:
        href = landing.address(document, q, section.start, section.path)
    else:
        href = f"{document}?{urlencode({'q': q})}#{section.anchor}" if q else section.get_absolute_url()
    return Result(hit, href, rendering.snippet(hit.snippet))


def facets(request: HttpRequest, found: SearchPage) -> list[tuple[str, list[Choice]]]:
    """The facets that have a choice to make, in the order of the page."""
    titles = {
        "theme": _("Theme"),
        "source": _("Source"),
        "year": _("Year"),
        "language": _("Language"),
        "kind": _("Kind"),
    }
    shown = ((title, found.facets.get(name, ()), name) for name, title in titles.items())
    return [
        (title, [choice(request, name, value) for value in sorted(values, key=lambda value: not value.selected)])
        for title, values, name in shown
        if values
    ]


def choice(request: HttpRequest, name: str, value: FacetValue) -> Choice:
    if name == "year":
        return Choice(value, year_address(request, "" if value.selected else value.value))
    move = without if value.selected else with_value
    return Choice(value, move(request, PARAMETERS[name], value.value))


def year_address(request: HttpRequest, year: str | int) -> str:
    """The address with both ends of the years set to one year, or to none."""
    narrowed = request.GET.copy()
    for name in ("year", "from", "to"):
        narrowed.pop(name, None)
    if year:
        narrowed["from"] = narrowed["to"] = str(year)
    narrowed.pop("page", None)
    return f"{request.path}?{narrowed.urlencode()}"


def problem(warning: QueryWarning, q: str) -> Problem:
    span = warning.span
    if span is None or not len(span) or span.end > len(q):
        return Problem(warning.message, None)
    return Problem(warning.message, rendering.marked(q, rendering.hit_marks([span])))


def sort_labels() -> list[tuple[Sort, str]]:
    return [
        (Sort.RELEVANCE, _("relevance")),
        (Sort.NEWEST, _("newest first")),
        (Sort.OLDEST, _("oldest first")),
        (Sort.TITLE, _("title")),
    ]


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """The filters that a new question from this page keeps, as hidden fields."""
    return [
        (name, value)
        for name in ("theme", "source", "lang", "kind", "year", "from", "to")
        for value in request.GET.getlist(name)
        if value
    ]
