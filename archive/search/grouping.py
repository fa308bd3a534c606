"""Results by document: a query option that Haystack has no words for, said once for every engine.

An engine's query has an attribute `grouping`; where it is set, results are documents. Each is a SearchResult of its
best row, with two attributes more: `size`, the number of its rows, and `beside`, primary key and score of each of the
next best. The number of all rows is then among the facet counts, as a query facet named ROWS.
"""

from __future__ import annotations

from dataclasses import dataclass

from haystack.query import SearchQuerySet

ROWS = "rows"
FADING = 0.5
"""What each further row adds to the score of a whole document, beside the one before it."""


@dataclass(frozen=True, slots=True)
class ByDocument:
    """One result for each document, with at most `keep` rows named.

    Where the document is meant as a `whole`, facets count documents, not rows, and further rows speak for it too: half
    of the second best score is added, a quarter of the third …; else its best row decides where it stands.
    """

    keep: int = 1
    whole: bool = False


def results_found(found: SearchQuerySet) -> int:
    """How many results a query has, as its page counts them: where passages stand under documents, the passages."""
    grouping = found.query.grouping
    return int(found.facet_counts()["queries"][ROWS]) if grouping and not grouping.whole else len(found)
