"""The concordance: every hit on a line of its own, in order, counted by year, as a page and as a file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from django.test import Client

from archive.models import Document
from archive.reader.sheets import plain
from archive.search import SearchParams, concordance, indexer
from archive.search.concordance import Line, Order
from archive.search.context import Context, in_context, neighbours_after, neighbours_before
from archive.spans import Span
from tests.page_rows import Page
from tests.search_fixtures import make_document, make_source, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
MOST_QUERIES = 12
BOILERPLATE = "Menu lantern menu. "


@pytest.fixture
def library(index_folder: Path) -> dict[str, Document]:
    """Three English documents and a Chinese one; none but their lanterns is asked for."""
    made = {
        "old": make_document(
            "No hit here. ", "A red lantern hung low.", year=1999, issuer="harbour", themes=["visits"]
        ),
        "new": make_document(
            BOILERPLATE,
            "Lanterns of the old town; blue lantern boats.",
            year=2011,
            issuer="bureau",
            boilerplate=[(0, len(BOILERPLATE), "menu")],
        ),
        "undated": make_document("", "The amber lantern, zealously kept.", found_at="digest"),
        "zh": make_document("", "民警应当点亮灯笼。居民收起灯籠回家。", language="zh", year=2011, title="灯笼通知"),
        "draft": make_document("", "A secret lantern.", published=False, year=2011),
    }
    make_source("harbour")
    indexer.rebuild()
    return made


def asked(q: str, order: Order = Order.DATE, **filters: object) -> list[Line]:
    return list(concordance.concordance(SearchParams(q=q, **filters), order).lines)


def shown(lines: list[Line]) -> list[tuple[str, str, str]]:
    return [(line.context.before, line.context.hit, line.context.after) for line in lines]


NEWEST = [
    ("", "Lanterns", "of the old town; blue lantern boats."),
    ("Lanterns of the old town; blue", "lantern", "boats."),
    ("No hit here. A red", "lantern", "hung low."),
    ("The amber", "lantern", ", zealously kept."),
]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.DATE, [0, 1, 2, 3]),
        (Order.LEFT, [0, 3, 1, 2]),
        (Order.RIGHT, [1, 2, 0, 3]),
        (Order.SOURCE, [0, 1, 3, 2]),
    ],
)
def test_every_hit_is_a_line_in_order(library: dict[str, Document], order: Order, expected: list[int]) -> None:
    assert shown(asked("lantern", order)) == [NEWEST[number] for number in expected]


def test_a_line_knows_its_place(library: dict[str, Document]) -> None:
    for line in asked("lantern OR 灯笼"):
        document = Document.objects.get(pk=line.document.number)
        assert line.span.of(document.text) == line.context.hit
        section = document.sections.get(path=line.path)
        assert section.start <= line.span.start < section.own_end


def test_chinese_lines(library: dict[str, Document]) -> None:
    lines = asked("灯笼", Order.RIGHT)
    assert shown(lines) == [
        ("民警应当点亮灯笼。居民收起", "灯籠", "回家。"),
        ("民警应当点亮", "灯笼", "。居民收起灯籠回家。"),
    ]


@pytest.mark.parametrize(
    ("q", "filters", "expected"),
    [
        ('"lantern boats"', {}, 1),
        ("lantern blue", {}, 3),
        ("lantern -boats", {}, 2),
        ("lantern", {"year_from": 2011, "year_to": 2011}, 2),
        ("lantern", {"sources": ("digest",)}, 1),
        ("lantern", {"themes": ("visits",)}, 1),
        ("lantern OR 灯笼", {"languages": ("zh",)}, 2),
        ("menu", {}, 0),
        ("secret", {}, 0),
        ("theme:visits", {}, 0),
        ("", {}, 0),
        ("(((", {}, 0),
    ],
)
def test_questions_and_filters_are_those_of_the_search(
    library: dict[str, Document], q: str, filters: dict[str, object], expected: int
) -> None:
    assert len(asked(q, **filters)) == expected


@pytest.mark.parametrize(("name", "most"), [("LINES", 2), ("LINES", 1), ("WORK", 60)])
def test_what_is_cut_says_so(
    library: dict[str, Document], monkeypatch: pytest.MonkeyPatch, client: Client, name: str, most: int
) -> None:
    whole = concordance.concordance(SearchParams(q="lantern"))
    assert not whole.is_cut
    monkeypatch.setattr(concordance, name, most)
    cut = concordance.concordance(SearchParams(q="lantern"))
    assert cut.is_cut
    assert cut.lines == whole.lines[: len(cut.lines)]
    assert 0 < len(cut.lines) < len(whole.lines)
    assert "There are more hits than can be sorted here" in Page(client.get("/concordance/?q=lantern")).words


def test_without_an_index_the_database_answers(
    library: dict[str, Document], index_folder: Path, client: Client
) -> None:
    expected = shown(asked("lantern"))
    (index_folder / "current").unlink()
    for folder in index_folder.glob("gen-*"):
        folder.rename(folder.with_name(f"away-{folder.name}"))
    found = concordance.concordance(SearchParams(q="lantern"))
    assert sorted(shown(list(found.lines))) == sorted(expected)
    assert found.matching.notice


def test_what_is_withdrawn_is_gone_at_once(library: dict[str, Document], client: Client) -> None:
    withdraw(library["new"])
    assert len(asked("lantern")) == 2
    assert "blue" not in client.get("/concordance/?q=lantern").content.decode()


# the page


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
        ({"q": "\x00"}, "Null characters are not allowed"),
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


# the file


def file_of(client: Client, **parameters: object) -> list[dict[str, str]]:
    response = client.get("/concordance.csv", parameters)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("order", [order.value for order in Order])
def test_the_file_has_the_same_lines_with_addresses(client: Client, library: dict[str, Document], order: str) -> None:
    found = file_of(client, q="lantern OR 灯笼", sort=order)
    lines = asked("lantern OR 灯笼", Order(order))
    assert [(row["before"], row["hit"], row["after"]) for row in found] == shown(lines)
    assert [int(row["start"]) for row in found] == [line.span.start for line in lines]
    for row in found:
        assert row["address"].startswith(f"http://testserver/documents/{row['document']}/?q=")
        assert client.get(row["address"]).status_code == 200
    assert {row["issued"] for row in found} == {"1999", "2011", ""}


def test_no_cell_of_the_file_is_a_formula(client: Client, index_folder: Path) -> None:
    make_document("", "=HYPERLINK() lantern\n-2+3", title="@SUM(1)", issuer="=cmd")
    indexer.rebuild()
    row = file_of(client, q="lantern")[0]
    assert row["title"] == "'@SUM(1)"
    assert row["issuer"] == "'=cmd"
    assert row["before"] == "'=HYPERLINK()"
    assert row["after"] == "'-2+3"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (5, 5),
    ],
)
def test_cells(cell: str | int, expected: str | int) -> None:
    assert plain(cell) == expected


def test_a_file_that_is_cut_says_so_in_its_last_row(
    client: Client, library: dict[str, Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concordance, "STREAMED", 2)
    found = file_of(client, q="lantern")
    assert len(found) == 3
    assert found[-1]["document"].startswith("There are more hits than this file holds")


@pytest.mark.parametrize("query", ["q=", "q=%00", "q=(((", "sort=up&q=a", "q=theme:visits", "q=a&theme=nothing&from=x"])
def test_no_parameter_breaks_the_file(client: Client, library: dict[str, Document], query: str) -> None:
    response = client.get(f"/concordance.csv?{query}")
    assert response.status_code == 200
    assert b"".join(response.streaming_content)
    assert client.head(f"/concordance.csv?{query}").status_code == 200


# contexts


@pytest.mark.parametrize(
    ("text", "hit", "width", "expected"),
    [
        ("one two three", "two", 90, ("one", "two", "three")),
        ("one two three", "two", 3, ("", "two", "")),
        ("one two three", "two", 4, ("one", "two", "")),
        ("one two three", "two", 6, ("one", "two", "three")),
        ("a\n\nb  hit\tc", "hit", 90, ("a b", "hit", "c")),
        ("民警走访居民", "走访", 1, ("警", "走访", "居")),
        ("hit", "hit", 5, ("", "hit", "")),
    ],
)
def test_context(text: str, hit: str, width: int, expected: tuple[str, str, str]) -> None:
    start = text.index(hit)
    found = in_context(text, Span(start, start + len(hit)), width)
    assert (found.before, found.hit, found.after) == expected


@pytest.mark.parametrize(
    ("before", "after", "nearest_first", "then"),
    [
        ("The Big, red", "boats are out", ("red", "big", "the"), ("boats", "are", "out")),
        ("人民警察", "走訪。", ("察", "警", "民", "人"), ("走", "访")),
        ("", "…", (), ()),
        ("1 2 3 4 5 6 7 8", "a b c d e f g", ("8", "7", "6", "5", "4", "3"), ("a", "b", "c", "d", "e", "f")),
    ],
)
def test_neighbours(before: str, after: str, nearest_first: tuple[str, ...], then: tuple[str, ...]) -> None:
    context = Context(before, "hit", after)
    assert neighbours_before(context) == nearest_first
    assert neighbours_after(context) == then
