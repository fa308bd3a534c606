"""Rows for the index, of whole documents at a time: what a document says of all its rows is looked up once."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from archive.models import Directive, DirectiveTheme, Document, DocumentTheme, Section
from archive.models.prepared import Prepared as PreparedQuery
from archive.search.keeping import Prepared
from archive.search.sections import indexed_text
from archive.search.tokens import number_key

log = logging.getLogger(__name__)

CHUNK = 50
"""Documents that are held in memory at a time."""
SECTION, DIRECTIVE = "archive.section", "archive.directive"
"""Haystack's names for the models."""


class DocumentRow(NamedTuple):
    """What the index needs of a document, without the cost of a model instance."""

    pk: int
    state: str
    text: str
    boilerplate: list[list[int | str]]
    title: str
    title_in_text: bool
    issued_on: date | None
    issuer: str | None
    found_at: str | None
    kind: str
    language: str
    number: str
    number_as_typed: str


class SectionRow(NamedTuple):
    document: DocumentRow
    pk: int
    ordinal: int
    start: int
    own_end: int


class DirectiveRow(NamedTuple):
    pk: int
    section: int | None
    start: int
    quote: str
    modality: str
    actor: str | None


@dataclass(frozen=True, slots=True)
class Parts:
    """What belongs to documents, by the number of the document, or of the directive."""

    sections: dict[int, list[tuple[int, int, int, int]]]
    directives: dict[int, list[DirectiveRow]]
    themes: dict[int, list[str]]
    directive_themes: dict[int, list[str]]


_DOCUMENTS = PreparedQuery(
    lambda found: (
        Document.objects.filter(pk__in=found)
        .order_by("pk")
        .values_list(
            *("pk", "state", "text", "boilerplate", "title", "title_in_text", "issued_on"),
            *("issuer__slug", "found_at__slug", "kind", "language", "number", "number_as_typed"),
        )
    )
)
_SECTIONS = PreparedQuery(
    lambda documents: (
        Section.objects.filter(document__in=documents)
        .order_by("document_id", "ordinal")
        .values_list("document_id", "pk", "ordinal", "start", "own_end")
    )
)
_THEMES = PreparedQuery(
    lambda documents: DocumentTheme.objects.filter(document__in=documents).values_list("document_id", "theme__key")
)
_DIRECTIVE_THEMES = PreparedQuery(
    lambda documents: DirectiveTheme.objects.filter(directive__document__in=documents).values_list(
        "directive_id", "theme__key"
    )
)


def prepared(documents: Sequence[int]) -> Iterator[Prepared]:
    """The sections and directives of those of the documents that are published: the fields of `search_indexes`.

    The rows of a document follow each other.
    """
    for start in range(0, len(documents), CHUNK):
        found = [DocumentRow(*row) for row in _DOCUMENTS(documents[start : start + CHUNK])]
        published = [document for document in found if document.state == Document.State.PUBLISHED]
        parts = parts_of([document.pk for document in published])
        for document in published:
            try:
                rows = rows_of(document, parts)
            except (TypeError, ValueError, LookupError, AttributeError):
                # the others must not wait for it; the status shows that sections are missing
                log.exception("Document %s cannot be prepared for the index and is not in it", document.pk)
            else:
                yield from rows


def rows_of(document: DocumentRow, parts: Parts) -> list[Prepared]:
    """A row for each section, and one for each directive that readers see."""
    common = of_document(document)
    directives = parts.directives.get(document.pk, [])
    told: defaultdict[int | None, list[DirectiveRow]] = defaultdict(list)
    for directive in directives:
        told[directive.section].append(directive)
    themes = parts.themes.get(document.pk, [])
    rows = []
    for values in parts.sections.get(document.pk, []):
        section = SectionRow(document, *values)
        rows.append(common | of_section(section, told[section.pk]) | {"themes": themes})
    for directive in directives:
        rows.append(common | of_directive(directive) | {"themes": parts.directive_themes.get(directive.pk, [])})
    return rows


def of_document(document: DocumentRow) -> Prepared:
    """What all rows of a document have."""
    issuers = [document.issuer] if document.issuer else []
    places = [document.found_at] if document.found_at else []
    numbers = (number_key(document.number), number_key(document.number_as_typed))
    return {
        "document": document.pk,
        "title": document.title,
        "date": document.issued_on,
        "year": document.issued_on.year if document.issued_on else None,
        "sources": issuers + places,
        "issuers": issuers,
        "places": places,
        "kinds": [document.kind],
        "languages": [document.language],
        "numbers": [key for key in numbers if key],
    }


def of_section(section: SectionRow, directives: Sequence[DirectiveRow]) -> Prepared:
    """A section has the actors and modalities of its directives."""
    return {
        "django_ct": SECTION,
        "django_id": section.pk,
        "ordinal": section.ordinal,
        "text": indexed_text(section, section.document.text[section.start : section.own_end]),
        "actors": [each.actor for each in directives if each.actor],
        "modalities": [each.modality for each in directives],
    }


def of_directive(directive: DirectiveRow) -> Prepared:
    return {
        "django_ct": DIRECTIVE,
        "django_id": directive.pk,
        "ordinal": directive.start,
        "text": directive.quote,
        "actors": [directive.actor] if directive.actor else [],
        "modalities": [directive.modality],
    }


def parts_of(documents: Sequence[int]) -> Parts:
    """All that belongs to the documents, in four queries."""
    directives = Directive.objects.public().filter(document__in=documents).order_by("document_id", "start")
    columns = ("document_id", "pk", "section_id", "start", "quote", "modality", "actor__slug")
    return Parts(
        _grouped(_SECTIONS(documents)),
        {key: [DirectiveRow(*row) for row in rows] for key, rows in _grouped(directives.values_list(*columns)).items()},
        _grouped_values(_THEMES(documents)),
        _grouped_values(_DIRECTIVE_THEMES(documents)),
    )


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    """The rows by their first value, without it."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for key, *values in rows:
        found[key].append(values)
    return found


def _grouped_values(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
