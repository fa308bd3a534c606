"""The page of the concordance: its lines, its counts by year, its pages and what it says of mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from archive.models import Document
from archive.search import indexer
from archive.search.concordance import Order
from tests.concordance_fixtures import MOST_QUERIES, asked, library
from tests.page_rows import Page
from tests.search_fixtures import make_document

__all__ = ["library"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def page_of(client: Client, **parameters: object) -> Page:
    return Page(client.get("/concordance/", parameters))


def test_the_page_shows_and_links_every_line(client: Client, library: dict[str, Document]) -> None:
    page = page_of(client, q="lantern", sort="left")
    assert page.read.mistakes == []
    assert "4 hits" in page.words
    links = [link for link in page.links() if link.endswith("-hit")]
    assert len(links) == 4
    for link, line in zip(links, asked("lantern", Order.LEFT), strict=True):
        there = Page(client.get(link))
        assert link.split("#")[1] in there.read.ids
        place = re.search(r'<mark id="hit-\d+" aria-current="true">([^<]+)</mark>', there.main)
        assert place
        assert place[1] == line.context.hit


def test_counts_per_year_hold_and_lead_to_what_they_count(client: Client, library: dict[str, Document]) -> None:
    page = page_of(client, q="lantern")
    assert "1999 1 1 1 100 % 2000 0 0 0 0 %" in page.words
    assert "2011 2 1 2 50 % undated 1 1 1 100 %" in page.words
    assert "1 hit" in Page(client.get("/concordance/?q=lantern&from=1999&to=1999")).words
    links = page.links()
    assert "/concordance/?q=lantern&from=2011&to=2011" in links
    assert "/documents/?year=2011" in links
    undated = "/concordance/?q=%28lantern%29+-year%3A1000..9999"
    assert undated in links
    assert "1 hit " in Page(client.get(undated)).words
    assert page.main.count("<rect") == 3 + 3 + 1
    filtered = page_of(client, q="lantern", lang="en", **{"from": "2011"})
    assert "2011 2 1 1 100 %" in filtered.words
    assert "1999" not in filtered.words
    assert "/documents/?lang=en&year=2011" in filtered.links()


def test_lines_are_paged(client: Client, index_folder: Path) -> None:
    make_document("", " ".join(f"word{number} lantern" for number in range(120)))
    indexer.rebuild()
    pages = [page_of(client, q="lantern", page=number) for number in (1, 2, 3)]
    assert [page.main.count('class="keyword" lang') for page in pages] == [50, 50, 20]
    assert "?q=lantern&page=2" in pages[0].links()


def test_the_page_asks_the_database_little(
    client: Client, library: dict[str, Document], django_assert_max_num_queries
) -> None:
    for number in range(30):
        make_document("", "One more lantern.", year=1980 + number, issuer=f"bureau-{number}")
    indexer.catch_up()
    with django_assert_max_num_queries(MOST_QUERIES):
        page = page_of(client, q="lantern", sort="source", theme="visits", source="harbour")
    assert page.response.status_code == 200
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "34 hits" in page_of(client, q="lantern").words


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"sort": "colour"}, "“colour” is no order of lines"),
        ({"page": "99"}, "There is no page 99"),
        ({"theme": "unknown"}, "There is no theme “unknown” here"),
        ({"from": "xyz"}, "“xyz” is not a year"),
        ({"q": "lantern ((("}, "An opening bracket has no end"),
        ({"q": ""}, "A concordance shows where a word or phrase occurs"),
        ({"q": "theme:visits"}, "A concordance needs words"),
        ({"q": "zebra"}, "No hit."),
        ({"q": "zebra", "theme": "visits"}, "No hit with these filters."),
        ({"q": "\x00"}, "a character that cannot be read"),
        ({"q": "<script>alert(1)</script>"}, "No hit."),
    ],
)
def test_what_is_wrong_is_said(
    client: Client, library: dict[str, Document], parameters: dict[str, str], expected: str
) -> None:
    page = page_of(client, **{"q": "lantern", **parameters})
    assert page.response.status_code == 200
    assert expected in page.words
    assert page.read.mistakes == []
    assert "<script>alert" not in page.html


def test_variants_are_searched_shown_and_left_out(client: Client, library: dict[str, Document]) -> None:
    make_document("", "Their big visit, and a big visiting of lanterns.")
    indexer.catch_up()
    page = page_of(client, q='"big visit"')
    assert "2 hits" in page.words
    exact = "/concordance/?q=%22big+visit%22&exact=1"
    assert exact in page.links()
    assert "1 hit " in Page(client.get(exact)).words
    there = next(link for link in Page(client.get(exact)).links() if link.endswith("-hit"))
    assert "&exact=1&at=" in there
    assert "hit 1 of 1 for" in Page(client.get(there)).words
