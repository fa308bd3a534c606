"""Search without an index: the database finds the same, and says that it was asked."""

from __future__ import annotations

import shutil

import pytest
from django.conf import settings

from archive.models import Document
from archive.search import Grain, SearchParams, Sort, fallback, index_status, search
from archive.search.conditions import FACETS
from tests.search_fixtures import ask, make_document, numbers
from tests.search_library import documents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
__all__ = ["documents"]


@pytest.mark.parametrize("q", ["masses", '"mass line"', "公安", "mass OR 群众", "mas* -police", "title:title mass", ""])
def test_without_an_index_the_database_finds_the_same(documents: list[Document], q: str) -> None:
    asked = [SearchParams(q=q, grain=grain, page_size=100) for grain in Grain]
    asked.append(SearchParams(q=q, grouped=True, page_size=3, page=2))
    with_index = [search(params) for params in asked]
    shutil.rmtree(settings.INDEX_DIR)
    for params, expected in zip(asked, with_index, strict=True):
        page = search(params)
        assert page.notice
        assert (page.total, page.documents, page.pages) == (expected.total, expected.documents, expected.pages)
        assert len(page.hits) == len(expected.hits)
        if not params.grouped:
            assert sorted(numbers(page)) == sorted(numbers(expected))
        assert set(page.facets) == set(FACETS)
    assert not settings.INDEX_DIR.exists()


@pytest.mark.parametrize(
    "filters",
    [
        {"themes": ("visits",), "year_from": 2009},
        {"sources": ("mps", "joke-site"), "sort": Sort.OLDEST},
        {"languages": ("zh",), "kinds": ("notice",), "year_to": 2010},
        {"q": "theme:visits year:2008..2010"},
        {"q": "source:joke kind:notice OR lang:zh"},
        {"q": "-theme:visits date:2009.."},
        {"q": "title:3 -year:2009", "sort": Sort.TITLE},
        {"actors": ("stations",), "modalities": ("prohibition", "obligation")},
        {"issuers": ("mps",), "places": ("joke-site",)},
        {"q": "actor:stations theme:visits OR modality:recommendation"},
    ],
)
def test_without_an_index_filters_hold(
    documents: list[Document],
    filters: dict[str, object],
) -> None:
    with_index = {grain: ask(grain=grain, **filters) for grain in Grain}
    shutil.rmtree(settings.INDEX_DIR)
    for grain, expected in with_index.items():
        page = search(SearchParams(page_size=100, grain=grain, **filters))  # type: ignore[arg-type]
        assert sorted(numbers(page)) == sorted(numbers(expected))
        assert page.total == expected.total


@pytest.mark.parametrize(
    ("sort", "said"),
    [(Sort.RELEVANCE, "the 2 newest"), (Sort.OLDEST, "the 2 oldest"), (Sort.TITLE, "the first 2 documents")],
)
def test_which_documents_were_looked_through_is_said(monkeypatch: pytest.MonkeyPatch, sort: Sort, said: str) -> None:
    monkeypatch.setattr(fallback, "DOCUMENTS", 2)
    for year in (2001, 2002, 2003):
        make_document("patrol", year=year)
    page = search(SearchParams(q="patrol", sort=sort))
    assert page.total == 2
    assert said in page.notice


def test_status_without_an_index_says_what_to_do() -> None:
    make_document("Text.")
    status = index_status()
    assert (status.readable, status.generation, status.sections) == (False, 0, 0)
    assert (status.published_sections, status.pending) == (1, 1)
    assert status.oldest_pending_seconds is not None
    assert "manage.py reindex" in status.problem
