"""The search page: what a result is, variants, years, and what to do when nothing was found."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from archive.models import Document
from archive.search import indexer
from tests import page_rows as rows
from tests.page_rows import Page
from tests.search_fixtures import announce, index_folder, make_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
__all__ = ["index_folder"]
MOST_QUERIES = 16
FACET = re.compile(r'<a href="([^"]+)"><span>[^<]+</span> <span class="count">(\d+)</span>')
YEAR = re.compile(r'<th scope="row"><a href="([^"]+)">(\d+)</a></th><td class="number">(\d+)</td>')


@pytest.fixture
def library(index_folder: Path) -> list[Document]:
    """Two documents of four sections, one with a date, and two with wordings of one formulation."""
    made = [
        rows.document(issuer=rows.source(), **rows.dated(2009)),
        rows.document(found_at=rows.source("lantern-digest", "Lantern Digest"), title="Rounds again"),
        make_document("The Fengqiao experience.", title="One", year=2011),
        make_document("The Maple Bridge experience.", title="Other", year=2014),
    ]
    for document in made:
        announce(document)
    indexer.rebuild()
    return made


def ask(client: Client, **parameters: object) -> Page:
    page = Page(client.get("/search/", parameters))
    assert page.response.status_code == 200
    assert page.read.mistakes == []
    return page


UNITS = {"passages": "passage", "directives": "directive", "documents": "document"}


@pytest.mark.parametrize(("grain", "unit"), UNITS.items())
@pytest.mark.parametrize("q", ["", "evening OR door OR ledger OR entry", "station"])
def test_the_number_beside_a_value_is_that_of_its_page(
    client: Client, library: list[Document], grain: str, unit: str, q: str
) -> None:
    page = ask(client, **{"q": q, "in": grain})
    leads = [(href, count) for href, count in FACET.findall(page.main)]
    leads += [(href, count) for href, _year, count in YEAR.findall(page.main)]
    assert leads
    for href, count in leads:
        after = Page(client.get(unescape(href)))
        assert re.search(rf"\b{count} {unit}", after.words), href


def test_what_to_look_for_is_chosen_by_links(client: Client, library: list[Document]) -> None:
    page = ask(client, q="evening", page="2", theme="visits")
    assert "?q=evening&theme=visits&in=directives" in page.links()
    page = ask(client, **{"q": "evening", "in": "directives"})
    assert "2 directives" in page.words
    assert any(re.fullmatch(r"/documents/\d+/\?q=evening&at=\d+#d\d+", link) for link in page.links())
    assert '<input type="hidden" name="in" value="directives">' in page.main
    assert "recommendation" in page.words
    page = ask(client, **{"q": "evening", "in": "documents"})
    assert "2 documents" in page.words


def test_more_sections_of_a_document_are_a_click_away(client: Client, library: list[Document]) -> None:
    page = ask(client, q="door OR ledger OR entry OR evening OR measures", issuer="harbour-bureau")
    assert "5 passages in 1 document" in page.words
    assert page.main.count('class="snippet"') == 3
    assert "2 more sections match" in page.words
    link = next(link for link in page.links() if f"document={library[0].pk}" in link)
    inside = Page(client.get(link))
    assert "5 passages" in inside.words
    assert inside.main.count('class="snippet"') == 5
    assert "document On evening rounds" in inside.words


def test_variants_are_chips(client: Client, library: list[Document]) -> None:
    page = ask(client, q='"Fengqiao experience"')
    assert "2 passages" in page.words
    assert "<mark>Maple Bridge experience</mark>" in page.main
    chips = page.main.split('class="wordings"')[1].split("</section>")[0]
    found = {words.strip(): unescape(href) for href, words in re.findall(r'<a href="([^"]+)">([^<]+)<span', chips)}
    without = Page(client.get(found["Maple Bridge experience"]))
    assert "1 passage" in without.words
    assert "Maple Bridge" not in without.main.split('class="hits"')[1]
    exact = next(link for link in page.links() if "exact=1" in link)
    typed = Page(client.get(exact))
    assert "1 passage" in typed.words
    landing = next(link for link in typed.links() if link.startswith(f"/documents/{library[2].pk}/?"))
    assert "exact=1" in landing
    assert "Only the words as typed were searched for" in typed.words
    widened = Page(client.get(next(link for link in typed.links() if "&variant=" in link and "exact=1" in link)))
    assert "Of the known variants only these were searched for" in widened.words
    assert "Only the words as typed" not in widened.words
    adding = next(link for link in page.links() if "variant=%E6%9E%AB" in link)
    assert "not-variant" not in adding
    added = Page(client.get(adding))
    assert "2 passages" in added.words
    assert adding not in added.links()


@pytest.mark.parametrize(
    ("q", "grain", "told"),
    [
        ("evening -rounds", "documents", True),
        ("evening road", "documents", True),
        ("theme:visits -road", "documents", True),
        ("evening", "documents", False),
        ("evening OR road", "documents", False),
        ("theme:visits evening", "documents", False),
        ("theme:visits -kind:essay", "documents", False),
        ("evening -rounds", "passages", False),
    ],
)
def test_that_operators_work_within_a_section_is_told(
    client: Client, library: list[Document], q: str, grain: str, told: bool
) -> None:
    page = ask(client, **{"q": q, "in": grain})
    assert 'class="hits"' in page.main
    assert ("Operators work within one section" in page.words) == told


def test_years_stand_before_all_there_are(client: Client, library: list[Document]) -> None:
    page = ask(client, **{"q": "experience", "in": "documents"})
    plot = page.main.split('class="years-plot"')[1].split("</svg>")[0]
    assert re.findall(r"<title>([^<]+)</title>", plot) == ["2009: 0 of 1", "2011: 1 of 1", "2014: 1 of 1"]
    assert "style=" not in page.main


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"q": "evening -rounds zebra"}, ["the word “evening” and not the word “rounds” and the word “zebra”"]),
        ({"q": "evening zebra"}, ["the word “zebra”: 0 passages", "the word “evening”: 4 passages"]),
        ({"q": "evenning"}, ["Was this meant? evening"]),
        ({"q": '"evening raod"'}, ['Was this meant? "evening road"']),
        ({"q": "evening", "from": "2012"}, ["Search for the same words without filters: 4 passages"]),
        ({"q": "theme:visits zebra"}, ["theme: visits and the word “zebra”"]),
    ],
)
def test_nothing_found_says_why(
    client: Client, library: list[Document], parameters: dict[str, str], expected: list[str]
) -> None:
    page = ask(client, **parameters)
    for words in expected:
        assert words in page.words


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"in": "sentences"}, "“sentences” cannot be searched for"),
        ({"document": "99999"}, "There is no document 99999 here"),
        ({"document": "x"}, "“x” is not the number of a document; all documents were searched."),
        ({"issuer": "nobody"}, "There is no issuer “nobody” here"),
        ({"found-at": "nowhere"}, "There is no found at “nowhere” here"),
        ({"actor": "nobody"}, "There is no actor “nobody” here"),
        ({"modality": "wish"}, "There is no modality “wish” here"),
    ],
)
def test_what_cannot_be_taken_is_said(
    client: Client, library: list[Document], parameters: dict[str, str], expected: str
) -> None:
    page = ask(client, **{"q": "evening", **parameters})
    assert expected in page.words
    assert "passages" in page.words


@pytest.mark.parametrize("grain", list(UNITS))
def test_a_page_asks_the_database_little(
    client: Client, library: list[Document], django_assert_max_num_queries, grain: str
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        ask(client, **{"q": "evening", "in": grain, "theme": "visits"})


@pytest.mark.parametrize("grain", list(UNITS))
@pytest.mark.parametrize("q", ["", "((", "*a*", "a" * 999, "not-variant", "<b>", "110 OR 群众路线"])
def test_no_question_breaks_a_page(client: Client, library: list[Document], grain: str, q: str) -> None:
    ask(client, **{"q": q, "in": grain, "variant": ["<b>", "\x00"], "not-variant": "<i>", "sort": "title"})
