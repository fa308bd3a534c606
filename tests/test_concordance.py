"""The concordance: every hit of a question on a line of its own, in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from archive.models import Document
from archive.search import SearchParams, concordance, counting
from archive.search.concordance import Order
from tests.concordance_fixtures import asked, library, shown
from tests.page_rows import Page
from tests.search_fixtures import withdraw

__all__ = ["library"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


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
        (Order.OLDEST, [2, 0, 1, 3]),
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


@pytest.mark.parametrize(
    ("q", "order", "module", "name", "most"),
    [
        ("lantern", Order.DATE, concordance, "COUNTED", 2),
        ("lantern", Order.DATE, concordance, "COUNTED", 1),
        ("lantern", Order.SOURCE, concordance, "COUNTED", 2),
        ("lantern", Order.LEFT, concordance, "LINES", 2),
        ("lantern", Order.RIGHT, counting, "WORK", 60),
        ('"lantern"~3', Order.DATE, concordance, "LINES", 2),
        ('"lantern"~3', Order.DATE, concordance, "LINES", 1),
        ('"lantern"~3', Order.DATE, counting, "WORK", 60),
    ],
)
def test_what_is_cut_says_so(
    library: dict[str, Document],
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
    q: str,
    order: Order,
    module: object,
    name: str,
    most: int,
) -> None:
    assert not concordance.concordance(SearchParams(q=q), order).hits.is_cut
    whole = asked(q)
    monkeypatch.setattr(module, name, most)
    assert concordance.concordance(SearchParams(q=q), order).hits.is_cut
    cut = asked(q, order)
    assert {line.span for line in cut} == {line.span for line in whole[: len(cut)]}
    assert 0 < len(cut) < len(whole)
    page = Page(client.get("/concordance/", {"q": q, "sort": order}))
    assert "There are more hits than can be sorted here" in page.words
    counted = order in (Order.LEFT, Order.RIGHT)
    assert (f"{len(cut)} of {len(whole)} hits" in page.words) == counted
    assert ("Older hits are not counted" in page.words) == (not counted)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.DATE, ["1999 1 1 1 100 %", "2011 2 1 2 50 %", "undated 1 1 1 100 %", " 4 hits "]),
        (Order.LEFT, ["1999 1 1 1 100 %", "2011 2 1 2 50 %", "undated 1 1 1 100 %", " 1 of 4 hits "]),
    ],
)
def test_years_are_counted_whole_where_lines_are_cut(
    library: dict[str, Document], monkeypatch: pytest.MonkeyPatch, client: Client, order: Order, expected: list[str]
) -> None:
    monkeypatch.setattr(concordance, "LINES", 1)
    page = Page(client.get("/concordance/", {"q": "lantern", "sort": order}))
    assert [words for words in expected if words not in page.words] == []


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (1, ["1999 not counted not counted 1 ", "2011 ≥ 1 ≥ 1 2 ", "undated not counted not counted 1 "]),
        (2, ["1999 ≥ 1 ≥ 1 1 ", "2011 1 1 2 50 %", "2010 0 0 0 0 %", "undated not counted not counted 1 "]),
        (3, ["1999 1 1 1 100 %", "2011 1 1 2 50 %", "undated 1 1 1 100 %"]),
    ],
)
def test_years_that_were_cut_say_so_and_can_be_asked_for(
    library: dict[str, Document], monkeypatch: pytest.MonkeyPatch, client: Client, most: int, expected: list[str]
) -> None:
    monkeypatch.setattr(concordance, "LINES", most)
    page = Page(client.get("/concordance/", {"q": '"lantern"~3'}))
    assert [words for words in expected if words not in page.words] == []
    assert "/concordance/?q=%22lantern%22~3&from=1999&to=1999" in page.links()


def test_without_an_index_the_database_answers(
    library: dict[str, Document], index_folder: Path, client: Client
) -> None:
    expected = shown(asked("lantern"))
    (index_folder / "current").unlink()
    for folder in index_folder.glob("gen-*"):
        folder.rename(folder.with_name(f"away-{folder.name}"))
    found = concordance.concordance(SearchParams(q="lantern"))
    assert sorted(shown(found.lines(found.order))) == sorted(expected)
    assert found.hits.notice in Page(client.get("/concordance/?q=lantern")).words


def test_what_is_withdrawn_is_gone_at_once(library: dict[str, Document], client: Client) -> None:
    withdraw(library["new"])
    assert len(asked("lantern")) == 2
    assert "blue" not in client.get("/concordance/?q=lantern").content.decode()
