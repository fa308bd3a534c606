"""The results of a search as files: all of them, page after page, in the order of the question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from itertools import islice
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive import search as door
from archive.interchange import records, tables, works
from archive.interchange.citation_formats import CITATIONS
from archive.models import Document
from archive.reader import feeds
from archive.reader.citing import today
from archive.reader.downloads import citation_file
from archive.reader.forms import SearchForm
from archive.reader.heads import canonical, site
from archive.reader.list_files import (
    MOST_CITATIONS,
    Listed,
    feed_file,
    of_directives,
    of_documents,
    page_of,
    refused,
    table_or_json,
)
from archive.search.page import Grain, Hit, SearchPage, SearchParams, Sort

AT_A_TIME = 250
"""Results that are asked for together."""
LOOKED_THROUGH = 300
"""Results, the latest by their own dates, among which a feed finds those that came into the archive last."""


@require_safe
def search_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Passages, directives or documents, as the page has them, but every passage by itself."""
    form = SearchForm(request.GET)
    if form.complaints:
        return refused(form)
    params = replace(form.params(), grouped=False, page=1, page_size=AT_A_TIME)
    listed = listed_as(request, params.grain)
    first = door.search(params)
    if not first.asked:
        form.left_out += [warning.said(gettext) for warning in first.warnings]
        return refused(form)
    if ending == "atom":
        return feed_file(request, listed, newest(params))
    hits = all_hits(first)
    if ending in CITATIONS:
        return citation_file(request, map(listed.work, islice(hits, MOST_CITATIONS)), ending, "massline-search")
    head = {"address": canonical(request), "page": page_of(request, "search"), **about(first)}
    return table_or_json(request, ending, listed, hits, head)


def listed_as(request: HttpRequest, grain: Grain) -> Listed:
    """How hits of a grain are written; those of directives and documents as in the lists of these."""
    if grain is Grain.PASSAGES:
        return of_passages(request)
    if grain is Grain.DIRECTIVES:
        return of_hits(of_directives(request), "directive")
    return of_hits(of_documents(request), "document")


def of_hits(listed: Listed, part: str) -> Listed:
    """The same list, made from the hits that lead to its rows."""
    return replace(
        listed,
        name="search",
        cells=lambda hit: listed.cells(getattr(hit, part)),
        item=lambda hit: listed.item(getattr(hit, part)),
        work=lambda hit: listed.work(getattr(hit, part)),
        entry=lambda hit: listed.entry(getattr(hit, part)),
    )


def of_passages(request: HttpRequest) -> Listed:
    here, day = site(request), today()
    return Listed(
        "search",
        tables.PASSAGES,
        lambda hit: tables.passage_cells(passage(hit, here)),
        lambda hit: asdict(passage(hit, here)),
        lambda hit: works.section_work(hit.document, hit.section, here, day),
        lambda hit: feeds.passage_entry(hit, here),
    )


def passage(hit: Hit, here: str) -> records.PassageRecord:
    return records.passage(hit.document, hit.section, hit.heading_path, hit.snippet.text, here)


def all_hits(first: SearchPage) -> Iterator[Hit]:
    """The hits of the first page and of all that follow, with what their records need."""
    page = first
    while True:
        yield from loaded(page.hits)
        if page.params.page >= page.pages:
            return
        page = door.search(replace(page.params, page=page.params.page + 1))


def loaded(hits: Iterable[Hit]) -> list[Hit]:
    """The hits with all that records tell of their documents: a page of results shows less, and reads less."""
    hits = list(hits)
    given = "documenttheme_set__theme"
    shown = Document.objects.select_related("issuer", "found_at").prefetch_related(given).defer("text")
    documents = shown.in_bulk({hit.document.pk for hit in hits})
    for hit in hits:
        document = documents.get(hit.document.pk, hit.document)
        if hit.section:
            hit.section.document = document
        if hit.directive:
            hit.directive.document = document
    prefetch_related_objects([hit.directive for hit in hits if hit.directive], "directivetheme_set__theme")
    return hits


def newest(params: SearchParams) -> list[Hit]:
    """The hits whose documents were published here last."""
    found = loaded(door.search(replace(params, sort=Sort.NEWEST, page_size=LOOKED_THROUGH)).hits)
    return sorted(found, key=lambda hit: hit.document.published_at or feeds.FOUNDED, reverse=True)[: feeds.ENTRIES]


def about(found: SearchPage) -> dict[str, Any]:
    """What the page would say above its results."""
    warnings = [warning.message for warning in found.warnings]
    return {"q": found.params.q, "total": found.total, "warnings": warnings, "notice": found.notice}
