"""The search page: a question, its answers, and the filters that narrow them."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import search as door
from archive.reader.addresses import chips, pages, varied, within
from archive.reader.doubts import problems
from archive.reader.forms import SearchForm
from archive.reader.home import examples
from archive.reader.kept import corpus
from archive.reader.parameters import FILTERS
from archive.reader.rendering import joined
from archive.reader.search_choices import exact_address, facets, kept_beside_years, wordings, years
from archive.reader.search_nothing import ways_on
from archive.reader.search_results import Results
from archive.search.page import Grain, Sort


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    params = form.params()
    found = door.search(params)
    number = within(form, found.pages)
    if number != params.page:
        found = door.search(replace(params, page=number))
    results, grain_at, sort_at = Results(request, params), varied(request, "in"), varied(request, "sort")
    context = {
        "form": form,
        "params": params,
        "found": found,
        "results": joined(map(results.of, found.hits)),
        "first": (number - 1) * params.page_size + 1,
        "facets": facets(request, found),
        "years": years(request, found),
        "kept_beside_years": kept_beside_years(request),
        "wordings": wordings(request, found),
        "exact_href": exact_address(request, exact=not params.variants.exact),
        "ways": None if found.hits else ways_on(request, found),
        "problems": problems(found.warnings, params.q),
        "pages": pages(number, found.pages),
        "chips": chips(request, form),
        "grains": [(grain_at(grain), label, grain is params.grain) for grain, label in grain_labels()],
        "sorts": [(sort_at(sort), label, sort == params.sort) for sort, label in sort_labels()],
        "examples": examples(corpus()),
        "kept": kept(request),
    }
    return render(request, "search.html", context)


def grain_labels() -> list[tuple[Grain, str]]:
    return [
        (Grain.PASSAGES, _("Passages")),
        (Grain.DIRECTIVES, _("Directives")),
        (Grain.DOCUMENTS, _("Documents")),
    ]


def sort_labels() -> list[tuple[Sort, str]]:
    return [
        (Sort.RELEVANCE, _("relevance")),
        (Sort.NEWEST, _("newest first")),
        (Sort.OLDEST, _("oldest first")),
        (Sort.TITLE, _("title")),
    ]


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """The filters and the order that a new question from this page keeps, as hidden fields."""
    return [(name, value) for name in ("in", "exact", "sort", *FILTERS) for value in request.GET.getlist(name) if value]
