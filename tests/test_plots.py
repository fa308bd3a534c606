"""Plots as shapes, the shades of a matrix, and how strongly things go together."""

from __future__ import annotations

import pytest

from archive.reader.association import going_together, ratio
from archive.reader.lists import initial
from archive.reader.plots import RISE, WIDTH, Year, every_year, gaps, plot, scaled, shade


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], []),
        ([None], [None]),
        ([2001, 1999], [1999, 2000, 2001]),
        ([None, 2001], [2001, None]),
    ],
)
def test_every_year(known: list[int | None], expected: list[int | None]) -> None:
    assert every_year(known) == expected


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([], []),
        ([1999, 2000], []),
        ([1999, None, 2001], [(2000, 2000)]),
        ([1990, 1995, 1997], [(1991, 1994), (1996, 1996)]),
    ],
)
def test_gaps(years: list[int | None], expected: list[tuple[int, int]]) -> None:
    assert gaps(dict.fromkeys(years)) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 9, 0), (0, 0, 0), (1, 100, 1), (19, 100, 1), (20, 100, 2), (99, 100, 5), (7, 7, 5)],
)
def test_shade(part: int, whole: int, expected: int) -> None:
    assert shade(part, whole) == expected


def test_what_is_not_nothing_can_be_seen() -> None:
    assert [scaled(number, 1000, RISE) for number in (0, 1, 500, 1000)] == [0, 2, 36, RISE]


@pytest.mark.parametrize("count", [1, 5, 40, 126, 400])
def test_bars_stand_apart_in_order_and_keep_their_numbers(count: int) -> None:
    rows = [Year(1900 + number, number, 1, 2) for number in range(count)]
    drawn = plot([*rows, Year(None, 3, 1, 1)])
    assert [bar.row for bar in drawn.bars] == rows
    assert all(one.x + one.width < two.x + 1 for one, two in zip(drawn.bars, drawn.bars[1:], strict=False))
    assert drawn.bars[-1].x + drawn.bars[-1].width <= drawn.width
    assert drawn.width <= max(WIDTH + 10, 6 * count + 10)
    assert all(bar.top + bar.rise == drawn.axis for bar in drawn.bars)
    assert any(bar.label for bar in drawn.bars)


def test_ratio_is_that_of_dunnings_example() -> None:
    """“the swiss” in his table 2: 110, 2442, 111 and 29114 make 270.72."""
    assert ratio(110, 110 + 2442, 110 + 111, 110 + 2442 + 111 + 29114) == pytest.approx(270.72, abs=0.005)


def test_only_what_is_more_frequent_there_than_elsewhere_goes_together() -> None:
    found = {1: (20, 22), 2: (2, 2), 3: (10, 50), 4: (1, 40), 5: (15, 20)}
    assert [pair.key for pair in going_together(found, 40, 200)] == [1, 5]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("big visit", "B"), ("夜路", "中"), ("“quoted”", "#"), ("", "#"), ("Élan", "#"), ("3 visits", "#")],
)
def test_initial(name: str, expected: str) -> None:
    assert initial(name) == expected
