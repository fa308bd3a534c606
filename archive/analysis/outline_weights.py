"""What speaks for and against an outline, as numbers that add up (roughly logarithms of odds).

A marker is judged by its shape and its place; a step of the search by how well the marker goes on with a series,
opens one below another, or closes one. The figures were set by hand on labelled documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from archive.analysis.markers import Candidate, Reading, Shape, Where

S = Shape
STATUTE = (S.PART, S.CHAPTER, S.SECTION, S.ARTICLE)
BRACKETS = {S.HAN_PAREN, S.DIGIT_PAREN, S.UPPER_PAREN, S.LOWER_PAREN, S.ROMAN_PAREN, S.SMALL_ROMAN_PAREN, S.WORD_PAREN}
_HALVES = {S.HAN_HALF, S.DIGIT_HALF, S.LETTER_HALF, S.ROMAN_HALF}
WORDS = {S.ORDINAL, S.WORD_COMMA, S.IS, S.BARE_ORDINAL}
_PLAIN = {S.HAN_COMMA, S.DIGIT_DOT, S.UPPER_DOT, S.LOWER_DOT, S.ROMAN_DOT, S.SMALL_ROMAN_DOT}
_LONERS = {S.ATTACHMENT, S.HEADING, S.LABEL, S.DOTTED, *STATUTE}
NEVER = -50.0

_BASE = {
    **dict.fromkeys(STATUTE, 1.8),
    **dict.fromkeys(BRACKETS, 0.9),
    **dict.fromkeys(_HALVES, 0.2),
    S.ATTACHMENT: 2.5,
    S.HEADING: -0.2,
    S.LABEL: 0.5,
    S.DOTTED: 0.8,
    S.HAN_COMMA: 1.0,
    S.DIGIT_DOT: 0.4,
    S.UPPER_DOT: 0.2,
    S.LOWER_DOT: 0.0,
    S.ROMAN_DOT: 0.4,
    S.SMALL_ROMAN_DOT: 0.0,
    S.WORD_COMMA: 0.6,
    S.ORDINAL: 1.0,
    S.IS: 0.6,
    S.BARE_ORDINAL: -1.5,
    S.CIRCLED: 1.5,
}
_PLACE = {
    Where.LINE: 1.5,
    Where.WRAP: -0.5,
    Where.SENTENCE: 0.5,
    Where.COLON: 0.2,
    Where.SEMICOLON: 0.2,
    Where.COMMA: -1.2,
    Where.MIDDLE: -2.5,
}
# outer shapes first; a series that lies below another mostly has a later shape
_RANK = {
    S.PART: 0,
    S.CHAPTER: 1,
    S.SECTION: 2,
    S.ARTICLE: 3,
    S.ATTACHMENT: 0,
    S.HEADING: 3,
    S.HAN_COMMA: 4,
    S.ROMAN_DOT: 4,
    S.HAN_PAREN: 5,
    S.UPPER_DOT: 5,
    S.WORD_PAREN: 5,
    S.DIGIT_DOT: 6,
    S.DIGIT_PAREN: 7,
    S.UPPER_PAREN: 7,
    S.LOWER_DOT: 7,
    S.DIGIT_HALF: 8,
    S.LOWER_PAREN: 7,
    S.CIRCLED: 9,
}


def worth(candidate: Candidate, reading: Reading) -> float:
    """How much a marker looks like one, by itself."""
    shape, where = reading.shape, candidate.where
    value = _BASE[shape] + _PLACE[where] + candidate.found.weight
    if where is Where.COLON:
        value += 0.6 if reading.value == 1 else -0.6
        value += 0.9 if candidate.announced else 0.0
    elif where is Where.SEMICOLON and reading.value != 1:
        value += 0.5
    elif where is Where.MIDDLE and (shape in BRACKETS or shape is S.CIRCLED):
        value += 1.6
    elif where is Where.MIDDLE and shape in STATUTE:
        value -= 1.5
    elif where is Where.COMMA and not candidate.found.weight and shape in (S.IS, S.ORDINAL):
        value += 0.5
    return value - (1.0 if candidate.quoted else 0.0)


def passing_cost(worths: Iterable[float]) -> float:
    """What it costs to pass over something that looks very much like a marker."""
    return 0.7 * max(0.0, max(worths, default=0.0) - 0.9)


@cache
def likeness(one: Shape, other: Shape) -> float:
    """How well a marker goes on with a series written like `one`."""
    if one == other:
        return 1.0
    pair = {one, other}
    if S.LOST in pair:
        return -0.4 if pair <= {*_PLAIN, *WORDS, *STATUTE, S.LOST} else -1.0
    if pair & set(_LONERS):
        return 0.3 if pair == {S.ARTICLE, S.BARE_ORDINAL} else NEVER
    for group, value in ((BRACKETS, 0.4), (WORDS, 0.4), (_HALVES, 0.2)):
        if pair <= group:
            return value
    if pair <= _PLAIN:
        return -1.0 if pair & {S.UPPER_DOT, S.LOWER_DOT, S.SMALL_ROMAN_DOT} else -0.3
    if pair <= _PLAIN | WORDS:
        return -1.2 if S.IS in pair else -0.3
    return -1.2 if pair <= BRACKETS | _HALVES else -1.8


def parallel(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """What it adds that two members are worded alike (在“知”字上 … 在“治”字上 …)."""
    length = max(len(one), len(other))
    same = sum(a == b for a, b in zip(one, other, strict=False))
    if length < 3 or same < 2:
        return 0.2 if same and one[0] == other[0] else 0.0
    share = same / length
    return 3.2 if length > 3 and 0.8 < share < 1 else 1.0 if share > 0.6 else 0.3


def gap_cost(last: int, value: int, members: int) -> float:
    """What it costs to go on from `last` to `value`: nothing for the next number."""
    if not value:
        return 0.8 if members > 1 else 2.2
    gap = value - last
    if gap == 1:
        return 0.0
    if gap <= 0:
        return 5.0 - gap
    return 1.3 + 0.6 * (gap - 1)


def opening_cost(value: int, first: bool) -> float:
    """What it costs that a series starts with this number; a text may begin in the middle of one (`first`)."""
    if value == 1:
        return 0.8
    if not value:
        return 6.0
    return 1.6 + 0.15 * min(value, 8) if first else 3.2 + 0.25 * min(value, 8)


def alone_cost(shape: Shape, where_line: bool, announced: bool) -> float:
    """What it costs that a series has one member only; less after words that promised a list."""
    if shape in STATUTE or shape in (S.ATTACHMENT, S.DOTTED):
        return 0.0
    if shape is S.HEADING:
        return 3.0
    if where_line and shape in (S.HAN_COMMA, S.ROMAN_DOT):
        return 1.0
    return 0.5 if announced else 2.0 if where_line else 3.0


def _statute_below(parent: Shape, child: Shape) -> float:
    """章, 节, 条 lie in that order; in bylaws sections lie below articles."""
    if parent in STATUTE:
        if (parent, child) == (S.ARTICLE, S.SECTION):
            return 1.0
        return 0.0 if _RANK[child] > _RANK[parent] else -NEVER
    if child is S.ARTICLE and parent in _PLAIN | WORDS:
        return 0.3
    return 0.0 if parent in (S.ATTACHMENT, S.HEADING) else 4.0


@cache
def below_cost(parent: Shape, child: Shape, inline: bool) -> float:
    """What it costs that a series lies below a member written like `parent`."""
    if S.LOST in (parent, child):
        return 0.0
    if child in STATUTE:
        return _statute_below(parent, child)
    if child is S.ATTACHMENT:
        return -NEVER
    if child is S.HEADING and parent is not S.HEADING:
        return 1.5 if parent in STATUTE or parent in (S.HAN_COMMA, S.ROMAN_DOT, S.ATTACHMENT) else 3.0
    if parent is child:
        return 0.5 if inline or child in WORDS else 2.0
    if child is S.DIGIT_DOT and parent in BRACKETS:
        return 0.2
    rank = _RANK.get(child), _RANK.get(parent)
    if rank[0] is not None and rank[1] is not None and rank[0] < rank[1]:
        return 1.0 if child not in (S.HAN_COMMA, S.HEADING) else 2.0
    return 0.0
