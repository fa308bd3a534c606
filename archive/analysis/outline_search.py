"""Finds the most plausible outline: a beam search over the stack of open series.

For each candidate, in the order of the text, every kept hypothesis may pass it over, let it go on with one of the open
series (closing those below), open a series below the innermost member, or open another series in place of an open one.
Scores add up; hypotheses with the same open series are merged. The number of hypotheses is bounded, and so is the time:
it is linear in the number of candidates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.analysis.markers import NEXT, Candidate, Reading, Shape, Where
from archive.analysis.outline_weights import (
    NEVER,
    STATUTE,
    alone_cost,
    below_cost,
    gap_cost,
    likeness,
    opening_cost,
    parallel,
    passing_cost,
    worth,
)

_BEAM = 12
_WORK = 60_000
_MAX_DEPTH = 8
_GOES_ON = 1.5
_RESUMES = -0.8


class Series(NamedTuple):
    """An open series: the shape of its first and of its last member, the last number, how many, and where."""

    first: Shape
    shape: Shape
    value: int
    members: int
    line: bool
    paragraph: int
    tag: str
    alone: bool
    opening: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class Member:
    """A candidate in its place of the outline. `depth` counts from 0; `lost` counts missing outer levels."""

    candidate: Candidate
    reading: Reading
    depth: int
    opens: bool
    gain: float


# the outer series of a text that starts in the middle of its first member
_LOST = Series(Shape.LOST, Shape.LOST, 0, 2, True, 0, "", False, ())
_LOST_COST = 2.2


def best_outline(candidates: Sequence[Candidate]) -> tuple[Member, ...]:
    """The members of the best outline, in the order of the text."""
    beam = max(2, min(_BEAM, _WORK // (len(candidates) + 1)))
    states = [State(0.0, (), None, {}, ())]
    for index, candidate in enumerate(candidates):
        states = _kept(_followers(states, index, candidate), beam)
    best = max(states, key=lambda state: state.score - _closing(state.stack))
    return tuple(reversed(list(_members(best.step, candidates))))


def _members(step: Step | None, candidates: Sequence[Candidate]) -> Iterator[Member]:
    while step:
        yield Member(candidates[step.at], step.reading, step.depth, step.opens, step.gain)
        step = step.before


def _kept(states: Iterator[State], beam: int) -> list[State]:
    best: dict[tuple[Series, ...], State] = {}
    for state in states:
        other = best.get(state.stack)
        if other is None or state.score > other.score:
            best[state.stack] = state
    return sorted(best.values(), key=lambda state: -state.score)[:beam]


def _followers(states: list[State], index: int, candidate: Candidate) -> Iterator[State]:
    worths = [(reading, worth(candidate, reading)) for reading in candidate.found.readings]
    passed = passing_cost(value for _, value in worths)
    for state in states:
        yield state._replace(score=state.score - passed)
        for reading, value in worths:
            yield from _continued(state, index, candidate, reading, value)
            if reading.value != NEXT or reading.shape is Shape.HEADING:
                yield from _opened(state, index, candidate, reading, value)


def _closing(stack: Sequence[Series]) -> float:
    """What it costs to close these series now."""
    return sum(alone_cost(series.first, series.line) for series in stack if series.members == 1)


def _continued(state: State, index: int, here: Candidate, reading: Reading, value: float) -> Iterator[State]:
    stack = state.stack
    for depth in range(len(stack)):
        series = stack[depth]
        gap = reading.value - series.value
        lost = series.shape is Shape.LOST
        if reading.value != NEXT and not 0 <= gap <= (40 if lost else 6):
            continue
        like = max(likeness(series.first, reading.shape) - 0.1, likeness(series.shape, reading.shape))
        if like <= NEVER or series.tag != here.found.tag:
            continue
        gain = value + _GOES_ON + like - _gap(series, reading) - _strain(series, here)
        gain += parallel(series.opening, here.opening) - _closing(stack[depth + 1 :])
        number = reading.value or series.value + 1
        longer = series._replace(
            shape=reading.shape,
            value=number,
            members=min(series.members + 1, 2),
            paragraph=here.paragraph,
            alone=here.alone,
            opening=here.opening,
        )
        yield _stepped(state, depth, longer, Step(state.step, index, depth, reading, gain, False), gain)


def _gap(series: Series, reading: Reading) -> float:
    if series.shape is Shape.LOST:
        return 0.3 if reading.value > 1 else 6.0
    return 0.6 if reading.shape is Shape.HEADING else gap_cost(series.value, reading.value, series.members)


def _strain(series: Series, here: Candidate) -> float:
    """Members inside a paragraph rarely go on in another one, nor mix with members that start lines."""
    line = here.where is Where.LINE
    if series.line and line and series.shape is not Shape.LOST:
        return 0.9 if series.alone != here.alone else -0.3
    if series.line and not line:
        return 1.2
    if not series.line and line:
        return 0.8
    return 0.6 if not line and here.paragraph != series.paragraph else 0.0


def _opened(state: State, index: int, here: Candidate, reading: Reading, value: float) -> Iterator[State]:
    stack = state.stack
    line = here.where is Where.LINE
    fresh = Series(
        reading.shape,
        reading.shape,
        reading.value or 1,
        1,
        line,
        here.paragraph,
        here.found.tag,
        here.alone,
        here.opening,
    )
    for depth in range(min(len(stack), _MAX_DEPTH - 1), -1, -1):
        start = _start_cost(state, depth, reading)
        if start > 20:
            continue
        gain = value - start - _closing(stack[depth:]) + _habit(state, depth, reading.shape)
        if depth:
            gain -= _below(stack[depth - 1], fresh, here)
        if depth < len(stack):
            gain -= _replacing(stack[depth], fresh, here)
        if gain > -8:
            yield _stepped(state, depth, fresh, Step(state.step, index, depth, reading, gain, True), gain)
    if state.step is None and reading.shape not in STATUTE:
        below = state._replace(stack=(_LOST,))
        gain = value - _LOST_COST - opening_cost(reading.value, True)
        yield _stepped(below, 1, fresh, Step(None, index, 1, reading, gain, True), gain)


def _start_cost(state: State, depth: int, reading: Reading) -> float:
    closed = state.closed.get(reading.shape)
    resumes = closed is not None and reading.value == closed[0] + 1 and closed[1] == depth
    if resumes and reading.value > 1:
        return _RESUMES
    if reading.shape is Shape.HEADING:
        return 0.8
    return opening_cost(reading.value, state.step is None)


def _habit(state: State, depth: int, shape: Shape) -> float:
    """Series of one depth are mostly written in one way."""
    if depth < len(state.style) and state.style[depth] == shape:
        return 0.7
    return -0.5 if shape in state.style else 0.0


def _below(parent: Series, fresh: Series, here: Candidate) -> float:
    if fresh.shape is Shape.DOTTED:
        stem = f"{parent.tag}.{parent.value}".lstrip(".")
        return 0.0 if stem == fresh.tag else 3.0
    inline = not fresh.line
    cost = min(below_cost(parent.shape, fresh.shape, inline), below_cost(parent.first, fresh.shape, inline))
    if not parent.line and fresh.line:
        cost += 2.0
    elif not parent.line and here.paragraph != parent.paragraph:
        cost += 1.5
    return cost


def _replacing(old: Series, fresh: Series, here: Candidate) -> float:
    """Another series beside an old one, under the same parent: after a lead-in of its own."""
    if fresh.shape is Shape.ATTACHMENT:
        return 0.0 if old.shape is not Shape.ATTACHMENT else 3.0
    if old.shape is fresh.shape is Shape.DOTTED or (not old.line and here.paragraph != old.paragraph):
        return 0.3
    cost = 1.8 if old.first is fresh.first else 2.6
    return cost - (0.9 if here.where is Where.COLON or fresh.first in STATUTE else 0.0)


def _stepped(state: State, depth: int, series: Series, step: Step, gain: float) -> State:
    gone = state.stack[depth:] if step.opens else state.stack[depth + 1 :]
    closed = state.closed
    if gone:
        first = depth if step.opens else depth + 1
        closed = closed | {
            shape: (old.value, at) for at, old in enumerate(gone, first) for shape in (old.first, old.shape)
        }
    style = state.style
    if step.opens and (depth >= len(style) or style[depth] != series.shape):
        style = (*style[:depth], series.shape, *style[depth + 1 :])
    return State(state.score + gain, (*state.stack[:depth], series), step, closed, style)
