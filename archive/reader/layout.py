"""A text as blocks of a page: headings, paragraphs, members of a series, and what is not the document's.

The blocks are spans that cover the text without gap or overlap, so that a page made of them holds every character.
Plain Python; what a block says about the text is where it begins and ends, never what its words mean.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from archive.spans import Span

LONGEST_HEADING = 160
HAN_WIDTH = 4
LONG_PARAGRAPH = 1800
SOFT_PARAGRAPH = 700
WRAPPED_LINE = 110
WRAPPED_SHARE = 0.6
SENTENCE_END = re.compile(r"(?:[.!?][\"'”’)\]]*\s+|[。！？][”’」』）]*)")
HEADING_TAIL = re.compile(r"[^\S\r\n]*[.:;,。：；，、]?[\"”’）]?[^\S\r\n]*")
HEADING_ENDS = frozenset('.:;。：；"”’)）')
HAN = re.compile(r"[\u3400-\u9fff]")
LINE = re.compile(r"[^\r\n]*")
LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Outline:
    """What the layout has to know of a section: where it starts, where its heading ends, whether it opens a part."""

    start: int
    heading_end: int
    is_heading: bool
    is_front: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text. `opens` are the numbers of the sections that start with it; `soft` is a break of ours."""

    span: Span
    kind: BlockKind
    opens: tuple[int, ...] = ()
    soft: bool = False


def blocks(
    text: str,
    sections: Sequence[Outline] = (),
    boilerplate: Iterable[Span] = (),
    unbroken: Iterable[Span] = (),
) -> list[Block]:
    """The blocks of the text in its order.

    A paragraph that is too long is broken after a sentence, but never inside one of `unbroken`.
    """
    ends = {heading.start: heading.end for heading in headings(text, sections)}
    asides = merged(boilerplate, len(text))
    opens = openings(sections, len(text))
    hard = {0, *paragraph_starts(text), *opens, *ends.values()}
    hard.update(edge for aside in asides for edge in (aside.start, aside.end))
    hard = {cut for cut in hard if cut < len(text)} or {0}
    soft = soft_breaks(text, sorted(hard), merged(unbroken, len(text))) - hard
    cuts = sorted(hard | soft)
    pieces = (
        Block(Span(start, end), kind_at(start, ends, opens, sections, asides), opens.get(start, ()), start in soft)
        for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)
    )
    return list(with_blanks_joined(text, pieces))


def kind_at(
    start: int,
    headings: dict[int, int],
    opens: dict[int, tuple[int, ...]],
    sections: Sequence[Outline],
    asides: Sequence[Span],
) -> BlockKind:
    if inside(start, asides):
        return BlockKind.BOILERPLATE
    if start in headings:
        return BlockKind.HEADING
    if any(not sections[number].is_front for number in opens.get(start, ())):
        return BlockKind.ITEM
    return BlockKind.PARAGRAPH


def openings(sections: Sequence[Outline], length: int) -> dict[int, tuple[int, ...]]:
    """Start → numbers of the sections that start there."""
    found: dict[int, tuple[int, ...]] = {}
    for number, section in enumerate(sections):
        if section.start < length or section.start == 0:
            found[section.start] = (*found.get(section.start, ()), number)
    return found


def headings(text: str, sections: Sequence[Outline]) -> Iterator[Span]:
    """Spans to be set as headings: of sections that open a part and whose heading is short enough to be one."""
    for section in sections:
        first_line = LINE.match(text, section.start, max(section.start, section.heading_end))
        end = first_line.end() if first_line else section.start
        if section.is_heading and 0 < width(text[section.start : end]) <= LONGEST_HEADING:
            tail = HEADING_TAIL.match(text, end)
            end = tail.end() if tail else end
            if whole(text, end):
                yield Span(section.start, end)


def width(words: str) -> int:
    """How much room words take: a Chinese character says as much as four letters."""
    return len(words) + (HAN_WIDTH - 1) * len(HAN.findall(words))


def whole(text: str, end: int) -> bool:
    """Whether a heading that ends here is not cut inside a sentence."""
    return end >= len(text) or text[end] in "\r\n" or text[max(0, end - 9) : end].rstrip()[-1:] in HEADING_ENDS


def paragraph_starts(text: str) -> Iterator[int]:
    """Where paragraphs begin: after each line break, or only after blank and short lines where lines are wrapped."""
    lines = list(LINES.finditer(text))
    width = wrapped_width([len(line[0].strip()) for line in lines if line[0].strip()])
    for before, line in pairwise(lines):
        length = len(before[0].strip())
        if line[0] and (length < width * 0.7 or not width or not line[0].strip()):
            yield line.start()


def wrapped_width(lengths: Sequence[int]) -> int:
    """The width that lines are wrapped at, 0 if each line is a paragraph of its own."""
    if len(lengths) < 8:
        return 0
    width = sorted(lengths)[int(len(lengths) * 0.9)]
    full = sum(width * 0.7 <= length <= width * 1.15 for length in lengths)
    return width if width <= WRAPPED_LINE and full >= WRAPPED_SHARE * len(lengths) else 0


def soft_breaks(text: str, cuts: Sequence[int], unbroken: Sequence[Span]) -> set[int]:
    """Ends of sentences at which a paragraph is broken that is too long to be read in one."""
    found: set[int] = set()
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if end - start <= LONG_PARAGRAPH:
            continue
        last = start
        for sentence in SENTENCE_END.finditer(text, start, end):
            place = sentence.end()
            if place - last >= SOFT_PARAGRAPH and end - place >= SOFT_PARAGRAPH // 2 and not split(place, unbroken):
                found.add(place)
                last = place
    return found


def split(place: int, spans: Sequence[Span]) -> bool:
    """Whether a cut here would go through one of the sorted, disjoint spans."""
    before = bisect_right(spans, place, key=lambda span: span.start) - 1
    return before >= 0 and spans[before].start < place < spans[before].end


def inside(place: int, spans: Sequence[Span]) -> bool:
    before = bisect_right(spans, place, key=lambda span: span.start) - 1
    return before >= 0 and place < spans[before].end


def merged(spans: Iterable[Span], length: int) -> list[Span]:
    """The spans sorted, cut to the text, with overlapping ones made one."""
    found: list[Span] = []
    for span in sorted(spans):
        start, end = span.start, min(span.end, length)
        if start >= end:
            continue
        if found and start < found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(start, end))
    return found


def with_blanks_joined(text: str, pieces: Iterable[Block]) -> Iterator[Block]:
    """White space between two blocks belongs to the one before it."""
    held: Block | None = None
    for piece in pieces:
        if held is None:
            held = piece
        elif not piece.opens and not piece.span.of(text).strip():
            held = Block(Span(held.span.start, piece.span.end), held.kind, held.opens, held.soft)
        elif not held.opens and not held.span.of(text).strip():
            held = Block(Span(held.span.start, piece.span.end), piece.kind, piece.opens, piece.soft)
        else:
            yield held
            held = piece
    if held is not None:
        yield held
