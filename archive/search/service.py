"""A reader's question → one page of answers. The one way to the index for everything that shows results."""

from __future__ import annotations

import logging
from dataclasses import replace

from haystack.exceptions import SearchBackendError

from archive.search import fallback, rows
from archive.search.asking import asking
from archive.search.conditions import joins_words
from archive.search.facets import count, counts_by_year, facets
from archive.search.facets import empty as no_facets
from archive.search.grouping import results_found
from archive.search.nothing import nothing
from archive.search.page import QueryWarning, SearchPage, SearchParams
from archive.search.tree import Node
from archive.search.understanding import understood

log = logging.getLogger(__name__)


def search(params: SearchParams) -> SearchPage:
    """Answer a question; never raises for anything a reader can type.

    Passages and documents of a question without words (empty, or only about fields of documents) are the first section
    of each document; where nothing speaks for relevance, the newest come first. A page beyond the last has no hits.
    Where nothing of a query can be searched for, nothing is listed.
    """
    query = understood(params.q, params.variants)
    tree, warnings = query.tree, query.warnings
    if tree is None and params.q.strip():
        nothing_left = QueryWarning("Nothing is left in the query to search for, so nothing is listed.")
        why = warnings if query.refused else (*warnings, nothing_left)
        return SearchPage(params, facets=no_facets(), warnings=why, asked=False)
    try:
        page = _ask(params, tree, query.typed)
    except SearchBackendError as error:
        log.error("The search index does not answer (%s); the database is searched instead", error)
        page = fallback.search(params, tree)
    joins = joins_words(query.typed)
    return replace(page, warnings=warnings, searched=query.searched, offered=query.offered, joins_words=joins)


def _ask(params: SearchParams, tree: Node | None, typed: Node | None) -> SearchPage:
    question = asking(params, tree)
    found = count(question.ordered())
    start = (max(1, params.page) - 1) * params.page_size
    here = found[start : start + params.page_size]
    listed, total = len(found), results_found(found)
    return SearchPage(
        params,
        total,
        rows.hits(here, params.grain, tree),
        facets(question, found),
        documents=listed if question.grouping else 0,
        years=counts_by_year(question),
        nothing=nothing(question, typed) if not total else None,
    )
