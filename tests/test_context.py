"""Hits with the words around them, and the order of their neighbours."""

from __future__ import annotations

import pytest

from archive.search.context import Context, in_context, neighbours_after, neighbours_before
from archive.spans import Span


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
