"""The steps by which an outline may take in one more marker, each with what it gains or costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archive.analysis.markers import NEXT, Candidate, Reading, Shape, Where
from archive.analysis.outline_weights import (
    NEVER,
    STATUTE,
    WORDS,
    alone_cost,
    below_cost,
    gap_cost,
    likeness,
    opening_cost,
    parallel,
)

_MAX_DEPTH = 8
_GOES_ON = 1.5
_RESUMES = -0.8
# a second series of the first level, for a text that goes on after its outline
_TOP_AGAIN = 1.0
# a step that costs more than this is not worth keeping
_TOO_BAD = -8.0


class Series(NamedTuple):
    """An open series: the shape of its first and of its last member, the last number, how many, and where."""

    first: Shape
    shape: Shape
    value: int
    members: int
    line: bool
    last_line: bool
    paragraph: int
    tag: str
    alone: bool
    opening: tuple[str, ...]
    announced: bool


class Step(NamedTuple):
    """A member that a hypothesis accepted; the chain of `before` is its outline."""

    before: Step | None
    at: int
    depth: int
    reading: Reading
    gain: float
    opens: bool


class State(NamedTuple):
    """A hypothesis: its score, the open series from the outside in, its last step, and what it remembers.

    `closed` is the last number of the series of each shape that was closed, with its depth (they may be resumed);
    `style` is the shape that was last used at each depth.
    """

    score: float
    stack: tuple[Series, ...]
    step: Step | None
    closed: dict[Shape, tuple[int, int]]
    style: tuple[Shape, ...]


class Move(NamedTuple):
    """A step not yet taken: from `state`, `series` becomes the innermost one at `depth`."""

    score: float
    state: State
    depth: int
    series: Series
    reading: Reading
    gain: float
    opens: bool


# the outer series of a text that starts in the middle of its first member
_LOST = Series(Shape.LOST, Shape.LOST, 0, 2, True, True, 0, "", False, (), False)
_LOST_COST = 2.2


def moves(state: State, here: Candidate, worths: Sequence[tuple[Reading, float]]) -> Iterator[Move]:
    """Every way in which this hypothesis can take the candidate in."""
    closing = closing_costs(state.stack)
    for reading, value in worths:
        yield from _continued(state, here, reading, value, closing)
        if reading.value != NEXT or reading.shape is Shape.HEADING:
            yield from _opened(state, here, reading, value, closing)


def closing_costs(stack: Sequence[Series]) -> list[float]:
    """What it costs to close the series from each depth on; the last figure (nothing to close) is 0."""
    costs = [0.0] * (len(stack) + 1)
    for depth in range(len(stack) - 1, -1, -1):
        series = stack[depth]
        costs[depth] = costs[depth + 1] + (
            alone_cost(series.first, series.line, series.announced) if series.members == 1 else 0.0
        )
    return costs


def _continued(
    state: State, here: Candidate, reading: Reading, value: float, closing: Sequence[float]
) -> Iterator[Move]:
    for depth, series in enumerate(state.stack):
        gap = reading.value - series.value
        if reading.value != NEXT and not 0 <= gap <= (40 if series.shape is Shape.LOST else 6):
            continue
        like = max(likeness(series.first, reading.shape) - 0.1, likeness(series.shape, reading.shape))
        if like <= NEVER or series.tag != here.found.tag:
            continue
        gain = value + _GOES_ON + like - _gap(series, reading) - _strain(series, here)
        gain += parallel(series.opening, here.opening) - closing[depth + 1]
        if series.shape is Shape.LOST and _goes_on_below(state.stack[depth + 1 :], here, reading):
            gain -= _LOST_COST
        if gain > _TOO_BAD:
            longer = _longer(series, here, reading)
            yield Move(state.score + gain, state, depth, longer, reading, gain, False)


def _goes_on_below(below: Sequence[Series], here: Candidate, reading: Reading) -> bool:
    """True where the marker is written and placed like the series below: hardly a lost outer one, then."""
    line = here.where is Where.LINE
    return any(series.first is reading.shape and series.last_line == line for series in below[:1])


def _longer(series: Series, here: Candidate, reading: Reading) -> Series:
    return Series(
        reading.shape if series.first is Shape.LOST else series.first,
        reading.shape,
        reading.value or series.value + 1,
        2,
        series.line,
        here.where is Where.LINE,
        here.paragraph,
        series.tag,
        here.alone,
        here.opening,
        series.announced,
    )


def _gap(series: Series, reading: Reading) -> float:
    if series.shape is Shape.LOST:
        return 0.3 if reading.value > 1 else 6.0
    return 0.6 if reading.shape is Shape.HEADING else gap_cost(series.value, reading.value, series.members)


def _strain(series: Series, here: Candidate) -> float:
    """Members inside a paragraph rarely go on in another one, nor mix with members that start lines."""
    line = here.where is Where.LINE
    if series.last_line and line and series.shape is not Shape.LOST:
        return 0.9 if series.alone != here.alone else -0.3
    if series.last_line and not line:
        return 1.2
    if not series.last_line and line:
        return 0.8
    return 0.6 if not line and here.paragraph != series.paragraph else 0.0


def _opened(state: State, here: Candidate, reading: Reading, value: float, closing: Sequence[float]) -> Iterator[Move]:
    stack, shape = state.stack, reading.shape
    fresh = _fresh(here, reading)
    for depth in range(min(len(stack), _MAX_DEPTH - 1), -1, -1):
        gain = value - _start_cost(state, depth, reading) - closing[depth] + _habit(state, depth, shape)
        if gain > _TOO_BAD and depth:
            gain -= _below(stack[depth - 1], fresh, here)
        if gain > _TOO_BAD and depth < len(stack):
            gain -= _replacing(stack[depth], fresh, here, depth)
        if gain > _TOO_BAD:
            yield Move(state.score + gain, state, depth, fresh, reading, gain, True)
    if state.step is None and shape not in STATUTE and shape is not Shape.HEADING:
        gain = value - _LOST_COST - opening_cost(reading.value, True)
        below = state._replace(stack=(_LOST,))
        yield Move(state.score + gain, below, 1, fresh, reading, gain, True)


def _fresh(here: Candidate, reading: Reading) -> Series:
    return Series(
        reading.shape,
        reading.shape,
        reading.value or 1,
        1,
        here.where is Where.LINE,
        here.where is Where.LINE,
        here.paragraph,
        here.found.tag,
        here.alone,
        here.opening,
        here.announced and reading.value == 1,
    )


def _start_cost(state: State, depth: int, reading: Reading) -> float:
    closed = state.closed.get(reading.shape)
    same_place = closed is not None and (closed[1] == depth or reading.shape in STATUTE)
    resumes = closed is not None and reading.value == closed[0] + 1 and same_place
    if resumes and reading.value > 1:
        return _RESUMES
    if reading.shape is Shape.HEADING:
        return 0.8
    return opening_cost(reading.value, state.step is None)


def _habit(state: State, depth: int, shape: Shape) -> float:
    """Series of one depth are mostly written in one way."""
    if depth < len(state.style) and state.style[depth] == shape:
        return 0.7
    return -0.5 if shape in state.style and shape not in WORDS else 0.0


def _below(parent: Series, fresh: Series, here: Candidate) -> float:
    if fresh.shape is Shape.DOTTED:
        stem = f"{parent.tag}.{parent.value}".lstrip(".")
        return 0.0 if stem == fresh.tag else 3.0
    inline = not fresh.line
    cost = min(below_cost(parent.shape, fresh.shape, inline), below_cost(parent.first, fresh.shape, inline))
    if fresh.announced:
        cost = min(cost, 0.5)
    if not parent.line and fresh.line:
        cost += 2.0
    elif not parent.line and here.paragraph != parent.paragraph:
        cost += 1.5
    return cost


def _replacing(old: Series, fresh: Series, here: Candidate, depth: int) -> float:
    """Another series beside an old one, under the same parent: after a lead-in of its own."""
    if fresh.shape is Shape.ATTACHMENT:
        return 0.0 if old.shape is not Shape.ATTACHMENT else 3.0
    if fresh.shape is Shape.HEADING:
        return 1.0
    if old.shape is fresh.shape is Shape.DOTTED or (not old.line and here.paragraph != old.paragraph):
        return 0.3
    cost = (1.8 if old.first is fresh.first else 2.6) + (0.0 if depth else _TOP_AGAIN)
    return cost - (0.9 if here.where is Where.COLON or fresh.first in STATUTE else 0.0)
