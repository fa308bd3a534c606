"""Facets: the count beside a value is the number of results after clicking it, in every grain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db.models import QuerySet
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Document, Theme
from archive.search import FacetValue, Grain, Hit, SearchPage, SearchParams, search
from tests.search_fixtures import ask, make_document
from tests.search_library import FILTERS, GRAINS, QUERIES, SAME_ROWS, documents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
__all__ = ["documents"]


def after_clicking(params: SearchParams, facet: str, value: FacetValue) -> SearchPage:
    if facet == "year":
        return search(replace(params, year_from=int(value.value), year_to=int(value.value)))
    name = {
        "theme": "themes",
        "source": "sources",
        "issuer": "issuers",
        "place": "places",
        "language": "languages",
        "kind": "kinds",
        "actor": "actors",
        "modality": "modalities",
    }[facet]
    return search(replace(params, **{name: (*getattr(params, name), value.value)}))


@SAME_ROWS
@given(q=st.one_of(st.just(""), st.sampled_from(["mass OR 公 OR the", "-the"]), QUERIES), filters=FILTERS, grain=GRAINS)
def test_a_count_is_the_number_of_results_after_clicking(
    documents: list[Document], q: str, filters: dict[str, object], grain: Grain
) -> None:
    params = SearchParams(q=q, grain=grain, **filters)  # type: ignore[arg-type]
    for facet, values in search(params).facets.items():
        for value in values:
            if not value.selected:
                assert after_clicking(params, facet, value).total == value.count, (facet, value)


@SAME_ROWS
@given(q=st.one_of(st.just(""), QUERIES), filters=FILTERS, grain=GRAINS)
def test_the_count_of_a_selected_value_is_how_many_results_have_it(
    documents: list[Document], q: str, filters: dict[str, object], grain: Grain
) -> None:
    params = SearchParams(q=q, grain=grain, page_size=100, **filters)  # type: ignore[arg-type]
    page = search(params)
    for value in page.facets["theme"]:
        having = [hit for hit in page.hits if value.value in {theme.key for theme in themes_of(hit)}]
        assert value.count == len(having) or not value.selected
    for value in page.facets["actor"] if grain is Grain.DIRECTIVES else ():
        having = [hit for hit in page.hits if hit.directive and hit.directive.actor]
        told = [hit for hit in having if hit.directive.actor.slug == value.value]  # type: ignore[union-attr]
        assert value.count == len(told) or not value.selected


def themes_of(hit: Hit) -> QuerySet[Theme]:
    return (hit.directive or hit.document).themes.all()


@SAME_ROWS
@given(q=st.sampled_from(["", "mass", "公 OR line"]), filters=FILTERS, grain=GRAINS)
def test_years_are_measured_by_all_there_is(
    documents: list[Document], q: str, filters: dict[str, object], grain: Grain
) -> None:
    page = search(SearchParams(q=q, grain=grain, **filters))  # type: ignore[arg-type]
    assert all(value.count <= page.years[value.value] for value in page.facets["year"])
    if grain is Grain.DOCUMENTS:
        dated = Document.objects.published().exclude(issued_on=None)
        assert sum(page.years.values()) == dated.count()


def test_facets_have_labels_in_the_readers_language(documents: list[Document]) -> None:
    labels = {value.value: value.label for value in search(SearchParams()).facets["language"]}
    assert labels == {"en": "English", "zh": "Chinese"}
    with translation.override("zh-hans"):
        labels = {value.value: value.label for value in search(SearchParams()).facets["theme"]}
    assert labels["visits"] == Theme.objects.get(key="visits").name_zh


def test_slugs_are_counted_as_they_are() -> None:
    """R7, R8: values come back whole, not stemmed and not cut at commas or hyphens."""
    make_document("Text.", issuer="ministry-of-public-security-beijing", themes=["mass-work-capacity"])
    page = ask()
    assert [value.value for value in page.facets["source"]] == ["ministry-of-public-security-beijing"]
    assert [value.value for value in page.facets["theme"]] == ["mass-work-capacity"]
    assert ask(sources=("ministry",)).total == 0
