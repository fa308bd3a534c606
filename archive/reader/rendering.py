"""The one HTML door: text and spans in, HTML out. Nothing else in the project makes a `SafeString`.

Text is escaped first and marked after. What comes out holds exactly the characters that went in, in their order: links
to a place, numbers of directives and arrows are drawn by the style sheet or stand in the templates, never in the text.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from typing import Any

from django.utils.safestring import SafeString

from archive.search.page import Snippet
from archive.spans import Span

NAME = re.compile(r"[a-z][a-z-]*")
CURRENT = (("aria-current", "true"),)
# What HTML cannot hold even when escaped: old signs for a new line become one, others are shown as a sign of their own.
OLD_NEW_LINES = "\x0b\x85"
NOT_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
NOT_IN_HTML = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
SPECIAL = re.compile("[&<>\"']")


class Layer(IntEnum):
    """Which mark stands outside where two overlap; the lowest is outermost."""

    DIRECTIVE = 0
    FORMULATION = 1
    HIT = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around a span. A mark that is cut by another or by a block keeps its `id` on the first piece only."""

    span: Span
    layer: Layer
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    id: str = ""

    def opening(self, *, first: bool) -> str:
        given = (("id", self.id), *self.attributes) if self.id and first else self.attributes
        written = "".join(f' {named(name)}="{html.escape(value)}"' for name, value in given)
        return f"<{named(self.tag)}{written}>"

    @property
    def closing(self) -> str:
        return f"</{named(self.tag)}>"

    @property
    def rank(self) -> tuple[int, int, int]:
        return self.layer, self.span.start, -self.span.end


@dataclass(slots=True)
class Sweep:
    """The marks that are open at a place of the text, outermost first, and the HTML written so far."""

    pieces: list[str] = field(default_factory=list)
    open: list[Mark] = field(default_factory=list)

    def turn(self, place: int, wanted: Sequence[Mark]) -> None:
        """Close and open what it takes to have just the `wanted` marks open."""
        kept = 0
        while kept < min(len(self.open), len(wanted)) and self.open[kept] is wanted[kept]:
            kept += 1
        self.pieces.extend(mark.closing for mark in reversed(self.open[kept:]))
        self.pieces.extend(mark.opening(first=mark.span.start == place) for mark in wanted[kept:])
        self.open = list(wanted)


@cache
def named(name: str) -> str:
    """A tag's or attribute's name as it is; ValueError if it could be anything else."""
    if not NAME.fullmatch(name):
        raise ValueError(f"not a name in HTML: {name!r}")
    return name


def plain(text: str) -> str:
    """Escaped text, character by character: what HTML cannot hold is replaced, never dropped."""
    for sign in OLD_NEW_LINES:
        text = text.replace(sign, "\n")
    return html.escape(NOT_IN_HTML.sub("\N{REPLACEMENT CHARACTER}", text))


def marked(text: str, marks: Iterable[Mark] = (), within: Span | None = None) -> SafeString:
    """The text (or its part `within`) as HTML with the marks around their spans."""
    whole = within or Span(0, len(text))
    return next(marked_blocks(text, [whole], marks))


def marked_blocks(text: str, blocks: Sequence[Span], marks: Iterable[Mark]) -> Iterator[SafeString]:
    """The HTML of each block; blocks are in the order of the text and do not overlap. Linear in text and marks."""
    waiting = sorted((mark for mark in marks if len(mark.span)), key=lambda mark: mark.span.start)
    taken = 0
    carried: list[Mark] = []
    for block in blocks:
        while taken < len(waiting) and waiting[taken].span.start < block.end:
            carried.append(waiting[taken])
            taken += 1
        carried = [mark for mark in carried if mark.span.end > block.start]
        yield SafeString("".join(pieces_of(text, block, carried)))


def pieces_of(text: str, block: Span, marks: Sequence[Mark]) -> list[str]:
    """The escaped pieces of a block and the tags between them, well nested; the marks come as they start."""
    if not marks:
        return [plain(block.of(text))]
    edges = {edge for mark in marks for edge in (mark.span.start, mark.span.end) if block.start < edge < block.end}
    sweep, taken = Sweep(), 0
    live: list[Mark] = []
    cuts = [block.start, *sorted(edges)]
    for place, end in zip(cuts, [*cuts[1:], block.end], strict=True):
        live = [mark for mark in live if mark.span.end > place]
        while taken < len(marks) and marks[taken].span.start <= place:
            live.append(marks[taken])
            taken += 1
        sweep.turn(place, nesting(live))
        sweep.pieces.append(plain(text[place:end]))
    sweep.turn(block.end, [])
    return sweep.pieces


def nesting(live: list[Mark]) -> list[Mark]:
    """Outermost first; a link never holds a link, so of those that overlap the first one stays."""
    if len(live) < 2:
        return live
    chosen: list[Mark] = []
    linked = False
    for mark in sorted(live, key=lambda mark: mark.rank):
        if mark.tag == "a" and linked:
            continue
        linked = linked or mark.tag == "a"
        chosen.append(mark)
    return chosen


def hit_marks(hits: Iterable[Span], *, first: int = 0, current: int = 0) -> list[Mark]:
    """`<mark>` for each search hit, with ids like hit-1 from the number of the first on; the current one is said so."""
    return [
        Mark(span, Layer.HIT, "mark", CURRENT if first and number == current else (), f"hit-{number}" if first else "")
        for number, span in enumerate(hits, first)
    ]


def filled(pattern: str, *values: str | int, **named: str | int) -> SafeString:
    """A pattern of HTML, one of ours, with values in its places (`%s`, or `%(name)s`): escaped unless they are HTML.

    For what a page repeats many times, which a template would take ten times as long to write.
    """
    if named:
        return SafeString(pattern % {name: _piece(value) for name, value in named.items()})
    return SafeString(pattern % tuple([value if type(value) is SafeString else _piece(value) for value in values]))


def escaped(words: str) -> SafeString:
    """Words as HTML: for those that a page repeats, so that they are looked through once."""
    return SafeString(_piece(words))


def joined(pieces: Iterable[str | int], between: str = "") -> SafeString:
    """Pieces one after another, escaped unless they are HTML; `between` stands between each two."""
    written = [piece if type(piece) is SafeString else _piece(piece) for piece in pieces]
    return SafeString(_piece(between).join(written) if between else "".join(written))


def _piece(value: str | int) -> str:
    """A value as HTML. Most have nothing to escape, and to see that takes less than to escape it."""
    if isinstance(value, SafeString):
        return value
    text = value if type(value) is str else str(value)
    return html.escape(text) if SPECIAL.search(text) else text


def data_block(value: Any) -> SafeString:
    """JSON for a <script> that is data: no character in it can end the element or begin another."""
    written = json.dumps(value, ensure_ascii=False).translate(NOT_IN_SCRIPT)
    return SafeString(NOT_IN_HTML.sub("\N{REPLACEMENT CHARACTER}", written))


def snippet(extract: Snippet) -> SafeString:
    """An extract with its hits marked and an ellipsis where it is cut."""
    pieces, place = ["… " if extract.cut_before else ""], 0
    for hit in extract.hits:
        pieces += [plain(extract.text[place : hit.start]), "<mark>", plain(hit.of(extract.text)), "</mark>"]
        place = hit.end
    pieces += [plain(extract.text[place:]), " …" if extract.cut_after else ""]
    return SafeString("".join(pieces))
