"""Finds the most plausible outline: a beam search over the stack of open series.

For each candidate, in the order of the text, every kept hypothesis may pass it over, let it go on with one of the open
series (closing those below), open a series below the innermost member, or open another series in place of an open one.
Scores add up; hypotheses with the same open series are merged. The number of hypotheses is bounded, and so is the time:
it is linear in the number of candidates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.analysis.markers import Candidate, Reading
from archive.analysis.outline_moves import Move, Series, State, Step, closing_costs, moves
from archive.analysis.outline_weights import passing_cost, worth

_BEAM = 12
# candidates times hypotheses: a text of nothing but markers gets fewer of them
_WORK = 36_000


@dataclass(frozen=True, slots=True)
class Member:
    """A candidate in its place of the outline. `depth` counts from 0; `lost` counts missing outer levels."""

    candidate: Candidate
    reading: Reading
    depth: int
    opens: bool
    gain: float


def best_outline(candidates: Sequence[Candidate]) -> tuple[Member, ...]:
    """The members of the best outline, in the order of the text."""
    beam = max(2, min(_BEAM, _WORK // (len(candidates) + 1)))
    states = [State(0.0, (), None, {}, ())]
    for at, candidate in enumerate(candidates):
        states = _followers(states, at, candidate, beam)
    best = max(states, key=lambda state: state.score - closing_costs(state.stack)[0])
    return tuple(reversed(list(_members(best.step, candidates))))


def _members(step: Step | None, candidates: Sequence[Candidate]) -> Iterator[Member]:
    while step:
        yield Member(candidates[step.at], step.reading, step.depth, step.opens, step.gain)
        step = step.before


def _followers(states: list[State], at: int, candidate: Candidate, beam: int) -> list[State]:
    """The best hypotheses with one more candidate, best first, no two with the same open series."""
    worths = [(reading, worth(candidate, reading)) for reading in candidate.found.readings]
    passed = passing_cost(value for _, value in worths)
    choices: list[tuple[float, State | Move]] = []
    for state in states:
        choices.append((state.score - passed, state))
        choices += [(move.score, move) for move in moves(state, candidate, worths)]
    choices.sort(key=lambda choice: -choice[0])
    kept: dict[tuple[Series, ...], State] = {}
    for score, choice in choices:
        stack = choice.stack if isinstance(choice, State) else (*choice.state.stack[: choice.depth], choice.series)
        if stack not in kept:
            kept[stack] = choice._replace(score=score) if isinstance(choice, State) else _taken(choice, stack, at)
            if len(kept) == beam:
                break
    return list(kept.values())


def _taken(move: Move, stack: tuple[Series, ...], at: int) -> State:
    state, depth, series = move.state, move.depth, move.series
    first = depth if move.opens else depth + 1
    closed, style = state.closed, state.style
    if len(state.stack) > first:
        gone = enumerate(state.stack[first:], first)
        closed = closed | {shape: (old.value, place) for place, old in gone for shape in (old.first, old.shape)}
    if move.opens and (depth >= len(style) or style[depth] != series.shape):
        style = (*style[:depth], series.shape, *style[depth + 1 :])
    step = Step(state.step, at, depth, move.reading, move.gain, move.opens)
    return State(move.score, stack, step, closed, style)
