"""Two texts side by side: what they share is marked and leads across, what differs stays in sight.

Readers' and administrators' pages show it with `parts/side_by_side.html`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from archive.models import Document
from archive.parallels import Passage, compared
from archive.reader.rendering import Layer, Mark, marked
from archive.spans import Span

MARKED = 2000
"""Passages that are marked; two texts that share more are hardly read side by side."""
SIDES = ("left", "right")
DIFFERS = (("class", "differs"),)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts: its HTML, and the share of it (in percent) that stands in the other too."""

    html: SafeString
    percent: int


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two texts beside each other; `passages` counts what they share."""

    left: Side
    right: Side
    passages: int


def side_by_side(
    left: str, right: str, *, left_without: Iterable[Span] = (), right_without: Iterable[Span] = ()
) -> SideBySide:
    """The two texts with links between the passages that they share; what is to be left out is never shared."""
    asides = list(left_without), list(right_without)
    found = compared(left, right, left_without=asides[0], right_without=asides[1])
    shown = found.passages[:MARKED]
    return SideBySide(
        Side(marked(left, marks(left, shown, 0, asides[0])), whole_percent(found.left_share)),
        Side(marked(right, marks(right, shown, 1, asides[1])), whole_percent(found.right_share)),
        len(found.passages),
    )


def whole_percent(share: float) -> int:
    """100 only for all of it, and nought only for nothing."""
    return min(99, max(1, round(share * 100))) if 0.0 < share < 1.0 else round(share * 100)


def marks(text: str, passages: Iterable[Passage], side: int, asides: Sequence[Span]) -> Iterator[Mark]:
    """Each piece as a link to its passage on the other side; what lies between, and is not left out, as differing."""
    here, there = SIDES[side], SIDES[1 - side]
    for number, passage in enumerate(passages, 1):
        spans = [piece[side] for piece in passage.pieces]
        given = (("class", "shared"), ("href", f"#{there}-{number}"))
        for place, span in enumerate(spans):
            yield Mark(span, Layer.HIT, "a", given, "" if place else f"{here}-{number}")
        for gap in gaps(spans):
            words = worded(text, gap)
            if not any(aside.contains(words) for aside in asides):
                yield Mark(words, Layer.FORMULATION, "span", DIFFERS)


def worded(text: str, span: Span) -> Span:
    """The span from its first letter or digit to its last; empty where it has none."""
    counted = [place for place in range(span.start, span.end) if text[place].isalnum()]
    return Span(counted[0], counted[-1] + 1) if counted else Span(span.start, span.start)


def gaps(spans: list[Span]) -> Iterator[Span]:
    """What lies between spans that follow each other."""
    end = spans[0].end
    for span in spans[1:]:
        if span.start > end:
            yield Span(end, span.start)
        end = max(end, span.end)


def asides(document: Document) -> list[Span]:
    """What of a document's text belongs to the page or sheet it was found on."""
    return [Span(start, end) for start, end, *_kind in document.boilerplate]
