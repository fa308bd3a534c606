"""The lines of a concordance: the hits of a question in the texts of sections, each with the words around it.

A document's text is read whole and once, whichever of its sections are wanted: a database has to go through it from its
beginning to give a part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery

from archive.models import Document, OutboxEntry, Section
from archive.models.prepared import Prepared, Row
from archive.models.sources import in_language
from archive.search.context import Context, in_context
from archive.search.matching import marks
from archive.search.sections import Boilerplate, blanked
from archive.search.tree import Node
from archive.spans import Span, furniture

WIDTH = 90
"""Characters of context on each side."""
CHUNK = 5_000
"""Rows that one query names."""
AT_A_TIME = 50
"""Documents whose texts are in memory together."""


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


@dataclass(frozen=True, slots=True)
class Line:
    """A hit: its place in the document's text, the path of its section, and the words around it."""

    document: About
    path: str
    span: Span
    context: Context


class Place(NamedTuple):
    """Where a section stands: primary keys, number in the document, path, and its own text's characters."""

    section: int
    document: int
    ordinal: int
    path: str
    start: int
    own_end: int


class Issue(NamedTuple):
    """What puts a published document in its place among others, with the keys of its sources.

    `waits_for` is an entry of the outbox: the index may not have the document as it is now.
    """

    waits_for: int | None
    title_in_text: bool
    issued_on: date | None
    issuer: int | None
    found_at: int | None

    @property
    def year(self) -> int:
        """0 where it is not known."""
        return self.issued_on.year if self.issued_on else 0


_PLACES = Prepared(
    lambda found: (
        Section.objects.filter(pk__in=found)
        .order_by()
        .values_list("pk", "document_id", "ordinal", "path", "start", "own_end")
    )
)
_ISSUES = Prepared(
    lambda found: (
        Document.objects.filter(pk__in=found)
        .order_by()
        .annotate(waits_for=Subquery(OutboxEntry.objects.pending().filter(document=OuterRef("pk")).values("pk")[:1]))
        .values_list("pk", "state", "waits_for", "title_in_text", "issued_on", "issuer_id", "found_at_id")
    )
)
_TEXTS = Prepared(
    lambda found: (
        Document.objects.filter(pk__in=found)
        .order_by()
        .values_list(
            *("pk", "state", "text", "boilerplate", "title", "language", "issued_on", "issued_precision"),
            *(f"{source}__name_{language}" for source in ("issuer", "found_at") for language in ("en", "zh")),
        )
    )
)


def places(sections: Sequence[int]) -> list[Place]:
    """Where those of the sections are that there are, in no order."""
    return [Place(*row) for row in _in_chunks(_PLACES, sections)]


def newest_first(sections: Sequence[int]) -> list[tuple[Place, Issue]]:
    """Those of the sections that are published, the newest document first and undated ones last."""
    found = places(sections)
    rows = _in_chunks(_ISSUES, [*{each.document for each in found}])
    issues = {pk: Issue(*issue) for pk, state, *issue in rows if state == Document.State.PUBLISHED}
    days = {pk: -issue.issued_on.toordinal() if issue.issued_on else 0 for pk, issue in issues.items()}
    shown = [each for each in found if each.document in issues]
    shown.sort(key=lambda each: (days[each.document], each.document, each.ordinal))
    return [(each, issues[each.document]) for each in shown]


def _in_chunks(reading: Prepared, keys: Sequence[int]) -> Iterator[Row]:
    for start in range(0, len(keys), CHUNK):
        yield from reading(keys[start : start + CHUNK])


def read(found: Iterable[Place], tree: Node | None) -> Iterator[tuple[Place, list[Line]]]:
    """The lines of sections, in their order, in which those of a document should follow each other.

    What is not published has none, and is left out.
    """
    by_document = ((document, list(each)) for document, each in groupby(found, key=lambda place: place.document))
    while some := list(islice(by_document, AT_A_TIME)):
        texts = {
            pk: _Text(pk, *values)
            for pk, state, *values in _TEXTS([document for document, _ in some])
            if state == Document.State.PUBLISHED
        }
        for document, each in some:
            if document in texts:
                yield from ((place, texts[document].lines(place, tree)) for place in each)


class _Text:
    """The text of a published document, and what its lines say of it."""

    def __init__(self, number: int, text: str, boilerplate: Boilerplate, *about: Any) -> None:
        title, language, issued_on, precision, *names = about
        issuer, found_at = (in_language(english or "", chinese or "") for english, chinese in (names[:2], names[2:]))
        self._about = About(number, title, language, issued_on, precision, issuer, found_at)
        self._text = text
        self._asides = furniture(boilerplate)

    def lines(self, place: Place, tree: Node | None) -> list[Line]:
        first = max(0, place.start - WIDTH)
        text = blanked(self._text[first : place.own_end + WIDTH], first, self._asides)
        shown = Span(place.start - first, place.own_end - first)
        return [self._line(text, hit, place, shown.start) for hit in marks(tree, shown.of(text))]

    def _line(self, text: str, hit: Span, place: Place, before: int) -> Line:
        """The line of a hit, whose characters are counted from the beginning of the section."""
        here = Span(hit.start + before, hit.end + before)
        span = Span(hit.start + place.start, hit.end + place.start)
        return Line(self._about, place.path, span, in_context(text, here, WIDTH))
