"""The service: paging, facets, and the answer when there is no index."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from archive.models import Directive, Document, Section, Theme
from archive.search import (
    FacetValue,
    Grain,
    Hit,
    SearchPage,
    SearchParams,
    Sort,
    Variants,
    hits,
    index_status,
    indexer,
    search,
)
from archive.search.conditions import FACETS
from archive.search.expansion import expand
from archive.search.families import families
from archive.search.matching import satisfies
from archive.search.query import parse
from archive.search.tree import Node
from tests.search_fixtures import (  # noqa: F401 - a fixture
    ask,
    direct,
    found,
    index_folder,
    make_document,
    numbers,
    withdraw,
)

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
        direct_some(made[-1], number)
    indexer.catch_up()
    return made


def direct_some(document: Document, number: int) -> None:
    """Some directives, several in one section among them; the last is rejected and must not be seen."""
    for place in range(min(number % 4, len(document.text) - 1)):
        direct(
            document,
            place,
            len(document.text) - place,
            modality=["obligation", "prohibition", "recommendation"][(number + place) % 3],
            actor=["stations", "officers", ""][(number * place) % 3],
            themes=[["visits"], ["petitions", "service"], []][(number + place) % 3],
            status="rejected" if place == 2 else "suggested",
        )


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
        "sources": st.sampled_from([(), (), ("mps",), ("joke-site", "bureau")]),
        "issuers": st.sampled_from([(), (), ("mps",)]),
        "places": st.sampled_from([(), (), (), ("joke-site",)]),
        "actors": st.sampled_from([(), (), ("stations",), ("stations", "officers")]),
        "modalities": st.sampled_from([(), (), ("prohibition",), ("obligation", "recommendation")]),
        "languages": st.sampled_from([(), ("zh",)]),
        "kinds": st.sampled_from([(), ("essay",), ("essay", "plan")]),
        "year_from": st.sampled_from([None, 2009]),
        "year_to": st.sampled_from([None, 2009, 2010]),
    }
)


def tree_of(q: str) -> Node | None:
    return expand(parse(q).tree, families(), Variants()).tree


@SAME_ROWS
@given(q=QUERIES)
def test_the_index_finds_what_the_texts_say(documents: list[Document], q: str) -> None:
    """The compiled query against the tree applied to every text: the same sections, whatever the query."""
    tree = tree_of(q)
    page = ask(q)
    rows = Section.objects.published().select_related("document")
    expected = [
        (row.document_id, row.ordinal)
        for row in rows
        if satisfies(tree, row.own_text, row.document.title, lambda field: False)
    ]
    if not any(word in q.replace("title:", "") for word in [*WORDS, *(w[:2] for w in WORDS)]):
        expected = [(document, ordinal) for document, ordinal in expected if ordinal == 0]
    assert sorted(found(page)) == sorted(expected)
    documents_found = search(SearchParams(q=q, grain=Grain.DOCUMENTS, page_size=100))
    assert sorted(numbers(documents_found)) == sorted({document for document, _ in expected})


@SAME_ROWS
@given(q=QUERIES)
def test_directives_are_found_by_their_own_words(documents: list[Document], q: str) -> None:
    page = ask(q, grain=Grain.DIRECTIVES)
    expected = [
        row.pk
        for row in Directive.objects.public().select_related("document")
        if satisfies(tree_of(q), row.quote, row.document.title, lambda field: False)
    ]
    assert sorted(numbers(page)) == sorted(expected)
    assert page.total == len(expected)


GRAINS = st.sampled_from(list(Grain))


@SAME_ROWS
@given(
    size=st.integers(1, 30),
    sort=st.sampled_from(list(Sort)),
    q=st.sampled_from(["the OR mass OR 公", "", "-line"]),
    grain=GRAINS,
)
def test_no_hit_is_lost_or_repeated_whatever_the_page_size(
    documents: list[Document], size: int, sort: Sort, q: str, grain: Grain
) -> None:
    whole = ask(q, sort=sort, grain=grain)
    params = SearchParams(q=q, sort=sort, grain=grain, page_size=size)
    pages = [search(replace(params, page=number)) for number in range(1, -(-whole.total // size) + 1)]
    assert [number for page in pages for number in numbers(page)] == numbers(whole)
    assert whole.total == len(whole.hits) == len(set(numbers(whole))) > 3
    assert pages[0].pages == len(pages)
    assert search(replace(params, page=len(pages) + 1)).hits == ()


def shown(hit: Hit) -> list[int]:
    return [each.section.pk for each in (hit, *hit.beside) if each.section]


@SAME_ROWS
@given(size=st.integers(1, 15), sort=st.sampled_from(list(Sort)), q=st.sampled_from(["the OR mass OR 公", "", "-line"]))
def test_passages_stand_under_their_documents(documents: list[Document], size: int, sort: Sort, q: str) -> None:
    """Every document once, in the order of its best passage; what is shown of it and what is not make all of it."""
    flat = ask(q, sort=sort)
    params = SearchParams(q=q, sort=sort, grouped=True, page_size=size)
    pages = [search(replace(params, page=number)) for number in range(1, search(params).pages + 1)]
    groups = [hit for page in pages for hit in page.hits]
    order = list(dict.fromkeys(hit.document.pk for hit in flat.hits))
    assert [hit.document.pk for hit in groups] == order
    assert pages[0].documents == len(order)
    assert pages[0].total == flat.total == sum(len(shown(hit)) + hit.more for hit in groups)
    for hit in groups:
        mine = [each.section.pk for each in flat.hits if each.document == hit.document and each.section]
        assert shown(hit) == mine[:3]
        inside = search(replace(params, grouped=False, document=hit.document.pk, page_size=100))
        assert inside.total == len(mine) or not q


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


def test_a_document_with_several_good_sections_comes_first() -> None:
    """And its score is more than that of its best section."""
    one = make_document("patrol", "else", title="One")
    several = make_document("patrol", "patrol", "patrol", title="Several")
    page = ask("patrol", grain=Grain.DOCUMENTS)
    assert numbers(page) == [several.pk, one.pk]
    assert [hit.more for hit in page.hits] == [2, 0]
    assert page.hits[0].score > page.hits[1].score > 0


@pytest.mark.parametrize("grain", list(Grain))
def test_undated_documents_come_last_in_every_grain(grain: Grain) -> None:
    made = [make_document("patrol here", year=year) for year in (None, 2001, 2003)]
    for document in made:
        direct(document, 0, 6)
    for sort, order in ((Sort.NEWEST, [2, 1, 0]), (Sort.OLDEST, [1, 2, 0])):
        assert [hit.document.pk for hit in ask("patrol", grain=grain, sort=sort).hits] == [made[i].pk for i in order]


def test_a_directive_has_its_whole_text_marked() -> None:
    document = make_document("Stations keep a ledger. They must visit each home.", title="A")
    row = direct(document, 24, 50, modality="obligation", actor="stations", themes=["visits"])
    hit = ask("visits", grain=Grain.DIRECTIVES).hits[0]
    assert (hit.directive, hit.document, hit.section) == (row, document, document.sections.get())
    assert hit.snippet.text == "They must visit each home."
    assert [span.of(hit.snippet.text) for span in hit.snippet.hits] == ["visit"]
    assert ask("ledger", grain=Grain.DIRECTIVES).total == 0
    assert ask("", grain=Grain.DIRECTIVES, themes=("visits",), actors=("stations",)).total == 1
    assert ask("theme:visits actor:stations", grain=Grain.DIRECTIVES).total == 1
    assert ask("", grain=Grain.DIRECTIVES, themes=("service",)).total == 0


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


def test_status_without_an_index_says_what_to_do() -> None:
    make_document("Text.")
    status = index_status()
    assert (status.readable, status.generation, status.sections) == (False, 0, 0)
    assert (status.published_sections, status.pending) == (1, 1)
    assert status.oldest_pending_seconds is not None
    assert "manage.py reindex" in status.problem
