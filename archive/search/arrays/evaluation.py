"""A query over the arrays of one segment. What is not known here is left to Whoosh's own matchers.

Scores are those of Whoosh: a conjunction and a phrase have the sum of their parts, a disjunction and a prefix the sum
of the parts that match, a keyword, a negation and "every row" 1, and filters 0.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from whoosh import query as whoosh_query
from whoosh.query import Query

from archive.search.arrays import places, queries
from archive.search.arrays.files import Array
from archive.search.arrays.leaves import Leaf
from archive.search.arrays.matches import (
    NO_ROWS,
    AllOf,
    AnyOf,
    Flat,
    Matches,
    Scored,
    boosted,
    marked,
    rows_where,
    shared,
    union,
)


def evaluate(leaf: Leaf, query: Query) -> Matches:
    """The rows of a query in a segment, deleted ones perhaps among them."""
    known = _KNOWN.get(type(query))
    found = known(leaf, query) if known else None
    return _by_matcher(leaf, query) if found is None else found


def _term(leaf: Leaf, query: whoosh_query.Term) -> Matches:
    word = query.text if isinstance(query.text, bytes) else query.text.encode()
    if query.fieldname in leaf.data.names("keywords"):
        column = leaf.data.keywords(query.fieldname)
        number = column.words.number(word)
        return Flat(column.docs[column.range(number, number + 1)] if number >= 0 else NO_ROWS, query.boost)
    return boosted(leaf.term(query.fieldname, word), query.boost)


def _prefix(leaf: Leaf, query: whoosh_query.Prefix) -> Matches | None:
    if not query.text or query.fieldname in leaf.data.names("keywords"):
        return None
    found = leaf.prefix(query.fieldname, query.text.encode())
    low, high = leaf.data.text(query.fieldname).words.begins(query.text.encode())
    return found if high - low == 1 else boosted(found, query.boost)  # Whoosh drops the boost of a single term


def _and(leaf: Leaf, query: whoosh_query.And) -> Matches:
    subqueries = list(query)
    if len(subqueries) == 1:
        return evaluate(leaf, subqueries[0])
    filters = [each for each in subqueries if isinstance(each, _FILTERS)]
    parts = _together(leaf, [each for each in subqueries if not isinstance(each, _FILTERS)])
    masks = [filter_mask(leaf, each) for each in filters]
    if not parts:
        return Flat(rows_where(np.logical_and.reduce(masks))) if masks else Flat(NO_ROWS)
    rows = min((part.rows for part in parts), key=len)
    for part in sorted(parts, key=lambda part: len(part.rows)):
        rows = shared(rows, part.rows, leaf.rows)
    for mask in masks:
        rows = rows[mask[rows]]
    return boosted(AllOf(rows, parts), query.boost)


def _together(leaf: Leaf, subqueries: Sequence[Query]) -> list[Matches]:
    """The parts of a conjunction. Once one of them has no row, the others are not looked at."""
    parts: list[Matches] = []
    for subquery in sorted(subqueries, key=lambda each: not isinstance(each, whoosh_query.Term)):
        part = evaluate(leaf, subquery)
        if not len(part.rows):
            return [part]
        parts.append(part)
    return parts


def _or(leaf: Leaf, query: whoosh_query.Or) -> Matches | None:
    subqueries = list(query)
    if query.scale or query.minmatch:
        return None
    if len(subqueries) == 1:
        return evaluate(leaf, subqueries[0])
    parts = [part for part in (evaluate(leaf, each) for each in subqueries) if len(part.rows)]
    if not parts:
        return Flat(NO_ROWS)
    return boosted(AnyOf(union([part.rows for part in parts], leaf.rows), parts, leaf.rows), query.boost)


def _not(leaf: Leaf, query: whoosh_query.Not) -> Matches:
    mark = marked(evaluate(leaf, query.query).rows, leaf.rows)
    return Flat(rows_where(~mark), 1.0)


def _and_not(leaf: Leaf, query: whoosh_query.AndNot) -> Matches:
    matches = evaluate(leaf, query.a)
    excluded = marked(evaluate(leaf, query.b).rows, leaf.rows)
    return AllOf(matches.rows[~excluded[matches.rows]], [matches])


def _every(leaf: Leaf, query: whoosh_query.Every) -> Matches | None:
    return None if query.fieldname else Flat(leaf.all_rows(), query.boost)


def _null(leaf: Leaf, query: Query) -> Matches:
    return Flat(NO_ROWS)


def _phrase(leaf: Leaf, query: whoosh_query.Phrase) -> Matches | None:
    if query.slop != 1 or query.fieldname not in leaf.data.names("text"):
        return None
    words = [word if isinstance(word, bytes) else word.encode() for word in query.words]
    if not words or any(leaf.number(query.fieldname, word) < 0 for word in words):
        return Flat(NO_ROWS)
    steps = [(offset, word_places(leaf, query.fieldname, word)) for offset, word in enumerate(words)]
    _, rows = beginnings(leaf, steps)
    return boosted(AllOf(_distinct(rows), [leaf.term(query.fieldname, word) for word in words]), query.boost)


def _sequence(leaf: Leaf, query: queries.Sequence) -> Matches:
    parts = [step_rows(leaf, step) for step in dict.fromkeys(_unplaced(step) for step in query.steps)]
    if len(query.steps) == 1:
        return parts[0]
    if not all(len(part.rows) for part in parts):
        return Flat(NO_ROWS)
    return AllOf(_distinct(sequence_places(leaf, query)[1]), parts)


def _unplaced(step: queries.Step) -> queries.Step:
    return queries.Step(step.field, step.text, 0, step.open_end)


def step_rows(leaf: Leaf, step: queries.Step) -> Matches:
    word = step.text.encode()
    return leaf.prefix(step.field, word) if step.open_end else leaf.term(step.field, word)


def sequence_places(leaf: Leaf, query: queries.Sequence) -> tuple[Array, Array]:
    """The places where a sequence begins, rising, and their rows."""
    return beginnings(leaf, [(step.offset, step_places(leaf, step)) for step in query.steps])


def beginnings(leaf: Leaf, steps: Sequence[tuple[int, Array]]) -> tuple[Array, Array]:
    """Where steps stand at their distances in one row: places of offset 0, rising, and the rows."""
    found = places.sequence(steps)
    low, high = min(offset for offset, _ in steps), max(offset for offset, _ in steps)
    rows = leaf.data.rows_of(found + np.int32(low))
    inside = found + np.int32(high) < leaf.data.starts[1:][rows]
    return found[inside], rows[inside]


def step_places(leaf: Leaf, step: queries.Step) -> Array:
    word = step.text.encode()
    if not step.open_end:
        return word_places(leaf, step.field, word)
    text = leaf.data.text(step.field)
    return np.sort(text.places[text.place_range(*text.words.begins(word))], kind="stable")


def word_places(leaf: Leaf, field: str, word: bytes) -> Array:
    number = leaf.number(field, word)
    text = leaf.data.text(field)
    return text.places[text.place_range(number, number + 1)] if number >= 0 else NO_ROWS


def _nearby(leaf: Leaf, query: queries.Nearby) -> Matches:
    parts = [evaluate(leaf, part) for part in query.parts]
    rows = min((part.rows for part in parts), key=len, default=NO_ROWS)
    for part in parts:
        rows = shared(rows, part.rows, leaf.rows)
    if not len(rows):
        return Flat(NO_ROWS)
    wanted = marked(rows, leaf.rows)
    steps = [(part.length, _begins_in(leaf, part, wanted)) for part in query.parts]
    first, last = places.windows(steps, query.slop)
    rows = leaf.data.rows_of(last)
    return AllOf(_distinct(rows[first >= leaf.data.starts[rows]]), parts)


def _begins_in(leaf: Leaf, part: queries.Sequence, wanted: Array) -> Array:
    """The places where a sequence begins in rows that are marked, rising."""
    (step, *more) = part.steps
    if more or step.open_end or step.offset:
        begins, rows = sequence_places(leaf, part)
        return begins[wanted[rows]]
    term = leaf.term(step.field, step.text.encode())
    return word_places(leaf, step.field, step.text.encode())[np.repeat(wanted[term.rows], term.freqs)]


def _distinct(rows: Array) -> Array:
    """Rising rows without repetitions."""
    first = np.ones(len(rows), bool)
    first[1:] = rows[1:] != rows[:-1]
    return rows[first]


def _filter(leaf: Leaf, query: queries.Values | queries.Between) -> Matches:
    return Flat(rows_where(filter_mask(leaf, query)))


def filter_mask(leaf: Leaf, query: queries.Values | queries.Between) -> Array:
    """The rows of a filter as truth values, remembered with the segment."""
    make = _values_mask if isinstance(query, queries.Values) else _between_mask
    return leaf.data.mask(query, lambda: make(leaf, query))


def _values_mask(leaf: Leaf, query: queries.Values) -> Array:
    column = leaf.data.keywords(query.fieldname)
    numbers = [column.words.number(value.encode()) for value in query.values]
    found = [column.docs[column.range(number, number + 1)] for number in numbers if number >= 0]
    return marked(np.concatenate(found) if found else NO_ROWS, leaf.rows)


def _between_mask(leaf: Leaf, query: queries.Between) -> Array:
    values = leaf.data.numbers(query.fieldname)
    mask: Array = (values >= query.low) & (values <= query.high)
    return mask


def _by_matcher(leaf: Leaf, query: Query) -> Matches:
    """Whoosh's own way."""
    searcher = leaf.stock()
    matcher = query.matcher(searcher, searcher.context())
    rows, scores = array("i"), array("f")
    while matcher.is_active():
        rows.append(matcher.id())
        scores.append(matcher.score())
        matcher.next()
    return Scored(np.array(rows, np.int32), np.array(scores, np.float32))


_FILTERS = (queries.Values, queries.Between)
_KNOWN: dict[type[Query], Callable[[Leaf, Any], Matches | None]] = {
    whoosh_query.Term: _term,
    whoosh_query.And: _and,
    whoosh_query.Or: _or,
    whoosh_query.Not: _not,
    whoosh_query.AndNot: _and_not,
    whoosh_query.Every: _every,
    whoosh_query.Phrase: _phrase,
    whoosh_query.Prefix: _prefix,
    type(whoosh_query.NullQuery): _null,
    queries.Sequence: _sequence,
    queries.Nearby: _nearby,
    queries.Values: _filter,
    queries.Between: _filter,
}
