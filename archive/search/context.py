"""Hits with the words around them, and the order of their neighbours. Plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.folding import HAN
from archive.search.tokens import spelled
from archive.spans import Span

NEIGHBOURS = 6
"""Words (Chinese: characters) on one side that decide the order of two lines."""

NEAR = (2 * NEIGHBOURS, 10 * NEIGHBOURS)
"""Characters before a hit in which there are that many words as a rule, in Chinese and in other languages."""

_WORD_AT_START = re.compile(rf"\A[^\W{HAN}]+")
_WORD_AT_END = re.compile(rf"[^\W{HAN}]+\Z")


@dataclass(frozen=True, slots=True)
class Context:
    """A hit on one line: white space is one space, and no word is cut at the two ends."""

    before: str
    hit: str
    after: str


def in_context(text: str, hit: Span, width: int) -> Context:
    """A hit of a text with at most `width` characters on each side."""
    first, last = max(0, hit.start - width), min(len(text), hit.end + width)
    before, after = text[first : hit.start], text[hit.end : last]
    if first and text[first - 1].isalnum():
        before = _WORD_AT_START.sub("", before)
    if last < len(text) and text[last].isalnum():
        after = _WORD_AT_END.sub("", after)
    return Context(on_one_line(before), on_one_line(hit.of(text)), on_one_line(after))


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def neighbours_before(context: Context) -> tuple[str, ...]:
    """The words before the hit, the nearest first, folded."""
    near: list[str] = []
    for width in (*NEAR, len(context.before)):
        near = spelled(context.before[-width:]) if width else []
        if len(near) > NEIGHBOURS:  # the first may be a piece of a word, and is not one of them
            break
    return tuple(near[: -NEIGHBOURS - 1 : -1])


def neighbours_after(context: Context) -> tuple[str, ...]:
    """The words after the hit, the nearest first, folded."""
    return tuple(spelled(context.after)[:NEIGHBOURS])
