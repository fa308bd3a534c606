"""The list of attachments above the signature: 附件：1.… 2.… or "Attachments: …; …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.analysis.lexicon import load
from archive.analysis.lines import Line
from archive.spans import Span

_MAX_LINE = 400
_MOST = 30
_NEXT = re.compile(r"\d{1,2}\s*[.．、]\s*\S")


def attachment_list(text: str, lines: Sequence[Line], language: str) -> list[Span]:
    """Its lines: the one that begins with the word and a colon, and the numbered ones right below it."""
    pattern = re.compile(load(language, "metadata")["attachments"]["list"], re.I)
    for i, line in enumerate(lines):
        if len(line.span) <= _MAX_LINE and pattern.fullmatch(line.span.of(text)):
            return [line.span, *_numbered(text, lines[i + 1 : i + _MOST])]
    return []


def _numbered(text: str, lines: Sequence[Line]) -> list[Span]:
    spans: list[Span] = []
    for line in lines:
        if len(line.span) > _MAX_LINE // 2 or not _NEXT.match(text, line.span.start):
            break
        spans.append(line.span)
    return spans
