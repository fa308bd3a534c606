"""What the page of a document shows of its sections, directives and formulations, read by statements made once."""

from __future__ import annotations

from typing import NamedTuple

from archive.models import Directive, DirectiveTheme, Occurrence, Section
from archive.models.documents import outlined
from archive.models.prepared import Prepared
from archive.models.sources import in_language
from archive.reader.bylines import CHINESE_TEXT, ENGLISH_TEXT, ThemeNames
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
        .order_by("start", "end")
        .values_list(
            *("pk", "start", "end", "modality", "status", "rule", "actor_text"),
            *("actor__slug", "actor__name_en", "actor__name_zh"),
        )
    )
)
STATUS = 4
"""Place of the status in these rows."""
_THEMES = Prepared(
    lambda documents: (
        DirectiveTheme.objects.filter(directive__document__in=documents, directive__retired_at=None)
        .order_by("rank", "pk")
        .values_list("directive", "theme__key", "theme__name_en", "theme__name_zh")
    )
)
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
    themes: dict[int, list[ThemeNames]] = {}
    for directive, key, english, chinese in _THEMES([document]):
        themes.setdefault(directive, []).append((key, english, chinese))
    shown = [row for row in _DIRECTIVES([document]) if row[STATUS] != Directive.Status.REJECTED]
    return [Note(number, themes.get(row[0], ()), *row) for number, row in enumerate(shown, 1)]


def phrases_of(document: int) -> list[Phrase]:
    """The formulations in the order of the text."""
    return [Phrase(*row) for row in _OCCURRENCES([document])]
