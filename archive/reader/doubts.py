"""What could not be taken of a query as it was typed, as pages say it: in words, and at its place in the query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.reader.rendering import escaped, hit_marks, joined, marked
from archive.search.page import QueryWarning
from archive.spans import Span

AROUND = 30
"""Characters that are shown on each side of the place."""
LONGEST = 80
"""Characters that are shown of the place itself."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the query says wrongly, and the part of the query around it with the place marked."""

    message: str
    html: SafeString | None


def problems(warnings: Iterable[QueryWarning], q: str) -> list[Problem]:
    return [Problem(warning.said(_), place(warning.span, q)) for warning in warnings]


def place(span: Span | None, q: str) -> SafeString | None:
    """None for what concerns the whole query."""
    if span is None or not len(span) or span.end > len(q):
        return None
    end = min(span.end, span.start + LONGEST)
    around = Span(max(0, span.start - AROUND), min(len(q), end + AROUND))
    before, after = "…" if around.start else "", "…" if around.end < len(q) else ""
    return joined([escaped(before), marked(q, hit_marks([Span(span.start, end)]), around), escaped(after)])
