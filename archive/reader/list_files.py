"""Lists as files: the same rows and parameters as their pages, all of them, as CSV, JSON, Atom or citations.

A parameter that cannot be taken as it stands is refused here, where a page would leave it out and say so: a file has no
place for a complaint, and would hold more than was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.interchange import atom, plain_json, records, tables, works
from archive.interchange.citation_formats import CITATIONS
from archive.interchange.tables import Cell
from archive.interchange.works import Work
from archive.reader import feeds, queries
from archive.reader.citing import today
from archive.reader.downloads import TEXT, citation_file, sent
from archive.reader.forms import DirectivesForm, DocumentsForm
from archive.reader.heads import canonical, site
from archive.reader.parameters import ReaderForm
from archive.reader.queries import RegisterOrder
from archive.reader.sheets import sheet

MOST_CITATIONS = 1000
AT_A_TIME = 500
"""Rows that the database hands over together."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that can be taken away: its name, the columns of its table, and how a row becomes each form."""

    name: str
    columns: tuple[str, ...]
    cells: Callable[[Any], tuple[Cell, ...]]
    item: Callable[[Any], dict[str, Any]]
    work: Callable[[Any], Work]
    entry: Callable[[Any], atom.Entry]


def of_documents(request: HttpRequest) -> Listed:
    here, day = site(request), today()
    return Listed(
        "documents",
        tables.DOCUMENTS,
        lambda row: tables.document_cells(records.about(row, here)),
        lambda row: asdict(records.about(row, here)),
        lambda row: works.work(row, here, day),
        lambda row: feeds.document_entry(row, here),
    )


def of_directives(request: HttpRequest) -> Listed:
    here, day = site(request), today()
    return Listed(
        "directives",
        tables.DIRECTIVES,
        lambda row: tables.directive_cells(records.directive(row, here)),
        lambda row: asdict(records.directive(row, here)),
        lambda row: works.directive_work(row, here, day),
        lambda row: feeds.directive_entry(row, here),
    )


@require_safe
def documents_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    form = DocumentsForm(request.GET)
    if form.complaints:
        return refused(form)
    rows = queries.documents_of(form).for_list().newest().prefetch_related("documenttheme_set__theme")
    return list_file(request, ending, of_documents(request), rows)


@require_safe
def directives_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    form = DirectivesForm(request.GET)
    if form.complaints:
        return refused(form)
    found = queries.directives_of(form).for_list()
    order = form.value("sort", RegisterOrder.DOCUMENT)
    rows = found.order_by("-document__published_at", "-pk") if ending == "atom" else queries.in_order(found, order)
    rows = rows.prefetch_related("directivetheme_set__theme", "document__themes")
    return list_file(request, ending, of_directives(request), rows)


def list_file(request: HttpRequest, ending: str, listed: Listed, rows: QuerySet[Any]) -> HttpResponseBase:
    if ending in CITATIONS:
        return citation_file(request, map(listed.work, rows[:MOST_CITATIONS]), ending, f"massline-{listed.name}")
    if ending == "atom":
        return feed_file(request, listed, rows[: feeds.ENTRIES])
    head = {"address": canonical(request), "page": page_of(request, listed.name), "total": rows.count()}
    return table_or_json(request, ending, listed, rows.iterator(chunk_size=AT_A_TIME), head)


def table_or_json(
    request: HttpRequest, ending: str, listed: Listed, rows: Iterable[Any], head: dict[str, Any]
) -> HttpResponseBase:
    if ending == "csv":
        notice: list[tuple[Cell, ...]] = [(head["notice"],)] if head.get("notice") else []
        return sheet(request, f"massline-{listed.name}.csv", listed.columns, chain(map(listed.cells, rows), notice))
    pieces = plain_json.listed(head, map(listed.item, rows))
    return sent(request, pieces, plain_json.MEDIA_TYPE, f"massline-{listed.name}.json")


def feed_file(request: HttpRequest, listed: Listed, rows: Iterable[Any]) -> HttpResponseBase:
    page = page_of(request, listed.name)
    question = ", ".join(value for name in request.GET for value in request.GET.getlist(name) if value)
    title = f"Massline: {question or listed.name}"
    made = atom.Feed(canonical(request), page, title, feeds.FOUNDED, [listed.entry(row) for row in rows])
    return sent(request, [atom.atom(made)], atom.MEDIA_TYPE, f"massline-{listed.name}.atom")


def page_of(request: HttpRequest, name: str) -> str:
    """The page that shows the same list."""
    query = canonical(request).partition("?")[2]
    return site(request) + reverse(name) + (f"?{query}" if query else "")


def refused(form: ReaderForm) -> HttpResponse:
    words = [_("The file was not made, because the address asks for something that is not there:"), *form.complaints]
    return HttpResponse("\n".join([*words, ""]), status=400, content_type=f"{TEXT}; charset=utf-8")


# vocabularies


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A list of names with counts; its JSON has the columns of its table."""

    columns: tuple[str, ...]
    cells: Callable[[Any], tuple[Cell, ...]]
    rows: Callable[[], QuerySet[Any]]


VOCABULARIES = {
    "themes": Vocabulary(tables.THEMES, tables.theme_cells, queries.themes_with_counts),
    "sources": Vocabulary(tables.SOURCES, tables.source_cells, queries.sources_with_counts),
    "actors": Vocabulary(tables.ACTORS, tables.actor_cells, queries.actors_with_counts),
    "formulations": Vocabulary(tables.FORMULATIONS, tables.formulation_cells, queries.formulations_with_counts),
}


@require_safe
def vocabulary_file(request: HttpRequest, name: str, ending: str) -> HttpResponseBase:
    """All names that have something published, with their counts."""
    listed = VOCABULARIES[name]
    rows: Iterator[tuple[Cell, ...]] = map(listed.cells, listed.rows())
    if ending == "csv":
        return sheet(request, f"massline-{name}.csv", listed.columns, rows)
    made = [dict(zip(listed.columns, cells, strict=True)) for cells in rows]
    head = {"address": canonical(request), "page": page_of(request, name), "total": len(made)}
    pieces = plain_json.listed(head, made)
    return sent(request, pieces, plain_json.MEDIA_TYPE, f"massline-{name}.json")
