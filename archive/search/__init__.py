"""The one search door: everything that finds, shows or follows hits comes in here.

    search(SearchParams) → SearchPage      a page of hits with facets, warnings and a notice
    inside(q, variants, document, …)       the hits of a question in one document, and what could not be taken of it
    index_status() → IndexStatus           how the index stands to the database
    directives_found(q, most) → keys       the first directives that a query finds, and nothing beside

Its rooms: `query` (text → `tree`), `tokens`, `spacing` and `folding` (what a word is), `expansion` (a tree widened by
the variants that `families` knows), `understanding` (the three in one), `matching` and `snippets` (tree + text → hits),
`conditions` and `asking` (tree → Haystack), `grouping` (results by document), `service` (the page), `facets`, `nothing`
(why there is no result), `concordance` (every hit: `counting` says how many there are where, `lines` are what is
shown), `indexer` (outbox → index), `engine` (Haystack on Whoosh).
Names are loaded when they are first asked for, so that settings and models may import what they need before.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.search.in_document import inside
    from archive.search.indexer import IndexStatus
    from archive.search.indexer import status as index_status
    from archive.search.keys import directives_found
    from archive.search.page import (
        FacetValue,
        Grain,
        Hit,
        QueryWarning,
        SearchPage,
        SearchParams,
        Snippet,
        Sort,
        Variant,
        Variants,
    )
    from archive.search.service import search

__all__ = [
    "FacetValue",
    "Grain",
    "Hit",
    "IndexStatus",
    "QueryWarning",
    "SearchPage",
    "SearchParams",
    "Snippet",
    "Sort",
    "Variant",
    "Variants",
    "directives_found",
    "index_status",
    "inside",
    "search",
]

_HOMES = {
    "IndexStatus": ("indexer", "IndexStatus"),
    "index_status": ("indexer", "status"),
    "directives_found": ("keys", "directives_found"),
    "inside": ("in_document", "inside"),
    "search": ("service", "search"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    module, attribute = _HOMES.get(name, ("page", name))
    return getattr(import_module(f"{__name__}.{module}"), attribute)
