"""The keys of what a question finds, for pages that show rows of their own: no facets, no snippets, no variants."""

from __future__ import annotations

import logging

from haystack.exceptions import SearchBackendError

from archive.search.asking import asking
from archive.search.conditions import resolved
from archive.search.page import Grain, SearchParams
from archive.search.query import parse

log = logging.getLogger(__name__)


def directives_found(q: str, most: int) -> list[int] | None:
    """The keys of the first directives in order of relevance; None where the index does not answer."""
    tree, _doubts = resolved(parse(q).tree)
    if tree is None:
        return []
    try:
        found = asking(SearchParams(q=q, grain=Grain.DIRECTIVES, page_size=most), tree).ordered()[:most]
        return [int(result.pk) for result in found]
    except SearchBackendError as error:
        log.error("The search index does not answer (%s); nothing similar is looked for", error)
        return None
