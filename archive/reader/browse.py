"""The lists of vocabularies: themes, sources, actors and formulations."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from archive.models import Actor, Formulation, Source
from archive.models.sources import prefers_chinese
from archive.reader import counts
from archive.reader.addresses import changed, listing
from archive.reader.bylines import CHINESE_TEXT, ENGLISH_TEXT, LINK, made_link
from archive.reader.drawing import linked
from archive.reader.forms import VocabularyForm, VocabularyOrder
from archive.reader.kept import corpus, kept
from archive.reader.lists import initial, letters, themes_counted
from archive.reader.matrices import address
from archive.reader.paths import path_to
from archive.reader.rendering import filled, joined

ROWS = 100
SOURCE = '<tr><th scope="row">%s%s</th><td>%s</td><td class="number">%s</td><td class="number">%s</td></tr>\n'
ACTOR = '<tr><th scope="row">%s</th><td class="number">%s</td></tr>\n'
FORMULATION = (
    '<tr><th scope="row">%s</th><td lang="%s">%s</td><td class="number">%s</td><td class="number">%s</td></tr>\n'
)
FAINT = ' <span class="faint">%s</span>'
NAME = '<span lang="%s">%s</span>'
OTHER_NAME = ' <span class="other-name" lang="%s">%s</span>'
NAMES: dict[type[Model], tuple[str, str]] = {
    Source: ("name_en", "name_zh"),
    Actor: ("name_en", "name_zh"),
    Formulation: ("text_en", "text_zh"),
}
"""The fields of a row's names, English and Chinese."""
SHOWN: dict[type[Model], tuple[str, ...]] = {
    Source: ("slug", "kind", "place"),
    Actor: ("slug",),
    Formulation: ("slug",),
}
"""The other fields that a row of the table shows."""


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    return render(request, "themes.html", {"themes": themes_counted(corpus())})


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    found = kept(corpus(), counts.documents_by_source)
    return vocabulary(request, "sources.html", Source, found, lambda of: of.documents, source_row)


@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    return vocabulary(request, "actors.html", Actor, kept(corpus(), counts.directives_by_actor), int, actor_row)


@require_safe
def formulations(request: HttpRequest) -> HttpResponse:
    found = kept(corpus(), counts.places_by_formulation)
    return vocabulary(
        request, "formulations.html", Formulation, found, lambda of: (of.documents, of.number), formulation_row
    )


def vocabulary(
    request: HttpRequest,
    template: str,
    model: type[Model],
    found: Mapping[int, Any],
    weight: Callable[[Any], Any],
    write: Callable[[Any, Any], SafeString],
) -> HttpResponse:
    """A page of the rows that are counted, the weightiest first or by name, those with one first letter or all.

    `write` makes a row of the page's table from a row and what is counted of it.
    """
    form = VocabularyForm(request.GET)
    names = names_of(model, found)
    order, letter = form.value("sort", VocabularyOrder.COUNT), form.value("letter", "")
    keys = [key for key, name in names.items() if not letter or initial(name) == letter]
    keys.sort(key=lambda key: (names[key].casefold(), key))
    if order == VocabularyOrder.COUNT:
        keys.sort(key=lambda key: weight(found[key]), reverse=True)
    page = listing(keys, form, ROWS)
    shown = model._default_manager.only(*NAMES[model], *SHOWN[model]).in_bulk(page.rows)
    context = {
        "form": form,
        "listing": page,
        "entries": joined(write(shown[key], found[key]) for key in page.rows),
        "orders": [(one.value, one.label, one == order) for one in VocabularyOrder],
        "letters": letters(names.values(), letter, lambda one: changed(request, "letter", [one])),
    }
    return render(request, template, context)


def names_of(model: type[Model], keys: Container[int]) -> dict[int, str]:
    """Key → name in the reader's language, else in the other one; the language is asked for once."""
    wanted, other = reversed(NAMES[model]) if prefers_chinese() else NAMES[model]
    rows = model._default_manager.values_list("pk", wanted, other)
    return {key: name or instead for key, name, instead in rows if key in keys}


def source_row(source: Source, of: counts.OfSource) -> SafeString:
    """With the documents that it issued, and those that were found there."""
    link = made_link(source.name, path_to("source", source.slug), source.name_zh).html_in
    place = filled(FAINT, source.place) if source.place else ""
    numbers = (("issuer", of.issued), ("found-at", of.hosted))
    links = (linked(n, address("documents", **{role: source.slug}) if n else "") for role, n in numbers)
    return filled(SOURCE, link, place, source.get_kind_display(), *links)


def actor_row(actor: Actor, directives: int) -> SafeString:
    told = linked(directives, address("directives", actor=actor.slug))
    return filled(ACTOR, filled(LINK, path_to("actor", actor.slug), both_names(actor)), told)


def both_names(actor: Actor) -> SafeString:
    """The name in the reader's language, then the other one."""
    chinese, english = (actor.name_zh, CHINESE_TEXT), (actor.name_en, ENGLISH_TEXT)
    first, second = (chinese, english) if actor.name == actor.name_zh else (english, chinese)
    other = filled(OTHER_NAME, second[1], second[0]) if second[0] else ""
    return joined([filled(NAME, first[1], first[0]), other])


def formulation_row(formulation: Formulation, of: counts.InDocuments) -> SafeString:
    """In the reader's language, then in the other one."""
    link = made_link(formulation.name, path_to("formulation", formulation.slug), formulation.name_zh).html_in
    other = (CHINESE_TEXT, formulation.name_zh)
    if prefers_chinese():
        other = (ENGLISH_TEXT, formulation.name_en if formulation.name_zh else "")
    return filled(FORMULATION, link, *other, of.documents, of.number)
