"""The lists of vocabularies: themes, sources, actors and formulations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.models import Actor, Formulation, Source
from archive.models.sources import in_language
from archive.reader import counts
from archive.reader.addresses import changed, listing
from archive.reader.forms import VocabularyForm, VocabularyOrder
from archive.reader.kept import corpus, kept
from archive.reader.lists import Entry, initial, letters, themes_counted

ROWS = 100
NAMES: dict[type[Model], tuple[str, str]] = {
    Source: ("name_en", "name_zh"),
    Actor: ("name_en", "name_zh"),
    Formulation: ("text_en", "text_zh"),
}
"""The fields of a row's names, English and Chinese."""


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    return render(request, "themes.html", {"themes": themes_counted(corpus())})


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    found = kept(corpus(), counts.documents_by_source)
    return vocabulary(request, "sources.html", Source, found, lambda of: of.documents)


@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    return vocabulary(request, "actors.html", Actor, kept(corpus(), counts.directives_by_actor), int)


@require_safe
def formulations(request: HttpRequest) -> HttpResponse:
    found = kept(corpus(), counts.places_by_formulation)
    return vocabulary(request, "formulations.html", Formulation, found, lambda of: (of.documents, of.number))


def vocabulary(
    request: HttpRequest, template: str, model: type[Model], found: Mapping[int, Any], weight: Callable[[Any], Any]
) -> HttpResponse:
    """A page of the rows that are counted, the weightiest first or by name, those with one first letter or all."""
    form = VocabularyForm(request.GET)
    rows = model._default_manager.values_list("pk", *NAMES[model])
    names = {key: in_language(english, chinese) for key, english, chinese in rows if key in found}
    order, letter = form.value("sort", VocabularyOrder.COUNT), form.value("letter", "")
    keys = [key for key, name in names.items() if not letter or initial(name) == letter]
    keys.sort(key=lambda key: (names[key].casefold(), key))
    if order == VocabularyOrder.COUNT:
        keys.sort(key=lambda key: weight(found[key]), reverse=True)
    page = listing(keys, form, ROWS)
    shown = model._default_manager.in_bulk(page.rows)
    context = {
        "form": form,
        "listing": page,
        "entries": [Entry(shown[key], found[key]) for key in page.rows],
        "orders": [(one.value, one.label, one == order) for one in VocabularyOrder],
        "letters": letters(names.values(), letter, lambda one: changed(request, "letter", [one])),
    }
    return render(request, template, context)
