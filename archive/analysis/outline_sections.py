"""From the members of an outline to sections: spans, headings, paths, and whether a part or an item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp

from archive.analysis.lexicon import load
from archive.analysis.lines import Line
from archive.analysis.markers import Where
from archive.analysis.outline_search import Member
from archive.analysis.outline_weights import BRACKETS, STATUTE
from archive.spans import Boilerplate, FoundSection, SectionKind, Span

_MAX_HEADING = 200
# as much of a member as is looked at to count its sentences
_LOOK = 6000
_FULL_STOP = re.compile(r"[.!?](?=[\"'”’)\]]*(?:\s|$))(?<!\d\.(?=\s\d))|[。！？]|[;；](?=\s|$)")
_SENTENCE = re.compile(r"[.!?](?=[\"'”’)\]]*\s+[^\s\da-z]|[\"'”’)\]]*\s*$)|[。！？]|[;；](?=\s*[\r\n]|\s+[A-Z])")
_RUN_ON = re.compile(load("en", "markers")["run_on"])
_SUMMARY = re.compile(
    "|".join(
        rf"(?:(?<=[.。!！?？;；\n]\s)|(?<=[。！？；\n])|^)(?:{load(name, 'markers')['sums_up']})"
        for name in ("en", "zh")
    )
)
_LEADING = " \t\u3000:：,，、.．-–—"


class Builder:
    """Makes the sections of one text; `levels` has the level of each member."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        members: Sequence[Member],
        levels: Sequence[int],
        boilerplate: Sequence[Boilerplate],
    ) -> None:
        self._text = text
        self._lines = lines
        self._members = members
        self._levels = levels
        self._starts = [member.candidate.start for member in members] + [len(text)]
        last = self._starts[-2] if members else 0
        sheet = (item.span.start for item in boilerplate if item.kind in ("copy", "print"))
        self._tail = next((start for start in sheet if start > last), len(text))

    def build(self) -> Iterator[FoundSection]:
        """The sections, in the order of the text."""
        stops = _stops(self._levels)
        counters: list[int] = []
        line_at = 0
        for i, member in enumerate(self._members):
            while line_at < len(self._lines) - 1 and self._lines[line_at].span.end < member.candidate.end:
                line_at += 1
            level = self._levels[i]
            # a lost outer member counts as 0, so that every path is used once
            counters = (counters + [0] * level)[:level]
            counters[-1] += 1
            own = Span(self._starts[i], self._starts[i + 1])
            heading = self._heading(member, own, line_at)
            below = stops[i] - i - 1
            yield FoundSection(
                span=Span(self._starts[i], self._starts[stops[i]]),
                own=own,
                level=level,
                kind=SectionKind.HEADING if below else self._kind(i, heading, own, line_at),
                marker=Span(member.candidate.start, member.candidate.end).of(self._text),
                heading=heading,
                path=".".join(map(str, counters)),
                rule=f"{member.reading.shape}-{'opens' if member.opens else 'continues'}",
                confidence=round(1 / (1 + exp(-member.gain)), 2),
            )

    def _heading(self, member: Member, own: Span, line_at: int) -> Span:
        """From after the marker to the first full stop, the end of the paragraph, the next marker or 200 characters."""
        text, start = self._text, member.candidate.end
        limit = min(own.end, start + _MAX_HEADING + 8)
        while start < limit and text[start] in _LEADING:
            start += 1
        if start < limit and text[start] in "\r\n" and line_at + 1 < len(self._lines):
            line_at += 1
            start = max(start, min(self._lines[line_at].span.start, limit))
        limit = min(limit, start + _MAX_HEADING, max(start, self._paragraph_end(line_at)))
        stops = [found.start() for ending in (_FULL_STOP, _RUN_ON) if (found := ending.search(text, start, limit))]
        return Span(start, min(stops, default=max(start, limit))).strip(text)

    def _paragraph_end(self, at: int) -> int:
        while at + 1 < len(self._lines) and not self._lines[at + 1].opens:
            at += 1
        return self._lines[at].span.end if self._lines else 0

    def _kind(self, i: int, heading: Span, own: Span, line_at: int) -> SectionKind:
        """A heading where at least two further sentences hang on the first; what lies below is for the caller."""
        text, end = self._text, max(heading.end, min(own.end, self._tail))
        if _ends_list(self._members, i):
            inline = self._members[i].candidate.where is not Where.LINE
            end = min(end, heading.end + 1 if inline else max(self._paragraph_end(line_at), heading.end))
        first = heading.end
        if len(heading) >= _MAX_HEADING:
            stop = _FULL_STOP.search(text, first, min(end, first + _LOOK))
            first = stop.end() if stop else end
        rest = text[first : min(end, own.start + _LOOK)].lstrip(' \t\u3000.。;；:：!?！？"”’）)')
        if i + 1 == len(self._members) or self._members[i + 1].depth < self._members[i].depth:
            rest = _SUMMARY.split(rest, maxsplit=1)[0]
        sentences = sum(1 for _ in _SENTENCE.finditer(rest))
        return SectionKind.HEADING if sentences >= 2 else SectionKind.ITEM


def _stops(levels: Sequence[int]) -> list[int]:
    """For each member the place of the next one that is not below it."""
    stops = [len(levels)] * len(levels)
    opened: list[int] = []
    for i, level in enumerate(levels):
        while opened and levels[opened[-1]] >= level:
            stops[opened.pop()] = i
        opened.append(i)
    return stops


def _ends_list(members: Sequence[Member], i: int) -> bool:
    """True for the last member of a series whose other members took one line or sentence each.

    What follows such a member mostly belongs to the text around the list and not to it.
    """
    me = members[i]
    if me.reading.shape in STATUTE:
        return False
    if i + 1 < len(members) and members[i + 1].depth >= me.depth and not members[i + 1].opens:
        return False
    before = [me]
    for member in reversed(members[max(0, i - 30) : i]):
        if member.depth < me.depth or before[-1].opens:
            break
        if member.depth == me.depth:
            before.append(member)
    if me.candidate.where is Where.LINE:
        gaps = [a.candidate.paragraph - b.candidate.paragraph for a, b in pairwise(before)]
        return len(gaps) > 0 and gaps[0] <= 1 and 2 * sum(gap <= 1 for gap in gaps) >= len(gaps)
    return len(before) > 1 and me.reading.shape in BRACKETS and before[-1].candidate.where is Where.COLON
