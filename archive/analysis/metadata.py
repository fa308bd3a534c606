"""What a document says of itself: title, number, issuer, date, kind, addressees, attachments, where found."""

from __future__ import annotations

from collections.abc import Sequence

from archive.analysis.breadcrumb import find_breadcrumb
from archive.analysis.lines import find_lines
from archive.spans import Boilerplate, Fact, Metadata, Span


def metadata(text: str, language: str, boilerplate: Sequence[Boilerplate]) -> Metadata:
    lines = find_lines(text)
    crumb = find_breadcrumb(text, lines, language)
    if crumb is None:
        return Metadata()
    return Metadata(title=_part(text, crumb.title), site=_part(text, crumb.site), category=_part(text, crumb.category))


def _part(text: str, span: Span | None) -> Fact | None:
    return Fact(span.of(text), span, "breadcrumb", 0.9) if span else None
