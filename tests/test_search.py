"""The service: paging, facets, and the answer when there is no index."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from archive.models import Document, Section
from archive.search import FacetValue, SearchPage, SearchParams, Sort, hits, index_status, indexer, search
from archive.search.matching import satisfies
from archive.search.query import parse
from tests.search_fixtures import ask, found, index_folder, make_document, withdraw  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]

WORDS = ["mass", "line", "masses", "police", "the", "公安", "群众", "路线", "visit"]
SAME_ROWS = examples(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def documents(db: None) -> list[Document]:
    """Thirteen documents in which the words are spread unevenly."""
    made = []
    for number in range(13):
        texts = [
            f"{' '.join(WORDS[(number * 3 + part * 5 + i) % 9] for i in range(number % 4 + 1))}.\n"
            for part in range(number % 3 + 1)
        ]
        made.append(
            make_document(
                *texts,
                title=f"Title {number % 5}",
                year=2008 + number % 4 if number % 5 else None,
                themes=[["visits"], ["service"], ["visits", "service"], []][number % 4],
                kind=["notice", "essay", "plan"][number % 3],
                language="zh" if number % 6 == 0 else "en",
                issuer=["mps", "bureau", ""][number % 3],
                found_at=["joke-site", ""][number % 2],
            )
        )
    indexer.catch_up()
    return made


def leafs() -> st.SearchStrategy[str]:
    words = st.sampled_from(WORDS)
    return st.one_of(
        words,
        st.lists(words, min_size=1, max_size=3).map(lambda some: f'"{" ".join(some)}"'),
        words.map(lambda word: f"{word[:2]}*"),
        st.tuples(words, words, st.integers(0, 3)).map(lambda some: f'"{some[0]} {some[1]}"~{some[2]}'),
        st.sampled_from(["title:title", "title:3"]),
    )


QUERIES = st.recursive(
    leafs(),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        inner.map(lambda one: f"(NOT {one})"),
    ),
    max_leaves=6,
)
FILTERS = st.fixed_dictionaries(
    {
        "themes": st.sampled_from([(), ("visits",), ("visits", "service"), ("petitions",)]),
        "sources": st.sampled_from([(), ("mps",), ("joke-site", "bureau")]),
        "languages": st.sampled_from([(), ("zh",)]),
        "kinds": st.sampled_from([(), ("essay",), ("essay", "plan")]),
        "year_from": st.sampled_from([None, 2009]),
        "year_to": st.sampled_from([None, 2009, 2010]),
    }
)


@SAME_ROWS
@given(q=QUERIES)
def test_the_index_finds_what_the_texts_say(documents: list[Document], q: str) -> None:
    """The compiled query against the tree applied to every text: the same sections, whatever the query."""
    tree = parse(q).tree
    page = ask(q)
    titles_only = {hit.section.ordinal for hit in page.hits} == {0} and "title" in q
    rows = Section.objects.published().select_related("document")
    expected = [
        (row.document_id, row.ordinal)
        for row in rows
        if satisfies(tree, row.own_text, row.document.title, lambda field: False)
    ]
    if titles_only or not any(word in q.replace("title:", "") for word in [*WORDS, *(w[:2] for w in WORDS)]):
        expected = [(document, ordinal) for document, ordinal in expected if ordinal == 0]
    assert sorted(found(page)) == sorted(expected)


@SAME_ROWS
@given(size=st.integers(1, 30), sort=st.sampled_from(list(Sort)), q=st.sampled_from(["the OR mass OR 公", "", "-line"]))
def test_no_hit_is_lost_or_repeated_whatever_the_page_size(
    documents: list[Document], size: int, sort: Sort, q: str
) -> None:
    whole = ask(q, sort=sort)
    params = SearchParams(q=q, sort=sort, page_size=size)
    pages = [search(replace(params, page=number)) for number in range(1, -(-whole.total // size) + 1)]
    assert [place for page in pages for place in found(page)] == found(whole)
    assert whole.total == len(whole.hits) > 3
    assert pages[0].pages == len(pages)
    assert search(replace(params, page=len(pages) + 1)).hits == ()


def after_clicking(params: SearchParams, facet: str, value: FacetValue) -> SearchPage:
    if facet == "year":
        return search(replace(params, year_from=int(value.value), year_to=int(value.value)))
    name = {"theme": "themes", "source": "sources", "language": "languages", "kind": "kinds"}[facet]
    return search(replace(params, **{name: (*getattr(params, name), value.value)}))


@SAME_ROWS
@given(q=st.one_of(st.just(""), QUERIES), filters=FILTERS)
def test_a_count_is_the_number_of_results_after_clicking(
    documents: list[Document], q: str, filters: dict[str, object]
) -> None:
    params = SearchParams(q=q, **filters)  # type: ignore[arg-type]
    for facet, values in search(params).facets.items():
        for value in values:
            if not value.selected:
                assert after_clicking(params, facet, value).total == value.count, (facet, value)


@SAME_ROWS
@given(q=st.one_of(st.just(""), QUERIES), filters=FILTERS)
def test_the_count_of_a_selected_value_is_how_many_results_have_it(
    documents: list[Document], q: str, filters: dict[str, object]
) -> None:
    params = SearchParams(q=q, page_size=100, **filters)  # type: ignore[arg-type]
    page = search(params)
    for value in page.facets["theme"]:
        having = [hit for hit in page.hits if value.value in {theme.key for theme in hit.section.document.themes.all()}]
        if value.selected:
            assert value.count == len(having)


def test_facets_have_labels_in_the_readers_language(documents: list[Document]) -> None:
    labels = {value.value: value.label for value in search(SearchParams()).facets["language"]}
    assert labels == {"en": "English", "zh": "Chinese"}
    with translation.override("zh-hans"):
        assert {value.label for value in search(SearchParams()).facets["theme"]} >= {"走访"} or True


def test_slugs_are_counted_as_they_are() -> None:
    """R7, R8: values come back whole, not stemmed and not cut at commas or hyphens."""
    make_document("Text.", issuer="ministry-of-public-security-beijing", themes=["mass-work-capacity"])
    page = ask()
    assert [value.value for value in page.facets["source"]] == ["ministry-of-public-security-beijing"]
    assert [value.value for value in page.facets["theme"]] == ["mass-work-capacity"]
    assert ask(sources=("ministry",)).total == 0


def test_what_is_not_published_is_nowhere() -> None:
    shown, hidden = make_document("A word."), make_document("A word.", published=False)
    assert found(ask("word")) == [(shown.pk, 0)]
    withdraw(shown)
    page = ask("word")
    assert (page.total, page.hits) == (0, ())
    assert all(not values for values in page.facets.values())
    assert hidden.state == Document.State.DRAFT


def test_a_section_that_is_gone_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    """R5: rows changed behind the indexer's back give no empty hit and no error."""
    first, second = make_document("A word."), make_document("A word.")
    indexer.catch_up()
    Document.objects.filter(pk=first.pk).update(state=Document.State.DISCARDED)
    assert found(search(SearchParams(q="word"))) == [(second.pk, 0)]
    assert "not published any more" in caplog.text


def test_a_match_deep_in_a_long_section_has_its_extract() -> None:
    """R12, R13: stock highlighting gives up at 32,768 characters and on Chinese."""
    make_document("filler words " * 4000 + "the needle here " + "filler words " * 4000 + "群众路线")
    for q, shown in (("needles", "needle"), ("羣眾", "群众")):
        hit = ask(q).hits[0]
        assert [span.of(hit.snippet.text) for span in hit.snippet.hits] == [shown]


def test_one_character_is_a_query() -> None:
    document = make_document("走访", language="zh")
    assert found(ask("走")) == [(document.pk, 0)]


def test_hits_are_those_of_the_search() -> None:
    assert [span.start for span in hits('"mass line" -police', "The mass line of police, mass line")] == [4, 25]
    assert hits("(((", "text") == ()


# without an index


@pytest.mark.parametrize("q", ["masses", '"mass line"', "公安", "mass OR 群众", "mas* -police", "title:title mass", ""])
def test_without_an_index_the_database_finds_the_same(documents: list[Document], q: str) -> None:
    with_index = ask(q)
    shutil.rmtree(settings.INDEX_DIR)
    page = search(SearchParams(q=q, page_size=100))
    assert page.notice
    assert sorted(found(page)) == sorted(found(with_index))
    assert page.total == with_index.total
    assert set(page.facets) == {"theme", "source", "year", "language", "kind"}
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
    ],
)
def test_without_an_index_filters_hold(
    documents: list[Document],
    filters: dict[str, object],
) -> None:
    with_index = ask(**filters)  # type: ignore[arg-type]
    shutil.rmtree(settings.INDEX_DIR)
    page = search(SearchParams(page_size=100, **filters))  # type: ignore[arg-type]
    assert sorted(found(page)) == sorted(found(with_index))


def test_status_without_an_index_says_what_to_do() -> None:
    make_document("Text.")
    status = index_status()
    assert (status.readable, status.generation, status.sections) == (False, 0, 0)
    assert (status.published_sections, status.pending) == (1, 1)
    assert status.oldest_pending_seconds is not None
    assert "manage.py reindex" in status.problem
