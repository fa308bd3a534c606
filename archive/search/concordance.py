"""A concordance: every hit of a question with the words around it, a line each.

The index names the sections that match; their texts are read one after the other and matched again. That takes time in
proportion to these texts and memory for the lines that are kept. Whatever a reader asks, no more than so many lines and
WORK characters are gone through, from the newest document to the oldest; `is_cut` says where that was not all.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest, Substr
from haystack.exceptions import SearchBackendError

from archive.folding import fold
from archive.models import Section
from archive.models.sources import in_language
from archive.search import fallback
from archive.search.asking import asking
from archive.search.conditions import resolved
from archive.search.context import Context, in_context, neighbours_after, neighbours_before
from archive.search.expansion import expand
from archive.search.families import families
from archive.search.matching import marks, words_wanted
from archive.search.page import Grain, QueryWarning, SearchParams, Sort, Variant
from archive.search.query import parse
from archive.search.sections import searchable
from archive.search.tree import Node
from archive.spans import Span

log = logging.getLogger(__name__)

LINES = 10_000
"""Lines of a concordance that is sorted."""
STREAMED = 100_000
"""Lines of one that is written out line by line."""
WORK = 30_000_000
"""Characters that are looked through, counted once for each word of the question."""
WIDTH = 90
"""Characters of context on each side."""
CHUNK = 5_000
"""Sections that one query names; the database hands over AT_A_TIME of them."""
AT_A_TIME = 200


class Order(StrEnum):
    """Order of lines: by the words before the hit, reading backwards; by those after it; newest first; by source."""

    LEFT = "left"
    RIGHT = "right"
    DATE = "date"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class About:
    """What a line says of its document; the names of sources are in the reader's language, empty where not known."""

    number: int
    title: str
    language: str
    issued_on: date | None
    issued_precision: str
    issuer: str
    found_at: str

    @property
    def source(self) -> str:
        return self.issuer or self.found_at

    @property
    def year(self) -> int | None:
        return self.issued_on.year if self.issued_on else None


@dataclass(frozen=True, slots=True)
class Line:
    """A hit: its place in the document's text, the path of its section, and the words around it."""

    document: About
    path: str
    span: Span
    context: Context


@dataclass(frozen=True, slots=True)
class Matching:
    """The sections that match: the primary keys of the first of them, newest first, and how many there are."""

    tree: Node | None
    sections: Sequence[int] = ()
    total: int = 0
    warnings: tuple[QueryWarning, ...] = ()
    notice: str = ""
    searched: tuple[Variant, ...] = ()
    offered: tuple[Variant, ...] = ()

    @property
    def words(self) -> int:
        """How many words of the question have hits that can be shown."""
        return len(words_wanted(self.tree))


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines in their order; `is_cut` says that there are more of them, in older documents."""

    matching: Matching
    lines: tuple[Line, ...]
    is_cut: bool


def concordance(params: SearchParams, order: Order = Order.DATE) -> Concordance:
    """The hits of a question in context; never raises for anything a reader can type."""
    found = matching(params, LINES)
    reading = Reading(found, LINES)
    return Concordance(found, tuple(ordered(list(reading), order)), reading.is_cut)


def matching(params: SearchParams, most: int) -> Matching:
    """At most so many sections that a question finds, with its filters and variants; none without words to show.

    Sections that match have a hit each, all but a few, so that no more of them are needed than lines are wanted.
    """
    asked = replace(params, grain=Grain.PASSAGES, grouped=False, sort=Sort.NEWEST, page=1, page_size=most)
    query = parse(params.q)
    wide = expand(query.tree, families(), params.variants)
    tree, doubts = resolved(wide.tree)
    found = Matching(tree, warnings=query.warnings + doubts, searched=wide.searched, offered=wide.offered)
    if not words_wanted(tree):
        return found
    try:
        newest = asking(asked, tree).ordered()
        sections = [int(result.pk) for result in newest[:most]]
        return replace(found, sections=sections, total=len(newest))
    except SearchBackendError as error:
        log.error("The search index does not answer (%s); the database is searched instead", error)
        page = fallback.search(asked, tree)
        sections = [hit.section.pk for hit in page.hits if hit.section]
        return replace(found, sections=sections, total=page.total, notice=page.notice)


class Reading:
    """Makes the lines of the sections that match, one by one, newest document first and undated ones last.

    `is_cut` is true as soon as it has stopped before the last of them.
    """

    def __init__(self, found: Matching, most: int) -> None:
        self.found = found
        self.most = most
        self.is_cut = found.total > len(found.sections)
        self._about: dict[int, About] = {}

    def __iter__(self) -> Iterator[Line]:
        made, work = 0, 0
        for row in self._rows():
            work += (row.own_end - row.start) * self.found.words
            for line in self._lines(row) if work <= WORK else (None,):
                if line is None or made == self.most:
                    self.is_cut = True
                    return
                made += 1
                yield line

    def _rows(self) -> Iterator[Any]:
        for start in range(0, len(self.found.sections), CHUNK):
            yield from rows(self.found.sections[start : start + CHUNK]).iterator(chunk_size=AT_A_TIME)

    def _lines(self, row: Any) -> Iterator[Line]:
        first = max(0, row.start - WIDTH)
        text = searchable(row.around, first, row.document__boilerplate)
        shown = Span(row.start - first, row.own_end - first)
        for hit in marks(self.found.tree, shown.of(text)):
            here = Span(hit.start + shown.start, hit.end + shown.start)
            place = Span(hit.start + row.start, hit.end + row.start)
            yield Line(self._of(row), row.path, place, in_context(text, here, WIDTH))

    def _of(self, row: Any) -> About:
        """What is said of the row's document, made once."""
        number = row.document_id
        if number not in self._about:
            self._about[number] = About(
                number,
                row.document__title,
                row.document__language,
                row.document__issued_on,
                row.document__issued_precision,
                in_language(row.document__issuer__name_en or "", row.document__issuer__name_zh or ""),
                in_language(row.document__found_at__name_en or "", row.document__found_at__name_zh or ""),
            )
        return self._about[number]


def rows(sections: Sequence[int]) -> QuerySet[Section, Any]:
    """The published ones of these sections with their own text and WIDTH characters on each side, newest first."""
    first = Greatest(F("start") - WIDTH, Value(0))
    return (
        Section.objects.published()
        .filter(pk__in=sections)
        .order_by(F("document__issued_on").desc(nulls_last=True), "document_id", "ordinal")
        .annotate(around=Substr("document__text", first + 1, F("own_end") - first + WIDTH))
        .values_list(
            *("around", "start", "own_end", "path", "document_id", "document__title", "document__language"),
            *("document__issued_on", "document__issued_precision", "document__boilerplate"),
            *(f"document__{source}__name_{language}" for source in ("issuer", "found_at") for language in ("en", "zh")),
            named=True,
        )
    )


def ordered(lines: list[Line], order: Order) -> list[Line]:
    """The lines, which come newest first, in an order; where it says nothing, they stay as they are."""
    match order:
        case Order.LEFT:
            return sorted(lines, key=lambda line: neighbours_before(line.context))
        case Order.RIGHT:
            return sorted(lines, key=lambda line: neighbours_after(line.context))
        case Order.SOURCE:
            return sorted(lines, key=lambda line: (not line.document.source, fold(line.document.source).text))
        case Order.DATE:
            return lines
