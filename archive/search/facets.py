"""Facets: for every value, how many results the list has that clicking it leads to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from haystack.query import SearchQuerySet

from archive.models import Actor, Directive, Document, Source, Theme
from archive.models.prepared import Prepared, Row
from archive.models.sources import prefers_chinese
from archive.search.asking import Asking
from archive.search.conditions import FACETS, OF_SECTIONS, chosen
from archive.search.page import FacetValue, SearchParams

Counts = dict[str, int]
_THEMES = Prepared(lambda keys: Theme.objects.filter(key__in=keys).order_by().values_list("key", "name_en", "name_zh"))
_SOURCES = Prepared(
    lambda slugs: Source.objects.filter(slug__in=slugs).order_by().values_list("slug", "name_en", "name_zh")
)
_ACTORS = Prepared(
    lambda slugs: Actor.objects.filter(slug__in=slugs).order_by().values_list("slug", "name_en", "name_zh")
)

SOURCES = ("source", "issuer", "place")
CHOICES = {
    "language": Document.Language.choices,
    "kind": Document.Kind.choices,
    "modality": Directive.Modality.choices,
}


def count(found: SearchQuerySet, names: Iterable[str] = FACETS, **options: Any) -> SearchQuerySet:
    """The same query set, which has not been answered yet, told to count every facet or some."""
    for facet in names:
        found.query.add_field_facet(FACETS[facet], **options)
    return found


def facets(asking: Asking, found: SearchQuerySet) -> dict[str, tuple[FacetValue, ...]]:
    """The facets of a question; `found` is its query, which counts every facet.

    A value that is not selected counts the results there will be when it is added (values of a facet are joined by
    OR); a selected one counts the results that have it. A year takes the place of the years selected.
    """
    counted = {facet: _counts(found, facet) for facet in FACETS}
    if asking.lists_documents:
        parts = _limited(count(asking.found(whole=False), OF_SECTIONS))
        counted |= {facet: _counts(parts, facet) for facet in OF_SECTIONS}
    for facet in FACETS:
        if facet in asking.filters:
            counted[facet] = _beside(asking, facet, counted[facet])
    labels = _labels(counted)
    return {
        facet: _values(facet, counts, labels.get(facet, {}), _selected(facet, asking.params))
        for facet, counts in counted.items()
    }


def _beside(asking: Asking, facet: str, here: Counts) -> Counts:
    """The counts of a facet in which something is selected."""
    if facet == "year":
        return _counted(asking.found(without=facet), facet)
    selected = chosen(asking.params)[facet]
    return _counted(asking.found(without=facet), facet, joined=selected) | {
        value: here.get(value, 0) for value in selected
    }


def counts_by_year(asking: Asking) -> Counts:
    """All there is in each year, whatever the question: what a year's results are measured by."""
    return _counted(asking.everything(), "year")


def _counted(asked: SearchQuerySet, facet: str, joined: tuple[str, ...] = ()) -> Counts:
    """The counts of one facet, without any results."""
    options = {"joined": joined} if joined else {}
    return _counts(_limited(count(asked, [facet], **options)), facet)


def _limited(asked: SearchQuerySet) -> SearchQuerySet:
    """The query without results, for what else it tells; a query that has run stays as it is."""
    if not asked.query.has_run():
        asked.query.set_limits(0, 0)
    return asked


def _counts(found: SearchQuerySet, facet: str) -> Counts:
    fields = found.query.get_facet_counts().get("fields", {})
    return {str(value): count for value, count in fields.get(FACETS[facet], ())}


def _selected(facet: str, params: SearchParams) -> set[str]:
    if facet == "year":
        only = params.year_from is not None and params.year_from == params.year_to
        return {str(params.year_from)} if only else set()
    return set(chosen(params)[facet])


def _values(facet: str, counts: Counts, labels: dict[str, str], selected: set[str]) -> tuple[FacetValue, ...]:
    values = [FacetValue(value, labels.get(value, value), count, value in selected) for value, count in counts.items()]
    if facet == "year":
        return tuple(sorted(values, key=lambda value: value.value))
    return tuple(sorted(values, key=lambda value: (-value.count, value.label)))


def _labels(counted: dict[str, Counts]) -> dict[str, dict[str, str]]:
    """Facet → value → what readers call it. Three queries at most."""
    found = dict(_choices(get_language()))
    sources = {slug for facet in SOURCES for slug in counted[facet]}
    found |= dict.fromkeys(SOURCES, _named(_SOURCES([*sources])))
    found["theme"] = _named(_THEMES([*counted["theme"]]))
    found["actor"] = _named(_ACTORS([*counted["actor"]]))
    return found


@lru_cache(maxsize=8)
def _choices(_: str | None) -> dict[str, dict[str, str]]:
    """What the values that the program knows are called in a language, which must be the active one."""
    return {facet: {value: str(label) for value, label in choices} for facet, choices in CHOICES.items()}


def _named(rows: Iterable[Row]) -> dict[str, str]:
    """By the key or slug; the reader's language is asked for once, which takes longer than to choose."""
    chinese = prefers_chinese()
    return {value: (zh or en) if chinese else (en or zh) for value, en, zh in rows}


def empty() -> dict[str, tuple[FacetValue, ...]]:
    return dict.fromkeys(FACETS, ())
