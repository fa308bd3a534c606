"""Named parts of a text in both languages, and where a marker made of words stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.analysis.markers import Shape

NAMED = (
    ("parts", Shape.PART),
    ("chapters", Shape.CHAPTER),
    ("sections", Shape.SECTION),
    ("articles", Shape.ARTICLE),
    ("attachments", Shape.ATTACHMENT),
    ("labels", Shape.LABEL),
)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def before(text: str, start: int) -> str:
    """The few characters above a marker that tell a reference from a marker."""
    return text[max(0, start - 24) : start]


def line_head(text: str, start: int) -> bool:
    """True where nothing but decoration stands before it on its line."""
    head = text[max(0, start - 12) : start].rstrip(' \t\u3000#*“"【[')
    return head[-1:] in "\r\n\f" if head else start <= 12
