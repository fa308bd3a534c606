"""Quotes are cut where words begin and end."""

from __future__ import annotations

import pytest

from archive.reader.quoting import around
from archive.search.page import Snippet
from archive.spans import Span


def shown(extract: Snippet) -> str:
    """The extract with its hit in brackets and a dash where it is cut."""
    (hit,) = extract.hits
    text = extract.text
    inner = f"{text[: hit.start]}[{hit.of(text)}]{text[hit.end :]}"
    return f"{'- ' * extract.cut_before}{inner}{' -' * extract.cut_after}"


@pytest.mark.parametrize(
    ("text", "quote", "width", "expected"),
    [
        ("one two three four five", "three", 99, "one two [three] four five"),
        ("one two three four five", "three", 7, "- two [three] four -"),
        ("one two three four five", "three", 5, "- two [three] -"),
        ("one two three four five", "three", 0, "- [three] -"),
        ("one two three", "one", 6, "[one] two -"),
        ("one two three", "three", 6, "- two [three]"),
        ("民警必须走访群众，听取意见。", "走访", 3, "- 警必须[走访]群众， -"),
        ("12,345 households knocked", "households", 3, "- [households] -"),
    ],
)
def test_quote_with_context(text: str, quote: str, width: int, expected: str) -> None:
    start = text.index(quote)
    assert shown(around(text, Span(start, start + len(quote)), width)) == expected
