"""A reader's question → one page of answers. The one way to the index for everything that shows results."""

from __future__ import annotations

import logging

from haystack.backends import SQ
from haystack.exceptions import SearchBackendError
from haystack.query import SearchQuerySet

from archive.search import fallback, rows
from archive.search.conditions import FACETS, about_documents, condition, filters, resolved
from archive.search.facets import facets
from archive.search.matching import marks
from archive.search.page import QueryWarning, SearchPage, SearchParams, Sort
from archive.search.query import parse
from archive.search.tree import Node
from archive.spans import Span

log = logging.getLogger(__name__)

ORDERS = {Sort.RELEVANCE: (), Sort.NEWEST: ("-date",), Sort.OLDEST: ("date",), Sort.TITLE: ("title",)}


def search(params: SearchParams) -> SearchPage:
    """Answer a question; never raises for anything a reader can type.

    A question without words (empty, or only about fields of documents) lists documents: the first section of each, and
    where nothing speaks for relevance, the newest first. A page beyond the last has no hits.
    """
    query = parse(params.q)
    tree, doubts = resolved(query.tree)
    warnings = query.warnings + doubts
    if tree is None and params.q.strip():
        warnings += (QueryWarning("Nothing in the query can be searched for; all documents are listed."),)
    try:
        page = _ask(params, tree)
    except SearchBackendError as error:
        log.error("The search index does not answer (%s); the database is searched instead", error)
        page = fallback.search(params, tree)
    return SearchPage(params, page.total, page.hits, page.facets, warnings, page.notice)


def hits(q: str, text: str) -> tuple[Span, ...]:
    """The places in a text that a query would mark: in order, none overlapping another."""
    return marks(parse(q).tree, text)


def _ask(params: SearchParams, tree: Node | None) -> SearchPage:
    chosen = filters(params)
    asked = [condition(tree)] if tree is not None else []
    documents_only = about_documents(tree)
    if documents_only:
        asked.append(SQ(ordinal=0))
    found = _narrowed([*asked, *chosen.values()]).order_by(*_order(params, documents_only))
    for field in FACETS.values():
        found = found.facet(field)
    start = (max(1, params.page) - 1) * params.page_size
    here = [(int(result.pk), result.score) for result in found[start : start + params.page_size]]
    total = len(found)

    def without(facet: str) -> SearchQuerySet:
        return _narrowed([*asked, *(part for name, part in chosen.items() if name != facet)])

    return SearchPage(params, total, rows.hits(here, tree), facets(found, total, without, chosen, params))


def _narrowed(parts: list[SQ]) -> SearchQuerySet:
    found = SearchQuerySet().all()
    for part in parts:
        found = found.filter(part)
    return found


def _order(params: SearchParams, documents_only: bool) -> tuple[str, ...]:
    if params.sort is Sort.RELEVANCE and documents_only:
        return ("-date",)
    return ORDERS[params.sort]
