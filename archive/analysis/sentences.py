"""Paragraphs, sentences and clauses as spans: the units that a directive can be.

Made for text that was translated by machine or wrapped at a fixed width: a full stop in the middle of a phrase
("the gate of the. Compound"), before a comma or before a small letter ends nothing, and neither does one inside
quotation marks or brackets. Every unit is stripped of white space; all spans are in order and do not overlap.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.analysis.lines import Line, find_lines
from archive.analysis.sentences_quotes import enclosed
from archive.analysis.sentences_stops import ends_sentence, greeting_end
from archive.spans import Span

_STOP = re.compile(r"[.!?…]+|[。！？!?…]+")
_SEMICOLON = re.compile(r"[;；]")
_CLOSERS = "\"”’')）]】」』"
_SOFT_END = re.compile(r"[,，、]$")
_HARD_END = re.compile(r"[.!?:;。！？：；…][\"'”’」』）)\]]*$")
_GOES_ON = re.compile(r"(?:[a-z]+['’]?[a-z]*[ ,.;)]|[,，、；)）])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its clauses between semicolons (one or more), and the number of its paragraph within the text."""

    span: Span
    clauses: tuple[Span, ...]
    paragraph: int


def split(text: str, pieces: Iterable[Span], language: str) -> tuple[tuple[Sentence, ...], ...]:
    """The sentences of each piece; no sentence crosses from one piece into the next."""
    lines = find_lines(text)
    starts = [line.span.start for line in lines]
    number = 0
    found = []
    for piece in pieces:
        sentences: list[Sentence] = []
        for paragraph in _paragraphs(text, piece, lines, starts):
            number += 1
            sentences.extend(_sentences(text, paragraph, number, language))
        found.append(tuple(sentences))
    return tuple(found)


def _paragraphs(text: str, piece: Span, lines: tuple[Line, ...], starts: list[int]) -> Iterator[Span]:
    """Lines that only a wrap parts are one paragraph."""
    current: Span | None = None
    for index in range(max(0, bisect_left(starts, piece.start) - 1), len(lines)):
        if starts[index] >= piece.end:
            break
        start, end = max(starts[index], piece.start), min(lines[index].span.end, piece.end)
        if start >= end or not text[start:end].strip():
            continue
        here = Span(start, end).strip(text)
        if current is not None and _continues(text, current, here, lines[index]):
            current = Span(current.start, here.end)
            continue
        if current is not None:
            yield current
        current = here
    if current is not None:
        yield current


def _continues(text: str, before: Span, here: Span, line: Line) -> bool:
    if line.after_gap:
        return False
    tail = text[max(before.start, before.end - 3) : before.end]
    if not line.opens:
        return not tail.endswith((":", "："))
    if _SOFT_END.search(tail):
        return True
    return not _HARD_END.search(tail) and bool(_GOES_ON.match(text, here.start, here.end))


def _sentences(text: str, paragraph: Span, number: int, language: str) -> Iterator[Sentence]:
    start = paragraph.start
    pairs = enclosed(text, paragraph)
    pair_ends = [pair.end for pair in pairs]
    greeted = greeting_end(text, paragraph, language)
    ends = (end for end in _ends(text, paragraph, pairs, language) if end > greeted)
    for end in (greeted, *ends, paragraph.end):
        span = Span(start, max(start, end)).strip(text)
        start = max(start, end)
        if len(span):
            yield Sentence(span, _clauses(text, span, pairs, bisect_right(pair_ends, span.start)), number)


def _ends(text: str, paragraph: Span, pairs: tuple[Span, ...], language: str) -> Iterator[int]:
    at = 0
    for match in _STOP.finditer(text, paragraph.start, paragraph.end):
        while at < len(pairs) and pairs[at].end <= match.start():
            at += 1
        inside = at < len(pairs) and pairs[at].start <= match.start()
        if inside and text[match.end() : pairs[at].end].strip(_CLOSERS + " "):
            continue
        end = pairs[at].end if inside else _after_closers(text, match.end(), paragraph.end)
        if ends_sentence(text, match.start(), end, paragraph, language):
            yield end


def _after_closers(text: str, at: int, limit: int) -> int:
    while at < limit and text[at] in "”’）)]】」』":
        at += 1
    return at


def _clauses(text: str, span: Span, pairs: tuple[Span, ...], at: int) -> tuple[Span, ...]:
    """`at` is the first of the pairs that ends inside the sentence."""
    cuts = [span.start]
    for match in _SEMICOLON.finditer(text, span.start, span.end):
        while at < len(pairs) and pairs[at].end <= match.start():
            at += 1
        if not (at < len(pairs) and pairs[at].start <= match.start()):
            cuts.append(match.end())
    cuts.append(span.end)
    clauses = (Span(a, b).strip(text) for a, b in itertools.pairwise(cuts))
    return tuple(clause for clause in clauses if len(clause))
