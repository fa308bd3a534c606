"""Headings without a marker: short lines that stand alone above paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.analysis.lexicon import load
from archive.analysis.lines import Line
from archive.analysis.markers import NEXT, Found, Reading, Shape
from archive.spans import Span

_END = re.compile(r"[.。;；,，、!！?？:：…][\"'”’」』)）]*$|[\d)）]$")
_STOP = re.compile(r"[.。!！?？:：;；][\"'”’」』)）]*$")
_START = re.compile(r"[A-Z\u3400-\u9fff\"“‘《]")
_NOT = re.compile("|".join(f"(?:{load(name, 'markers')['not_heading']})" for name in ("en", "zh")), re.I)
_LONGEST = 64
_TEXT = 66
_FEWEST = 2


def heading_markers(text: str, lines: Sequence[Line], taken: Sequence[Found], front: int) -> Iterator[Found]:
    """Candidates of width nothing where such a line starts; none before `front`, none where a marker stands.

    A single one proves nothing: there have to be two at least, each between a finished paragraph and a longer one.
    """
    marked = {found.start for found in taken}
    found = [
        line.span
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False)
        if line.span.start >= front and line.span.start not in marked and _stands(text, before, line, after)
    ]
    if len(found) >= _FEWEST:
        for span in [*_first(text, lines, found, front), *found]:
            yield Found(span.start, span.start, (Reading(Shape.HEADING, NEXT),))


def _first(text: str, lines: Sequence[Line], found: Sequence[Span], front: int) -> list[Span]:
    """The heading of the first paragraph, below the title and in the style of the others."""
    at = next((i for i, line in enumerate(lines) if line.span.start == front), 0)
    if at < 2 or not lines[at - 1].after_gap:
        return []
    span = lines[at - 1].span
    quote = span.of(text)
    alike = all(other.of(text).isupper() == quote.isupper() for other in found)
    fits = 6 < width(text, span) <= _LONGEST and not _END.search(quote) and not _NOT.fullmatch(quote)
    return [span] if alike and fits and _START.match(quote) else []


def _stands(text: str, before: Line, line: Line, after: Line) -> bool:
    if not (line.opens and after.opens) or not 2 <= width(text, line.span) <= _LONGEST:
        return False
    quote = line.span.of(text)
    if _END.search(quote) or not _START.match(quote) or _NOT.fullmatch(quote):
        return False
    finished = _END.search(text[max(before.span.start, before.span.end - 3) : before.span.end]) is not None
    stopped = _STOP.search(text[max(after.span.start, after.span.end - 3) : after.span.end]) is not None
    return finished and stopped and width(text, after.span) >= max(_TEXT, 2 * width(text, line.span))


def width(text: str, span: Span) -> int:
    """In half-width characters; only looked at closely where it is short."""
    if len(span) > 400:
        return len(span)
    return sum(2 if char > "\u2e80" else 1 for char in span.of(text))
