"""Facets: for every value, how many results the list has that clicking it leads to."""

from __future__ import annotations

from collections.abc import Callable

from haystack.backends import SQ
from haystack.query import SearchQuerySet

from archive.models import Document, Source, Theme
from archive.search.conditions import FACETS
from archive.search.page import FacetValue, SearchParams

Counts = dict[str, int]


def facets(
    found: SearchQuerySet,
    total: int,
    without: Callable[[str], SearchQuerySet],
    chosen: dict[str, SQ],
    params: SearchParams,
) -> dict[str, tuple[FacetValue, ...]]:
    """The facets of a question: `found` has all filters, `without(facet)` all but that facet's own.

    A value that is not selected counts the results there will be when it is added (values of a facet are joined by
    OR); a selected one counts the results that have it. A year takes the place of the years selected.
    """
    here = {facet: _counts(found, facet) for facet in FACETS}
    made = {}
    for facet in FACETS:
        selected = _selected(facet, params)
        counts = here[facet]
        if facet == "year" and facet in chosen:
            counts = _counted(without(facet), facet)
        elif facet in chosen:
            beside = _counted(without(facet).filter(~chosen[facet]), facet)
            counts = {value: counts.get(value, 0) for value in selected} | {
                value: total + beside.get(value, 0) for value in {*counts, *beside} - selected
            }
        made[facet] = _values(facet, counts, selected)
    return made


def _counted(asked: SearchQuerySet, facet: str) -> Counts:
    """The counts of one facet, without any results."""
    asked = asked.facet(FACETS[facet])
    asked.query.set_limits(0, 0)
    return _counts(asked, facet)


def _counts(found: SearchQuerySet, facet: str) -> Counts:
    fields = found.facet_counts().get("fields", {})
    return {str(value): count for value, count in fields.get(FACETS[facet], ())}


def _selected(facet: str, params: SearchParams) -> set[str]:
    if facet == "year":
        only = params.year_from is not None and params.year_from == params.year_to
        return {str(params.year_from)} if only else set()
    chosen = {"theme": params.themes, "source": params.sources, "language": params.languages, "kind": params.kinds}
    return set(chosen[facet])


def _values(facet: str, counts: Counts, selected: set[str]) -> tuple[FacetValue, ...]:
    labels = _labels(facet, counts)
    values = [FacetValue(value, labels.get(value, value), count, value in selected) for value, count in counts.items()]
    if facet == "year":
        return tuple(sorted(values, key=lambda value: value.value))
    return tuple(sorted(values, key=lambda value: (-value.count, value.label)))


def _labels(facet: str, counts: Counts) -> dict[str, str]:
    if not counts:
        return {}
    if facet == "theme":
        return {theme.key: theme.name for theme in Theme.objects.filter(key__in=counts)}
    if facet == "source":
        return {source.slug: source.name for source in Source.objects.filter(slug__in=counts)}
    choices = {"language": Document.Language.choices, "kind": Document.Kind.choices}
    return {value: str(label) for value, label in choices.get(facet, [])}


def empty() -> dict[str, tuple[FacetValue, ...]]:
    return dict.fromkeys(FACETS, ())
