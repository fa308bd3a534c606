"""The outline of a text: which markers open sections, what continues what, and how deep."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from archive.analysis.attachments import attachment_list
from archive.analysis.lines import Line, find_lines
from archive.analysis.marker_numbers import number_markers
from archive.analysis.marker_words_en import english_words
from archive.analysis.marker_words_zh import chinese_words
from archive.analysis.markers import Shape, arrange
from archive.analysis.outline_headings import heading_markers, width
from archive.analysis.outline_search import Member, best_outline
from archive.analysis.outline_sections import Builder
from archive.analysis.outline_weights import STATUTE
from archive.spans import Boilerplate, FoundSection

# a line wider than this, in half-width characters, is the first paragraph
_PARAGRAPH = 60


def sections(text: str, language: str, boilerplate: Sequence[Boilerplate]) -> tuple[FoundSection, ...]:
    """The members of the best outline, in the order of the text; they nest, and none starts inside boilerplate."""
    lines = find_lines(text)
    found = [*number_markers(text), *(chinese_words(text) if language == "zh" else english_words(text))]
    found += heading_markers(text, lines, found, _front(text, lines, boilerplate))
    outside = [item.span for item in boilerplate]
    outside += [span for span in attachment_list(text, lines, language) if span not in outside]
    members = best_outline(arrange(text, lines, found, outside))
    return tuple(Builder(text, lines, members, _levels(members), boilerplate).build())


def _front(text: str, lines: Sequence[Line], boilerplate: Sequence[Boilerplate]) -> int:
    """Where the first paragraph of the document begins: titles and the like above it are no headings."""
    outside = {item.span.start for item in boilerplate}
    return next(
        (line.span.start for line in lines if width(text, line.span) > _PARAGRAPH and line.span.start not in outside),
        len(text),
    )


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


def _statute_order(members: Sequence[Member]) -> list[Shape]:
    """The kinds of a statute's parts that the text has, from the outside in; in bylaws sections lie below articles."""
    order = [shape for shape in STATUTE if any(member.reading.shape is shape for member in members)]
    for above, below in pairwise(members):
        if (above.reading.shape, below.reading.shape) == (Shape.ARTICLE, Shape.SECTION) and below.depth > above.depth:
            return [shape for shape in order if shape is not Shape.SECTION] + [Shape.SECTION]
    return order
