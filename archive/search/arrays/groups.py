"""Rows that belong together, as the sections of a document do: those with the same number in a column.

They must stand side by side in one segment: add them one after another to a writer that keeps them `together`, and
replace them as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from archive.search.arrays.evaluation import filter_mask
from archive.search.arrays.files import Array
from archive.search.arrays.ordering import smallest
from archive.search.arrays.queries import Values
from archive.search.arrays.searcher import Hit, Part, Searcher

Blend = Callable[[Array, Array], Array]
"""Makes the score of each group: of the scores of all rows, and the places in them where the groups begin."""


class Groups(NamedTuple):
    """The groups of rising rows: their numbers, where each begins in the rows, how many rows it has."""

    numbers: Array
    starts: Array
    sizes: Array


class Group(NamedTuple):
    """A group that was found: its rows in order, and its score (0 where another order was asked for)."""

    hits: list[Hit]
    score: float


def groups_of(part: Part, column: str) -> Groups:
    numbers = part.leaf.data.numbers(column).take(part.rows)
    first = np.ones(len(numbers), bool)
    first[1:] = numbers[1:] != numbers[:-1]
    starts = np.flatnonzero(first)
    return Groups(numbers[starts], starts, np.diff(starts, append=len(numbers)))


def count_groups(parts: Sequence[Part], column: str) -> int:
    return sum(len(groups_of(part, column).starts) for part in parts)


def best_score(scores: Array, starts: Array) -> Array:
    """A group is as good as its best row."""
    best: Array = np.maximum.reduceat(scores, starts)
    return best


def falling(scores: Array, starts: Array) -> Array:
    """The scores (32-bit, not negative) of each group put in falling order."""
    group = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(scores)))
    bits = scores.view(np.int32).astype(np.int64)  # of numbers that are not negative, in the order of the numbers
    keys = np.sort(group << 32 | 0x7FFFFFFF - bits)
    return (0x7FFFFFFF - (keys & 0x7FFFFFFF)).astype(np.int32).view(np.float32)


def top_groups(
    searcher: Searcher,
    parts: Sequence[Part],
    column: str,
    end: int | None = None,
    order: Sequence[str] = (),
    blend: Blend = best_score,
) -> list[Group]:
    """The first `end` groups (None: all): by score, equal ones by number; or by columns as their first rows stand."""
    chosen, scores = [], dict[int, float]()
    for part in parts:
        if len(part.rows):
            groups = groups_of(part, column)
            values = searcher.places(part, order) if order else part.matches.scores(part.rows)
            keys = np.minimum.reduceat(values, groups.starts) if order else -blend(values, groups.starts)
            best = np.sort(smallest(np.arange(len(keys)), [keys.take, groups.numbers.take], end))
            known = np.zeros(len(best)) if order else -keys[best]
            scores.update(zip(groups.numbers[best].tolist(), known.tolist(), strict=True))
            mark = np.zeros(len(keys), bool)
            mark[best] = True
            chosen.append(part._replace(rows=part.rows[np.repeat(mark, groups.sizes)]))
    hits: dict[int, list[Hit]] = {}
    for hit in searcher.top(chosen, None, order):
        hits.setdefault(hit.number(column), []).append(hit)
    found = list(hits) if order else sorted(hits, key=lambda number: (-scores[number], number))
    return [Group(hits[number], scores[number]) for number in found[:end]]


def keyword_counts(
    parts: Sequence[Part], field: str, joined: Sequence[str] = (), column: str | None = None
) -> dict[str, int]:
    """How many of the rows (of the groups by a column) have each keyword of a field, or one of those `joined` with it.

    Keywords that none of the rows has are left out.
    """
    counts: Counter[str] = Counter()
    with_any = 0
    for part in parts:
        keywords = part.leaf.data.keywords(field)
        index = _index(part, column) if column else None
        every = keywords.counts(part.rows, index)
        if not joined:
            counts.update(every)
            continue
        mask = filter_mask(part.leaf, Values(field, tuple(joined)))[part.rows]
        beside = mask if index is None else np.bincount(index[mask], minlength=len(mask))[index] > 0
        with_any += int(beside.sum()) if index is None else len(np.unique(index[beside]))
        rest = keywords.counts(part.rows[~beside], None if index is None else index[~beside])
        counts.update({word: rest.get(word, 0) for word in every})
    return {word: count + with_any for word, count in counts.items()} if joined else counts


def _index(part: Part, column: str) -> Array:
    """For each row the place of its group among those found."""
    groups = groups_of(part, column)
    return np.repeat(np.arange(len(groups.sizes)), groups.sizes)


def number_counts(searcher: Searcher, parts: Sequence[Part], field: str, column: str) -> dict[int, int]:
    """How many groups have each number in a column that is alike for all rows of a group, its default left out."""
    firsts = [part._replace(rows=part.rows[groups_of(part, column).starts]) for part in parts]
    return searcher.numbers(firsts, field)
