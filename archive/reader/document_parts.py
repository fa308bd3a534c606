"""What the page of a document shows of its sections, directives and formulations, read by statements made once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from archive.models import Directive, Occurrence, Section
from archive.models.documents import outlined
from archive.models.prepared import Prepared, Row
from archive.models.sources import in_language
from archive.reader.bylines import CHINESE_TEXT, ENGLISH_TEXT
from archive.reader.margin import Note
from archive.spans import Span

_SECTIONS = Prepared(
    lambda documents: (
        Section.objects.filter(document__in=documents)
        .order_by("ordinal")
        .values_list("start", "own_end", "quote", "kind", "level", "path", "marker", "heading", "former")
    )
)
_DIRECTIVES = Prepared(
    lambda documents: (
        Directive.objects.filter(document__in=documents, retired_at=None)
        .order_by("start", "end", "directivetheme__rank", "directivetheme__pk")
        .values_list(
            *("pk", "start", "end", "modality", "status", "rule", "actor_text"),
            *("actor__slug", "actor__name_en", "actor__name_zh"),
            *("directivetheme__theme__key", "directivetheme__theme__name_en", "directivetheme__theme__name_zh"),
        )
    )
)
STATUS, THEME = 4, 10
"""Places of the status, and of the first column of the theme, in these rows: one for each theme of a directive."""
_OCCURRENCES = Prepared(
    lambda documents: (
        Occurrence.objects.filter(document__in=documents)
        .order_by("start")
        .values_list("start", "end", "formulation", "formulation__slug", "formulation__text_en", "formulation__text_zh")
    )
)


class Part(NamedTuple):
    """A section of the document; `quote` is its marker and heading as the text has them."""

    start: int
    own_end: int
    quote: str
    kind: str
    level: int
    path: str
    marker: str
    heading: str
    former: list[tuple[str, int]]

    @property
    def name(self) -> str:
        return outlined(self.marker, self.heading) or self.path

    @property
    def anchor(self) -> str:
        """The fragment that leads to the section on the page."""
        return f"s{self.path}"


class Phrase(NamedTuple):
    """A place where the document uses a formulation, and the formulation."""

    start: int
    end: int
    formulation: int
    slug: str
    text_en: str
    text_zh: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def words(self) -> str:
        return in_language(self.text_en, self.text_zh)

    @property
    def lang(self) -> str:
        return CHINESE_TEXT if self.words == self.text_zh else ENGLISH_TEXT


def parts_of(document: int) -> list[Part]:
    """The sections in the order of the text."""
    return [Part(*row) for row in _SECTIONS([document])]


def notes_of(document: int) -> list[Note]:
    """The public directives of a published document in the order of its text, numbered from 1."""
    standing = [row for row in _DIRECTIVES([document]) if row[STATUS] != Directive.Status.REJECTED]
    by_directive = (list(rows) for _pk, rows in groupby(standing, key=itemgetter(0)))
    return [note_of(number, rows) for number, rows in enumerate(by_directive, 1)]


def note_of(number: int, rows: Sequence[Row]) -> Note:
    """Of the rows of one directive; without a theme it has one row."""
    themes = [(row[THEME], row[THEME + 1], row[THEME + 2]) for row in rows if row[THEME]]
    return Note(number, themes, *rows[0][:THEME])


def phrases_of(document: int) -> list[Phrase]:
    """The formulations in the order of the text."""
    return [Phrase(*row) for row in _OCCURRENCES([document])]
