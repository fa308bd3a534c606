"""Reading one segment of an index: sets of rows as the bits of one large number, columns, postings."""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator

from whoosh.matching import NullMatcher
from whoosh.searching import Searcher

from archive.search.engine.plan import All, Any, Between, Except, Nearby, Plan, Sequence, Term, Values
from archive.search.positions import starts, windows

CACHED_SEGMENTS = 64


def bits(rows: Iterable[int], size: int) -> int:
    """A set of rows as one number: row 0 is the lowest bit."""
    made = bytearray(size // 8 + 1)
    for number in rows:
        made[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(made, "little")


def rows_of(some: int) -> list[int]:
    """The rows of a set, rising."""
    return [row for row, bit in enumerate(bin(some)[:1:-1]) if bit == "1"]


class Stored:
    """What never changes of a segment: its columns, its rows by keyword. Shared by all threads of a process."""

    def __init__(self) -> None:
        self.columns: dict[str, list[int] | list[bytes] | array[int]] = {}
        self.filters: dict[Values | Between, int] = {}
        self.keywords: dict[str, dict[str, int]] = {}
        self.last_rows: int | None = None


class _Kept:
    """The Stored of the segments in use, the longest unused dropped first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._segments: OrderedDict[tuple[str, str], Stored] = OrderedDict()

    def get(self, folder: str, segment: str) -> Stored:
        with self._lock:
            key = (folder, segment)
            stored = self._segments.setdefault(key, Stored())
            self._segments.move_to_end(key)
            while len(self._segments) > CACHED_SEGMENTS:
                self._segments.popitem(last=False)
            return stored


_kept = _Kept()


class Segment:
    """One segment as seen by one searcher. `live` are the rows that have not been deleted."""

    def __init__(self, searcher: Searcher, offset: int, folder: str) -> None:
        self.searcher = searcher
        self.reader = searcher.reader()
        self.offset = offset
        self.size = self.reader.doc_count_all()
        self.live = bits(self.reader.all_doc_ids(), self.size)
        self._stored = _kept.get(folder, self.reader.segment().segment_id())

    def column(self, name: str) -> list[int] | list[bytes] | array[int]:
        """The values of a column, by row."""
        if name not in self._stored.columns:
            if self.reader.has_column(name):
                reader = self.reader.column_reader(name, translate=False)
                self._stored.columns[name] = [reader[row] for row in range(self.size)]
            else:
                default = self.reader.schema[name].column_type.default_value()
                self._stored.columns[name] = [default] * self.size
        return self._stored.columns[name]

    def keywords(self, field: str) -> dict[str, int]:
        """Each value of a field of keywords with its rows, deleted ones among them."""
        if field not in self._stored.keywords:
            lexicon = [term.decode() for term in self.reader.lexicon(field)]
            self._stored.keywords[field] = {term: bits(self._ids(field, term), self.size) for term in lexicon}
        return self._stored.keywords[field]

    def _ids(self, field: str, text: str) -> Iterable[int]:
        return self.reader.postings(field, text.encode()).all_ids()

    def documents(self, some: int) -> int:
        """The last row of each document that has a row in the set.

        The rows of a document lie side by side, so each document is a lane of bits: adding all ones to the lower bits
        of a lane carries into its highest one just when any of them is set. One sum does it for all documents.
        """
        last = self._last_rows()
        lower = (1 << self.size) - 1 & ~last
        return ((some & lower) + lower | some) & last

    def _last_rows(self) -> int:
        if self._stored.last_rows is None:
            column = self.column("document")
            ends = (row for row in range(self.size) if row + 1 == self.size or column[row] != column[row + 1])
            self._stored.last_rows = bits(ends, self.size)
        return self._stored.last_rows

    def select(self, plan: Plan) -> int:
        """The live rows that a plan asks for."""
        match plan:
            case All(parts):
                found = self.live
                # filters are cheap: they come first, and an empty set ends the matter
                for part in sorted(parts, key=lambda part: not isinstance(part, Values | Between)):
                    found &= self.select(part) if found else 0
                return found
            case Any(parts):
                found = 0
                for part in parts:
                    found |= self.select(part)
                return found
            case Except(part):
                return self.live & ~self.select(part)
            case Values() | Between():
                return self.live & self._filtered(plan)
            case Sequence():
                return bits(self._sequence(plan), self.size)
            case Nearby():
                return bits(self._nearby(plan), self.size)

    def _filtered(self, plan: Values | Between) -> int:
        if plan not in self._stored.filters:
            if isinstance(plan, Values):
                known = self.keywords(plan.field)
                found = 0
                for value in plan.values:
                    found |= known.get(value, 0)
            else:
                column = self.column(plan.field)
                found = bits((row for row, value in enumerate(column) if plan.low <= value <= plan.high), self.size)  # type: ignore[operator]
            self._stored.filters[plan] = found
        return self._stored.filters[plan]

    def _sequence(self, plan: Sequence) -> Iterable[int]:
        if len(plan.terms) == 1:
            return (row for text in self._texts(plan.terms[0]) for row in self._ids(plan.terms[0].field, text))
        return self.begins(plan)

    def begins(self, plan: Sequence) -> dict[int, set[int]]:
        """Rows of a sequence, with the positions where it begins."""
        found: dict[int, set[int]] | None = None
        for term in sorted(plan.terms, key=self.frequency):
            places = self._places(term, None if found is None else sorted(found))
            if found is None:
                found = {row: {place - term.offset for place in at} for row, at in places}
            else:
                found = {row: kept for row, at in places if (kept := starts([(0, found[row]), (term.offset, at)]))}
            if not found:
                return {}
        return found or {}

    def _nearby(self, plan: Nearby) -> list[int]:
        found = [self.begins(part) for part in plan.parts]
        rows = set(found[0]).intersection(*found[1:]) if found else set()
        lengths = [part.length for part in plan.parts]
        return [
            row
            for row in rows
            if windows([(length, at[row]) for length, at in zip(lengths, found, strict=True)], plan.slop)
        ]

    def _texts(self, term: Term) -> list[str]:
        """The terms of the index that a term stands for: itself, or all that begin so."""
        if term.open_end:
            return [found.decode() for found in self.reader.expand_prefix(term.field, term.text.encode())]
        return [term.text] if (term.field, term.text.encode()) in self.reader else []

    def frequency(self, term: Term) -> int:
        """In how many rows a term occurs; an upper bound for a prefix."""
        return sum(self.reader.doc_frequency(term.field, text.encode()) for text in self._texts(term))

    def _places(self, term: Term, rows: list[int] | None) -> list[tuple[int, list[int]]]:
        """(row, positions) of a term, in the given rising rows only when there are any given."""
        merged: dict[int, list[int]] = {}
        for text in self._texts(term):
            matcher = self.reader.postings(term.field, text.encode())
            for row in _visited(matcher, rows):
                merged.setdefault(row, []).extend(matcher.value_as("positions"))
        return sorted(merged.items())

    def scores(self, term: Term, rows: list[int]) -> Iterator[tuple[int, float]]:
        """(row, BM25F) of a term in those of the given rising rows where it occurs."""
        for text in self._texts(term):
            matcher = self.searcher.postings(term.field, text.encode())
            for row in _visited(matcher, rows):
                yield row, matcher.score()


def _visited(matcher: NullMatcher, rows: list[int] | None) -> Iterator[int]:
    """Lead a matcher through its rows, or through those of the given rising rows that it has."""
    if rows is None:
        while matcher.is_active():
            yield matcher.id()
            matcher.next()
        return
    for row in rows:
        if not matcher.is_active():
            return
        if matcher.id() < row:
            matcher.skip_to(row)
        if matcher.is_active() and matcher.id() == row:
            yield row
