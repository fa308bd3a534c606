"""A concordance: every hit of a question with the words around it, a line each.

Lines are numbered before they are made: `counting` says which sections have how many, and whoever shows some of them
makes these alone, from the texts of their sections. The numbering is small, and can be kept as long as the corpus stays
as it is. Only an order by the words beside a hit takes all texts once.
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, chain, groupby
from typing import Any

from haystack import connections
from haystack.exceptions import SearchBackendError

from archive.folding import fold
from archive.models import Source
from archive.search import fallback
from archive.search.asking import asking
from archive.search.context import neighbours_after, neighbours_before
from archive.search.counting import Hits, Numbers, Reading, countable, counted, found_by, read_through
from archive.search.keeping import HasVersions, Occurrences
from archive.search.lines import Line, places, read
from archive.search.matching import words_wanted
from archive.search.page import Grain, QueryWarning, SearchParams, Sort, Variant
from archive.search.tree import Node
from archive.search.understanding import understood

log = logging.getLogger(__name__)

LINES = 10_000
"""Lines of a concordance that is sorted by the words beside its hits, or whose hits the index cannot count."""
COUNTED = 40_000
"""Sections of one whose hits the index counts."""
STREAMED = 100_000
"""Lines of one that is written out line by line."""

Key = Callable[[Line], Any]
Keep = Callable[[str, Callable[[], Hits]], Hits]
"""Gives what a function makes, or what it made before, under the same name and when the corpus was the same."""


class Order(StrEnum):
    """Order of lines: by the words before the hit, reading backwards; by those after it; by age; by source."""

    LEFT = "left"
    RIGHT = "right"
    DATE = "date"
    OLDEST = "oldest"
    SOURCE = "source"


KEYS: dict[Order, Key] = {
    Order.LEFT: lambda line: neighbours_before(line.context),
    Order.RIGHT: lambda line: neighbours_after(line.context),
}
"""What lines are sorted by where that takes their words."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and what is to be said of it."""

    asked: SearchParams
    tree: Node | None
    warnings: tuple[QueryWarning, ...]
    searched: tuple[Variant, ...]
    offered: tuple[Variant, ...]

    @property
    def words(self) -> int:
        """How many words of the question have hits that can be shown."""
        return len(words_wanted(self.tree))

    @property
    def name(self) -> str:
        """The same for questions that find the same."""
        return repr((self.tree, replace(self.asked, q="")))


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of a question: their numbers in their order. `hits` have a line each, of all that are `counted`."""

    question: Question
    hits: Hits
    order: Sequence[int]
    counted: Hits

    def lines(self, numbers: Sequence[int]) -> list[Line]:
        """The lines with these numbers; one that is no longer there is left out and logged."""
        ends = list(accumulate(self.hits.numbers))
        at = [bisect_right(ends, number) for number in numbers]
        made = self._lines_of({self.hits.sections[section] for section in at})
        found = []
        for number, section in zip(numbers, at, strict=True):
            place = number - ends[section] + self.hits.numbers[section]
            found += made.get(self.hits.sections[section], [])[place : place + 1]
        if len(found) < len(numbers):
            log.warning("Some hits that were counted are not there, in the sections %s", sorted(made))
        return found

    def _lines_of(self, sections: set[int]) -> dict[int, list[Line]]:
        """Section → all its lines."""
        by_document = sorted(places([*sections]), key=lambda place: place.document)
        return {place.section: lines for place, lines in read(by_document, self.question.tree)}


def made_anew(name: str, make: Callable[[], Hits]) -> Hits:
    return make()


def concordance(params: SearchParams, order: Order = Order.DATE, keep: Keep = made_anew) -> Concordance:
    """The hits of a question in an order; never raises for anything a reader can type."""
    asked = question(params)
    hits = numbered(asked, order, keep) if asked.words else Hits()
    whole = numbered(asked, Order.DATE, keep) if hits.is_cut and order in KEYS and countable(asked.tree) else hits
    return Concordance(asked, hits, in_order(hits, order), whole)


def in_order(hits: Hits, order: Order) -> Sequence[int]:
    """The numbers of the lines, which are counted from the newest on."""
    if order is Order.SOURCE:
        return by_source(hits)
    return oldest_first(hits) if order is Order.OLDEST else hits.order or range(hits.total)


def question(params: SearchParams) -> Question:
    """A question as it is searched for: with its filters and variants, in passages, the newest first."""
    query = understood(params.q, params.variants)
    asked = replace(params, grain=Grain.PASSAGES, grouped=False, sort=Sort.NEWEST, page=1)
    return Question(asked, query.tree, query.warnings, query.searched, query.offered)


def numbered(question: Question, order: Order, keep: Keep) -> Hits:
    """The hits of a question. What the database finds in the place of the index is not kept."""
    key = KEYS.get(order)
    try:
        backend: HasVersions = connections["default"].get_backend()
        name = f"{backend.version()} {order if key else ''} {question.name}"
        return keep(name, lambda: by_index(question, key))
    except SearchBackendError as error:
        found, notice = without_index(question, error, LINES)
        return replace(read_through(question.tree, found, LINES, key), notice=notice)


def by_index(question: Question, key: Key | None) -> Hits:
    """The hits in the sections that the index finds; it counts them too, where it can and the order needs no text."""
    asked, tree = asking(question.asked, question.tree), question.tree
    if key or not countable(tree):
        return read_through(tree, found_by(asked, LINES), LINES, key)
    return counted(tree, found_by(asked, COUNTED, words_wanted(tree)))


def streamed(question: Question) -> Reading:
    """The lines in order of date, section by section, past where a concordance stops."""
    if not question.words:
        return Reading(None, Occurrences(Numbers(), Numbers(), 0), 0)
    try:
        found = found_by(asking(question.asked, question.tree), STREAMED)
    except SearchBackendError as error:
        found, _ = without_index(question, error, STREAMED)
    return Reading(question.tree, found, STREAMED)


def without_index(question: Question, error: SearchBackendError, most: int) -> tuple[Occurrences, str]:
    """At most so many sections that the database finds, and what the reader is told about it."""
    log.error("The search index does not answer (%s); the database is searched instead", error)
    page = fallback.search(replace(question.asked, page_size=most), question.tree)
    sections = Numbers([hit.section.pk for hit in page.hits if hit.section])
    return Occurrences(sections, Numbers([0]) * len(sections), page.total), page.notice


def by_source(hits: Hits) -> list[int]:
    """The numbers of the lines by the names of sources that the reader sees, those without one last."""
    names = {pk: source.name for pk, source in Source.objects.in_bulk({*hits.issuers, *hits.places}).items()}
    sources = zip(hits.issuers, hits.places, strict=True)
    of_section = [names.get(issuer) or names.get(place) or "" for issuer, place in sources]
    folded = {name: (not name, fold(name).text) for name in set(of_section)}
    return numbers_of(hits, sorted(range(len(hits.sections)), key=lambda section: folded[of_section[section]]))


def oldest_first(hits: Hits) -> list[int]:
    """The numbers of the lines from the oldest document on, those of undated ones last."""
    by_document = [list(each) for _, each in groupby(range(len(hits.sections)), key=hits.documents.__getitem__)]
    by_document.sort(key=lambda sections: (not hits.years[sections[0]], -sections[0]))
    return numbers_of(hits, chain.from_iterable(by_document))


def numbers_of(hits: Hits, sections: Iterable[int]) -> list[int]:
    """The numbers of the lines of sections in this order, which are named by their place among those with hits."""
    ends = list(accumulate(hits.numbers))
    return [number for section in sections for number in range(ends[section] - hits.numbers[section], ends[section])]
