"""The extract of a section that best shows why it matches."""

from __future__ import annotations

import re

from archive.folding import HAN
from archive.search.matching import Match, joined, matches
from archive.search.page import Snippet
from archive.search.tree import Node
from archive.spans import Span

WIDTH, WIDTH_HAN = 260, 110
"""Characters of an extract; fewer where they are Han, which say more each."""

LEAD = 5  # a fifth of the extract stands before its first hit
_HAN = re.compile(rf"[{HAN}]")
_WORD_EDGE = 24  # how far an end may move to fall between two words


def snippet(tree: Node | None, text: str) -> Snippet:
    """The window of the text with most of the query's words in it; its beginning where none occurs."""
    found = matches(tree, text)
    first = found[0].start if found else 0
    width = WIDTH_HAN if _mostly_han(text[first : first + WIDTH]) else WIDTH
    return _snippet(text, _window(text, found, width), found)


def whole(tree: Node | None, text: str) -> Snippet:
    """The whole of a short text, with its hits."""
    return _snippet(text, Span(0, len(text)), matches(tree, text))


def _mostly_han(sample: str) -> bool:
    return not sample.isascii() and len(_HAN.findall(sample)) * 3 > len(sample)


def _window(text: str, found: tuple[Match, ...], width: int) -> Span:
    whole = Span(0, len(text)).strip(text)
    if len(whole) <= width:
        return whole
    first, last = _densest(found, width - width // LEAD)
    before = max(width // LEAD, (width - (last - first)) // 2)
    start = max(whole.start, min(first - before, whole.end - width))
    end = max(last, min(start + width, whole.end))
    return Span(_word_start(text, start, whole, first), _word_end(text, end, whole, last)).strip(text)


def _densest(found: tuple[Match, ...], width: int) -> tuple[int, int]:
    """Start and end of the stretch of at most `width` characters that has most different leaves, then most hits."""
    best, stretch, left = (0, 0), (0, 0), 0
    inside: dict[int, int] = {}
    for count, (_, end, leaf) in enumerate(found, 1):
        inside[leaf] = inside.get(leaf, 0) + 1
        while end - found[left].start > width and left < count - 1:
            gone = found[left].leaf
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            left += 1
        score = (len(inside), count - left)
        if score > best:
            start = found[left].start
            best, stretch = score, (start, min(end, start + width))
    return stretch


def _word_start(text: str, start: int, whole: Span, first: int) -> int:
    """`start`, moved forwards to the beginning of a word when one begins soon and before the first hit."""
    if start <= whole.start or _beside_han(text, start):
        return start
    space = text.find(" ", start - 1, min(start + _WORD_EDGE, first))
    return space + 1 if space >= 0 else start


def _word_end(text: str, end: int, whole: Span, last: int) -> int:
    """`end`, moved back to the end of a word when one ends shortly before it and after the last hit."""
    if end >= whole.end or _beside_han(text, end):
        return end
    space = text.rfind(" ", max(end - _WORD_EDGE, last), end + 1)
    return space if space >= 0 else end


def _beside_han(text: str, place: int) -> bool:
    around = text[place - 1 : place + 1]
    return not around.isascii() and _HAN.search(around) is not None


def _snippet(text: str, cut: Span, found: tuple[Match, ...]) -> Snippet:
    return Snippet(
        text=cut.of(text),
        hits=joined(found, cut),
        cut_before=bool(text[: cut.start].strip()),
        cut_after=bool(text[cut.end :].strip()),
    )
