"""Parts of a paragraph that no sentence may break inside: quotations and brackets."""

from __future__ import annotations

import re

from archive.spans import Span

_MARK = re.compile(r"[\"“”„‟「」『』《》()（）\[\]【】]")
_CLOSES = {"”": "“", "」": "「", "』": "『", "》": "《", ")": "(", "）": "（", "]": "[", "】": "【"}
_SAME = {"„": "“", "‟": "“"}
QUOTES = frozenset('"“「『')
# beyond this a mark has lost its partner
_LONGEST_QUOTE, _LONGEST_BRACKET = 600, 300


def enclosed(text: str, span: Span) -> tuple[Span, ...]:
    """Outermost quotations and brackets inside `span`, marks included, in order; a mark without partner is ignored."""
    pairs: list[Span] = []
    open_marks: list[tuple[str, int]] = []
    for match in _MARK.finditer(text, span.start, span.end):
        mark, at = _SAME.get(match.group(), match.group()), match.start()
        opener = _opener(mark, open_marks, text, at)
        if opener is None:
            if mark not in _CLOSES:
                open_marks.append((mark, at))
            continue
        start = open_marks[opener][1]
        del open_marks[opener:]
        if at + 1 - start <= _limit(text[start]):
            pairs.append(Span(start, at + 1))
    return _outermost(pairs)


def _limit(mark: str) -> int:
    return _LONGEST_QUOTE if mark in QUOTES else _LONGEST_BRACKET


def _opener(mark: str, open_marks: list[tuple[str, int]], text: str, at: int) -> int | None:
    """Which of the open marks this one closes; looks at the innermost few only, so that the cost stays linear."""
    wanted = _CLOSES.get(mark, '"' if mark == '"' else "")
    for index in range(len(open_marks) - 1, max(-1, len(open_marks) - 5), -1):
        if open_marks[index][0] == wanted:
            lost = at - open_marks[index][1] > _limit(wanted) or (mark == '"' and _looks_opening(text, at))
            return None if lost else index
    return None


def _looks_opening(text: str, at: int) -> bool:
    """A straight mark after a space and before a letter opens, whatever came before."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isspace() or before in "([") and after.isalnum()


def _outermost(pairs: list[Span]) -> tuple[Span, ...]:
    outer: list[Span] = []
    for pair in sorted(pairs, key=lambda each: (each.start, -each.end)):
        if not outer or pair.start >= outer[-1].end:
            outer.append(pair)
    return tuple(outer)


def masked(text: str, span: Span) -> str:
    """The quote of `span`, same length: what stands in quotation marks as Q…, what stands in brackets as spaces.

    Rules look for their words in this, so that quoted speech and asides direct nobody.
    """
    parts: list[str] = []
    at = span.start
    for pair in enclosed(text, span):
        mark = text[pair.start]
        parts.append(text[at : pair.start])
        parts.append(("Q" if mark in QUOTES or mark == "《" else " ") * len(pair))
        at = pair.end
    parts.append(text[at : span.end])
    return "".join(parts)
