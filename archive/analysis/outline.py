"""The outline of a text: which markers open sections, what continues what, and how deep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp

from archive.analysis.attachments import attachment_list
from archive.analysis.lexicon import load
from archive.analysis.lines import Line, find_lines
from archive.analysis.marker_numbers import number_markers
from archive.analysis.marker_words_en import english_words
from archive.analysis.marker_words_zh import chinese_words
from archive.analysis.markers import Shape, Where, arrange
from archive.analysis.outline_headings import heading_markers, width
from archive.analysis.outline_search import Member, best_outline
from archive.analysis.outline_weights import BRACKETS, STATUTE
from archive.spans import Boilerplate, FoundSection, SectionKind, Span

_MAX_HEADING, _PARAGRAPH = 200, 60
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


def sections(text: str, language: str, boilerplate: Sequence[Boilerplate]) -> tuple[FoundSection, ...]:
    """The members of the best outline, in the order of the text; they nest, and none starts inside boilerplate."""
    lines = find_lines(text)
    found = [*number_markers(text), *(chinese_words(text) if language == "zh" else english_words(text))]
    found += heading_markers(text, lines, found, _front(text, lines, boilerplate))
    outside = [item.span for item in boilerplate]
    outside += [span for span in attachment_list(text, lines, language) if span not in outside]
    members = best_outline(arrange(text, lines, found, outside))
    levels = _levels(members)
    end = _end_of_text(text, boilerplate)
    return tuple(_built(text, lines, members, levels, max(end, members[-1].candidate.end) if members else end))


def _front(text: str, lines: Sequence[Line], boilerplate: Sequence[Boilerplate]) -> int:
    """Where the first paragraph of the document begins: titles and the like above it are no headings."""
    outside = {item.span.start for item in boilerplate}
    return next(
        (line.span.start for line in lines if width(text, line.span) > _PARAGRAPH and line.span.start not in outside),
        len(text),
    )


def _end_of_text(text: str, boilerplate: Sequence[Boilerplate]) -> int:
    return len(text)


def _levels(members: Sequence[Member]) -> list[int]:
    """Levels from 1: depth in the outline, but 章, 节, 条 have fixed places, as many as the text has."""
    statute = _statute_order(members)
    lost = bool(members) and all(member.depth for member in members)
    open_levels: list[tuple[int, bool]] = []
    levels: list[int] = []
    for member in members:
        depth = member.depth - lost
        del open_levels[depth:]
        open_levels += [(len(open_levels) + 1, False)] * (depth - len(open_levels))
        is_statute = member.reading.shape in statute
        if is_statute:
            outer = next((level for level, fixed in reversed(open_levels) if not fixed), 0)
            level = outer + 1 + statute.index(member.reading.shape)
        else:
            level = open_levels[-1][0] + 1 if open_levels else 1
        open_levels.append((level, is_statute))
        levels.append(level)
    return levels


def _built(
    text: str, lines: Sequence[Line], members: Sequence[Member], levels: Sequence[int], end: int
) -> Iterator[FoundSection]:
    starts = [member.candidate.start for member in members] + [end]
    breaks = [line.span.end for line in lines]
    stops = _stops(levels)
    counters: list[int] = []
    line_at = 0
    for i, member in enumerate(members):
        stop = stops[i]
        span, own = Span(starts[i], starts[stop]), Span(starts[i], starts[i + 1])
        while line_at < len(breaks) - 1 and breaks[line_at] < member.candidate.end:
            line_at += 1
        heading = _heading(text, lines, line_at, member, own)
        del counters[levels[i] :]
        counters += [0] * (levels[i] - len(counters))
        counters[-1] += 1
        below = stop - i - 1
        kind = SectionKind.HEADING if below else _kind(text, lines, line_at, members, i, heading, own)
        yield FoundSection(
            span=span,
            own=own,
            level=levels[i],
            kind=kind,
            marker=Span(member.candidate.start, member.candidate.end).of(text),
            heading=heading,
            # A lost outer member counts as 0, so that every path is used once.
            path=".".join(map(str, counters)),
            rule=f"{member.reading.shape}-{'opens' if member.opens else 'continues'}",
            confidence=round(1 / (1 + exp(-member.gain)), 2),
        )


def _statute_order(members: Sequence[Member]) -> list[Shape]:
    """The kinds of a statute's parts that the text has, from the outside in; in bylaws sections lie below articles."""
    order = [shape for shape in STATUTE if any(member.reading.shape is shape for member in members)]
    for above, below in pairwise(members):
        if (above.reading.shape, below.reading.shape) == (Shape.ARTICLE, Shape.SECTION) and below.depth > above.depth:
            return [shape for shape in order if shape is not Shape.SECTION] + [Shape.SECTION]
    return order


def _stops(levels: Sequence[int]) -> list[int]:
    """For each member the place of the next one that is not below it."""
    stops = [len(levels)] * len(levels)
    opened: list[int] = []
    for i, level in enumerate(levels):
        while opened and levels[opened[-1]] >= level:
            stops[opened.pop()] = i
        opened.append(i)
    return stops


def _heading(text: str, lines: Sequence[Line], line_at: int, member: Member, own: Span) -> Span:
    """From after the marker to the first full stop, the end of the paragraph, the next marker or 200 characters."""
    start = member.candidate.end
    limit = min(own.end, start + _MAX_HEADING + 8)
    while start < limit and text[start] in _LEADING:
        start += 1
    if start < limit and text[start] in "\r\n" and line_at + 1 < len(lines):
        line_at += 1
        start = max(start, min(lines[line_at].span.start, limit))
    limit = min(limit, start + _MAX_HEADING, max(start, _paragraph_end(lines, line_at)))
    stops = [found.start() for ending in (_FULL_STOP, _RUN_ON) if (found := ending.search(text, start, limit))]
    return Span(start, min(stops, default=max(start, limit))).strip(text)


def _paragraph_end(lines: Sequence[Line], at: int) -> int:
    while at + 1 < len(lines) and not lines[at + 1].opens:
        at += 1
    return lines[at].span.end if lines else 0


def _kind(
    text: str, lines: Sequence[Line], line_at: int, members: Sequence[Member], i: int, heading: Span, own: Span
) -> SectionKind:
    """A heading where at least two further sentences hang on its first one; members below are for the caller."""
    end = own.end
    if _ends_list(members, i):
        inline = members[i].candidate.where is not Where.LINE
        end = min(end, heading.end + 1 if inline else max(_paragraph_end(lines, line_at), heading.end))
    first = heading.end
    if len(heading) >= _MAX_HEADING:
        stop = _FULL_STOP.search(text, first, min(end, first + 2000))
        first = stop.end() if stop else end
    rest = text[first : min(end, own.start + 6000)].lstrip(' \t\u3000.。;；:：!?！？"”’）)')
    if i + 1 == len(members) or members[i + 1].depth < members[i].depth:
        rest = _SUMMARY.split(rest, maxsplit=1)[0]
    sentences = sum(1 for _ in _SENTENCE.finditer(rest))
    return SectionKind.HEADING if sentences >= 2 else SectionKind.ITEM


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
