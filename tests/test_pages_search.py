"""The search page on the real index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from archive.models import Document
from archive.search import indexer
from tests import page_rows as rows
from tests.page_rows import TEXT, Page
from tests.search_fixtures import announce, index_folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
__all__ = ["index_folder"]
MOST_QUERIES = 12


@pytest.fixture
def library(index_folder: Path) -> list[Document]:
    """Two English documents of 2009 and without date, and a Chinese one, in the index."""
    made = [
        rows.document(issuer=rows.source(), **rows.dated(2009)),
        rows.document(found_at=rows.source("lantern-digest", "Lantern Digest"), title="Rounds again"),
        rows.document("一、总体要求\n必须走访。\n", language="zh", title="关于走访的通知"),
    ]
    for document in made:
        announce(document)
    indexer.rebuild()
    return made


def ask(client: Client, **parameters: object) -> Page:
    return Page(client.get("/search/", parameters))


def test_a_hit_leads_to_its_place_with_the_hits_marked(client: Client, library: list[Document]) -> None:
    page = ask(client, q='"evening road"', source="harbour-bureau")
    assert page.read.mistakes == []
    assert "1 passage" in page.words
    assert "<mark>evening road</mark>" in page.main
    link = next(link for link in page.links() if link.startswith(f"/documents/{library[0].pk}/"))
    section = library[0].sections.get(path="2.2")
    assert link == f"/documents/{library[0].pk}/?q=%22evening+road%22&at={section.start}#s2.2-hit"
    there = Page(client.get(link))
    assert "hit 1 of 1 for" in there.words
    assert '<span id="s2.2-hit"><mark id="hit-1" aria-current="true">evening road</mark></span>' in there.main


def test_a_result_without_words_leads_to_its_section(client: Client, library: list[Document]) -> None:
    assert f"/documents/{library[0].pk}/#s0" in ask(client).links()
    assert f"/documents/{library[1].pk}/?q=title%3Aagain#s0" in ask(client, q="title:again").links()


def test_chinese_is_found(client: Client, library: list[Document]) -> None:
    page = ask(client, q="走访")
    assert "关于走访的通知" in page.words
    assert "<mark>走访</mark>" in page.main


def test_filters_have_counts_and_chips(client: Client, library: list[Document]) -> None:
    page = ask(client, q="evening")
    assert re.search(r"Harbour Bureau \d", page.words)
    narrowed = next(link for link in page.links() if "issuer=harbour-bureau" in link)
    after = Page(client.get(narrowed))
    assert "issued by Harbour Bureau" in after.words
    assert "/search/?q=evening" in after.links()
    year = next(link for link in page.links() if "from=2009&to=2009" in link)
    assert "from 2009" in Page(client.get(year)).words


def test_a_facet_counts_what_its_link_leads_to(client: Client, library: list[Document]) -> None:
    page = ask(client, q="evening")
    side = page.main.split('class="side"')[1].split("</aside>")[0]
    facets = re.findall(r'<a href="([^"]+)"><span>[^<]+</span> <span class="count">(\d+)</span>', side)
    assert facets
    for href, count in facets:
        assert f"{count} passage" in Page(client.get(href.replace("&amp;", "&"))).words


def heights(page: Page) -> dict[str, float]:
    """Year → how high its bar of results is."""
    plot = page.main.split('class="years-plot"')[1].split("</svg>")[0]
    found = re.findall(r"<title>(\d{4}): [^<]*</title><path[^>]*/><rect [^>]* height=\"([\d.]+)\"", plot)
    return {year: float(height) for year, height in found}


def test_the_plot_of_years_is_drawn_to_the_scale_of_the_results_and_leads_to_them(
    client: Client, library: list[Document]
) -> None:
    for year in (2011, 2011, 2011, 2012):
        rows.document(TEXT.replace("evening", "zebra", 1), **rows.dated(year))
    indexer.rebuild()
    page = ask(client, q="zebra")
    assert heights(page) == {"2011": 48.0, "2012": 16.0}
    assert "<title>2009: 0 of" in page.main
    plot = page.main.split('class="years-plot"')[1].split("</svg>")[0]
    (bar, other) = re.findall(r'<a href="([^"]*)" tabindex="-1"><title>2', plot)
    assert "3 passages" in Page(client.get(bar.replace("&amp;", "&"))).words
    assert "1 passage" in Page(client.get(other.replace("&amp;", "&"))).words


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "evening"}, [("q", "evening")]),
        (
            {
                "q": "evening",
                "from": "2009",
                "page": "1",
                "exact": "1",
                "theme": ["visits", "service"],
                "sort": "title",
            },
            [("q", "evening"), ("exact", "1"), ("theme", "visits"), ("theme", "service"), ("sort", "title")],
        ),
    ],
)
def test_years_can_be_typed_and_keep_the_rest_of_the_question(
    client: Client, library: list[Document], asked: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    page = ask(client, **asked)
    form = page.main.split('id="years-facet"')[1].split("<form")[1].split("</form>")[0]
    assert re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form) == expected
    assert [one in form for one in ('name="from"', 'name="to"')] == [True, True]
    assert "from 2009" in ask(client, **dict(asked) | {"from": "2009", "to": "2009"}).words


@pytest.mark.parametrize(
    ("grain", "expected"),
    [
        ("", "Search the passages of all documents"),
        ("directives", "Search the directives of all documents"),
        ("documents", "Search for documents by their passages"),
    ],
)
def test_the_box_says_what_is_searched(client: Client, library: list[Document], grain: str, expected: str) -> None:
    assert f'<label for="q">{expected}</label>' in ask(client, **{"in": grain}).main


@pytest.mark.parametrize("address", ["/search/", "/concordance/"])
def test_a_new_question_keeps_the_order_and_exactness(client: Client, library: list[Document], address: str) -> None:
    sort = "title" if address == "/search/" else "left"
    page = Page(client.get(address, {"q": "evening", "exact": "1", "sort": sort, "lang": "en"}))
    box = page.main.split('class="search-box"')[1].split("</form>")[0]
    kept = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', box)
    assert kept == [("exact", "1"), ("sort", sort), ("lang", "en")]


def test_what_is_wrong_with_a_query_is_shown_at_its_place(client: Client, library: list[Document]) -> None:
    page = ask(client, q="evening (road")
    assert "evening <mark>(</mark>road" in page.main
    assert page.response.status_code == 200


def test_nothing_found_helps_on(client: Client, library: list[Document]) -> None:
    page = ask(client, q="evening", theme="petitions")
    assert "Nothing matches with these filters." in page.words
    assert "/search/?q=evening" in page.links()
    page = ask(client, q="zebra", theme="visits")
    assert "Without the filters nothing matches either." in page.words


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"page": "abc"}, "“abc” is not the number of a page"),
        ({"page": "99999"}, "There is no page 99999; this is the last one."),
        ({"page": "-1"}, "“-1” is not the number of a page"),
        ({"page": "9" * 40}, "is not the number of a page"),
        ({"theme": "unknown"}, "There is no theme “unknown” here"),
        ({"theme": "visits\x00"}, "There is no theme"),
        ({"source": "unknown"}, "There is no source “unknown” here"),
        ({"lang": "xx"}, "There is no language “xx” here"),
        ({"kind": "novel"}, "There is no kind “novel” here"),
        ({"year": "xyz"}, "“xyz” is not a year"),
        ({"from": "2017-13-01"}, "“2017-13-01” is not a year"),
        ({"from": "2020", "to": "2010"}, "turned round: from 2010 to 2020."),
        ({"sort": "colour"}, "“colour” is no order of results"),
    ],
)
def test_bad_parameters_are_complained_of(
    client: Client, library: list[Document], parameters: dict[str, str], expected: str
) -> None:
    page = ask(client, **{"q": "evening", **parameters})
    assert page.response.status_code == 200
    assert expected in page.words
    assert page.read.mistakes == []


@pytest.mark.parametrize(
    ("language", "long", "broken"), [("en", "at most 800", "cannot be read"), ("zh-CN", "800", "�")]
)
@pytest.mark.parametrize("address", ["/search/", "/concordance/", "/directives/", "/documents/{}/"])
def test_what_cannot_be_searched_for_is_refused_and_kept(
    client: Client, library: list[Document], address: str, language: str, long: str, broken: str
) -> None:
    for q, said in (("evening " * 120, long), ("evening\x00", broken)):
        response = client.get(address.format(library[0].pk), {"q": q}, headers={"accept-language": language})
        page = Page(response)
        assert (response.status_code, page.read.mistakes) == (200, [])
        assert said in page.main.split('class="complaints"')[1].split("</div>")[0]
        assert 'class="hits"' not in page.main
        assert f'value="{q.strip()}"'.replace("\x00", "�") in page.main


@pytest.mark.parametrize("ending", ["csv", "json", "atom", "bib"])
def test_a_file_of_what_cannot_be_searched_for_is_refused(client: Client, library: list[Document], ending: str) -> None:
    response = client.get(f"/search.{ending}", {"q": "x" * 801})
    assert response.status_code == 400
    assert "at most 800" in response.content.decode()


def test_a_search_in_a_document_says_what_is_wrong_with_the_query(client: Client, library: list[Document]) -> None:
    page = Page(client.get(f"/documents/{library[0].pk}/", {"q": "evening (road"}))
    assert "An opening bracket has no end" in page.words
    assert "evening <mark>(</mark>road" in page.main


def test_the_place_of_a_problem_is_shown_with_some_words_around_it(client: Client, library: list[Document]) -> None:
    page = ask(client, q=f"{'evening ' * 20}(road{' rounds' * 20}")
    shown = re.findall(r'<code class="query">(.*?)</code>', page.main)[0]
    assert re.fullmatch(r"….{30}<mark>\(</mark>.{30}…", shown)


@pytest.mark.parametrize("q", ["", "   ", "(((", "*a*", '"', "AND OR NOT", "-", "title:", "<script>", "😀", "a" * 999])
def test_no_query_breaks_the_page(client: Client, library: list[Document], q: str) -> None:
    page = ask(client, q=q)
    assert page.response.status_code == 200
    assert page.read.mistakes == []
    assert "<script>alert" not in page.html


def test_sorting_keeps_the_question(client: Client, library: list[Document]) -> None:
    page = ask(client, q="evening", sort="newest", theme="visits")
    assert "?q=evening&sort=oldest&theme=visits" in page.links()
    assert '<input type="hidden" name="theme" value="visits">' in page.main


def test_the_page_asks_the_database_little(
    client: Client, library: list[Document], django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        ask(client, q="evening", theme="visits", source="harbour-bureau")


def test_a_missing_index_is_a_notice_and_not_an_error(client: Client) -> None:
    rows.document()
    page = ask(client, q="evening")
    assert page.response.status_code == 200
    assert 'class="notice"' in page.main
    assert "On evening rounds" in page.words
