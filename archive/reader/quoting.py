"""Quotes with the text around them, cut where words begin and end."""

from __future__ import annotations

import re
from typing import Protocol

from archive.models import Document
from archive.search.page import Snippet
from archive.spans import Span, window

WIDTH = 400
CHINESE_WIDTH = 160
"""A Chinese sign says as much as two or three letters."""
# A cut never goes through a word or number; Chinese has no words to go through, so any place between its signs will do.
WORD_AT_START = re.compile(r"\A[^\W\u3400-\u9fff]+")
WORD_AT_END = re.compile(r"[^\W\u3400-\u9fff]+\Z")


def around(text: str, span: Span, width: int = WIDTH) -> Snippet:
    """A quote with up to `width` characters of context on each side."""
    before, quote, after = window(text, span, width)
    return cut(before, quote, after, at_start=span.start <= width, at_end=span.end + width >= len(text))


def context_width(language: str) -> int:
    return CHINESE_WIDTH if language == Document.Language.CHINESE else WIDTH


class Quoted(Protocol):
    """A quote with the context that is stored with it, and where it starts."""

    @property
    def before(self) -> str: ...

    @property
    def quote(self) -> str: ...

    @property
    def after(self) -> str: ...

    @property
    def start(self) -> int: ...


def in_context(row: Quoted) -> Snippet:
    """The quote of a derived row with the context that is stored with it."""
    return cut(row.before, row.quote, row.after, at_start=len(row.before) >= row.start, at_end=False)


def cut(before: str, quote: str, after: str, *, at_start: bool, at_end: bool) -> Snippet:
    """The three parts as an extract without the pieces of words at its ends, the quote as its hit."""
    before = before if at_start else WORD_AT_START.sub("", before).lstrip()
    after = after if at_end else WORD_AT_END.sub("", after).rstrip()
    hit = Span(len(before), len(before) + len(quote))
    return Snippet(before + quote + after, (hit,), cut_before=not at_start, cut_after=not at_end)
