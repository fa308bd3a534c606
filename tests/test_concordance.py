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


@pytest.mark.parametrize("q", ["lantern", '"lantern"~3'])
@pytest.mark.parametrize(
    ("module", "name", "most"), [(concordance, "LINES", 2), (concordance, "LINES", 1), (counting, "WORK", 60)]
)
def test_what_is_cut_says_so(
    library: dict[str, Document],
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
    q: str,
    module: object,
    name: str,
    most: int,
) -> None:
    assert not concordance.concordance(SearchParams(q=q)).hits.is_cut
    whole = asked(q)
    monkeypatch.setattr(module, name, most)
    assert concordance.concordance(SearchParams(q=q)).hits.is_cut
    cut = asked(q)
    assert cut == whole[: len(cut)]
    assert 0 < len(cut) < len(whole)
    page = Page(client.get("/concordance/", {"q": q}))
    assert "There are more hits than can be sorted here" in page.words


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
