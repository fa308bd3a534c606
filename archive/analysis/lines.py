"""The lines of a text, and which of their breaks are only wraps of a fixed width."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.spans import Span

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?:;。！？：；…][\"'”’」』）)\]]*$")
# a hard-wrapped text keeps its lines between these widths
_WRAP_MIN, _WRAP_MAX, _WRAP_SLACK = 30, 110, 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: `span` without the white space at its ends.

    `opens` is true where the line starts a paragraph, false where it only goes on after a wrap.
    `after_gap` is true after a blank line or a page break (and for the first line).
    """

    span: Span
    opens: bool
    after_gap: bool


def find_lines(text: str) -> tuple[Line, ...]:
    """The lines that are not blank, in order."""
    found = [Span(m.start(), m.end()).strip(text) for m in _LINE.finditer(text)]
    spans = [span for span in found if len(span)]
    width = _wrap_width(text, spans)
    lines: list[Line] = []
    for i, span in enumerate(spans):
        gap = i == 0 or _gap(text, spans[i - 1].end, span.start)
        lines.append(Line(span, gap or not width or _ended(text, spans[i - 1], width), gap))
    return tuple(lines)


def _gap(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    return "\f" in between or between.replace("\r\n", "\n").count("\n") > 1


def _ended(text: str, before: Span, width: int) -> bool:
    """A line that is clearly shorter than the width ended by itself, and so did a sentence at a short line."""
    length = len(before)
    if length < width - _WRAP_SLACK:
        return True
    return length < width - _WRAP_SLACK // 2 and bool(_SENTENCE_END.search(before.of(text)[-4:]))


def _wrap_width(text: str, spans: list[Span]) -> int:
    """The width at which the text was wrapped, 0 where it was not."""
    broken = [len(span) for span in spans if len(span) >= _WRAP_MIN and not _full_stop(text, span)]
    going_on = sum(text[span.start].islower() for span in spans[1:])
    needed = 3 if 3 * going_on >= len(broken) else 6
    if len(broken) < needed or 2 * len(broken) < len(spans):
        return 0
    widest = max(len(span) for span in spans)
    near = sum(1 for length in broken if length >= widest - _WRAP_SLACK)
    return widest if widest <= _WRAP_MAX and 3 * near >= 2 * len(broken) else 0


def _full_stop(text: str, span: Span) -> bool:
    return bool(_SENTENCE_END.search(text[max(span.start, span.end - 4) : span.end]))
