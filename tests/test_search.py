"""The service: what is found in each grain, paging, order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Directive, Document, Section
from archive.search import Grain, Hit, SearchParams, Sort, Variants, indexer, search
from archive.search.expansion import expand
from archive.search.families import families
from archive.search.matching import satisfies
from archive.search.query import parse
from archive.search.tree import Node
from tests.search_fixtures import ask, direct, found, make_document, numbers, withdraw
from tests.search_library import GRAINS, QUERIES, SAME_ROWS, WORDS, documents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
__all__ = ["documents"]


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
