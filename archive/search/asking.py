"""A question as Haystack's query sets: what is asked for, how it is grouped and sorted."""

from __future__ import annotations

from dataclasses import dataclass

from haystack.backends import SQ
from haystack.query import SearchQuerySet

from archive.models import Directive, Section
from archive.search.conditions import condition, filters, lists_documents
from archive.search.grouping import ByDocument
from archive.search.page import Grain, SearchParams, Sort
from archive.search.tree import Node, Words, leaves

ORDERS = {Sort.NEWEST: "-date", Sort.OLDEST: "date", Sort.TITLE: "title"}
SHOWN_OF_DOCUMENT = 3
"""Passages of one document that stand under it."""
FIRST_SECTIONS = SQ(ordinal=0)


@dataclass(frozen=True, slots=True)
class Asking:
    """A reader's question with its tree; `parts` are its conditions, those of facets by the facet's name."""

    params: SearchParams
    tree: Node | None
    asked: tuple[SQ, ...]
    filters: dict[str, SQ]
    lists_documents: bool

    @property
    def grouping(self) -> ByDocument | None:
        if self.params.grain is Grain.DOCUMENTS:
            return ByDocument(whole=True)
        if self.params.grouped and self.params.grain is Grain.PASSAGES:
            return ByDocument(SHOWN_OF_DOCUMENT)
        return None

    def found(self, *, without: str = "", whole: bool = True) -> SearchQuerySet:
        """All results, or those without the filter of one facet.

        Where the first section would stand for each document, all sections do so when it is not to be `whole`.
        """
        parts = [*self.asked, *(part for name, part in self.filters.items() if name != without)]
        if self.lists_documents and whole:
            parts.append(FIRST_SECTIONS)
        return self._asked(parts)

    def unfiltered(self) -> SearchQuerySet:
        first = [FIRST_SECTIONS] if lists_documents(SearchParams(grain=self.params.grain), self.tree) else []
        return self._asked([*self.asked, *first])

    def alone(self, node: Node) -> SearchQuerySet:
        """Results for one part of the query, with the filters."""
        return asking(self.params, node).found()

    def everything(self) -> SearchQuerySet:
        """All that a question could find, as it is counted here."""
        return self._asked([FIRST_SECTIONS] if self.lists_documents else [])

    def ordered(self) -> SearchQuerySet:
        """By the chosen order; where no words speak for relevance, the newest first."""
        found, sort = self.found(), self.params.sort
        if sort is Sort.RELEVANCE and not any(isinstance(leaf, Words) for leaf in leaves(self.tree)):
            sort = Sort.NEWEST
        if sort in ORDERS:
            found.query.add_order_by(ORDERS[sort])
        return found

    def _asked(self, parts: list[SQ]) -> SearchQuerySet:
        """All that has these parts: one query set, told everything at once, as Haystack copies it at each step else."""
        found = SearchQuerySet()
        found.query.add_model(Directive if self.params.grain is Grain.DIRECTIVES else Section)
        for part in parts:
            found.query.add_filter(SQ(part))
        found.query.grouping = self.grouping
        return found


def asking(params: SearchParams, tree: Node | None) -> Asking:
    asked = (condition(tree),) if tree is not None else ()
    return Asking(params, tree, asked, filters(params), lists_documents(params, tree))
