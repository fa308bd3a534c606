"""What results show of the rows that the index names: a fixed number of queries, whatever is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Model, TextField
from django.db.models.base import ModelState
from django.db.models.sql.compiler import SQLCompiler

from archive.models import Directive, DirectiveTheme, Document, DocumentTheme, Section, Source, Theme
from archive.models.prepared import Prepared, Row

M = TypeVar("M", bound=Model)
Labelled = Mapping[int, tuple[Theme, ...]]
"""The themes of rows in their order, by the primary key of the row."""


class OwnText(Func):
    """The text between two places, in characters, the first counted from 0; written in one piece, which is faster."""

    output_field = TextField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **options: Any
    ) -> tuple[str, tuple[()]]:
        text, start, end = (compiler.compile(column)[0] for column in self.get_source_expressions())
        return f"SUBSTR({text}, {start} + 1, {end} - {start})", ()


def columns(model: type[Model], *wanted: str) -> tuple[str, ...]:
    """The columns of a model that are wanted, in the model's order, as `from_db` takes them."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname in wanted)


OF_SECTION = columns(Section, "id", "document_id", "ordinal", "path", "heading", "start", "own_end")
OF_DOCUMENT = columns(
    Document,
    *("id", "title", "title_in_text", "language", "kind", "number", "issued_on", "issued_precision", "boilerplate"),
    *("state", "issuer_id", "found_at_id"),
)
"""What results show of a row; the rest would take longer to read than to find."""
OF_SOURCE = columns(Source, "id", "slug", "name_en", "name_zh")
OF_THEME = columns(Theme, "id", "key", "name_en", "name_zh", "order")
WITH_SOURCES = (*OF_DOCUMENT, *(f"{role}__{column}" for role in ("issuer", "found_at") for column in OF_SOURCE))
"""What is read of a document in one piece: itself, who issued it and where it was found."""

_SECTIONS = Prepared(
    lambda found: (
        Section.objects.filter(pk__in=found)
        .order_by()
        .values_list(
            *OF_SECTION,
            OwnText("document__text", "start", "own_end"),
            *(f"document__{column}" for column in WITH_SOURCES),
        )
    )
)
_DOCUMENTS = Prepared(lambda found: Document.objects.filter(pk__in=found).order_by().values_list(*WITH_SOURCES))
_OF_DOCUMENTS = Prepared(
    lambda found: (
        DocumentTheme.objects.filter(document__in=found)
        .order_by()
        .values_list("document", *(f"theme__{column}" for column in OF_THEME))
    )
)
_OF_DIRECTIVES = Prepared(
    lambda found: (
        DirectiveTheme.objects.filter(directive__in=found)
        .order_by()
        .values_list("directive", *(f"theme__{column}" for column in OF_THEME))
    )
)
_HEADINGS = Prepared(
    lambda documents, paths: (
        Section.objects.filter(document__in=documents, path__in=paths)
        .order_by()
        .values_list("document", "path", "heading")
    )
)


def made(model: type[M], names: Sequence[str], values: Row, **related: Model | None) -> M:
    """A row of the default database of which only these columns are known; the others are read when they are asked.

    It is made as Django makes a row from a pickle, not by `from_db`, which takes many times as long: no signal is sent.
    """
    found = model.__new__(model)
    found._state = ModelState()
    found._state.adding, found._state.db = False, DEFAULT_DB_ALIAS
    found._state.fields_cache.update(related)
    found.__dict__.update(zip(names, values, strict=True))
    return found


def _with_sources(row: Row) -> Document:
    """A document with its issuer and where it was found, of WITH_SOURCES."""
    first, second = len(OF_DOCUMENT), len(OF_DOCUMENT) + len(OF_SOURCE)
    issuer, found_at = (
        made(Source, OF_SOURCE, source) if source[0] else None for source in (row[first:second], row[second:])
    )
    return made(Document, OF_DOCUMENT, row[:first], issuer=issuer, found_at=found_at)


def sections(found: Sequence[int]) -> dict[int, Section]:
    """Those of the sections that are published, each with its document and its own text as `own`, by primary key."""
    known, documents = {}, dict[int, Document]()
    first = len(OF_SECTION)
    for row in _SECTIONS(found):
        pk, document_pk = row[0], row[first + 1]
        if document_pk not in documents:
            documents[document_pk] = _with_sources(row[first + 1 :])
        known[pk] = made(Section, OF_SECTION, row[:first], document=documents[document_pk])
        known[pk].own = row[first]  # type: ignore[attr-defined]  # beside the columns
    return {pk: section for pk, section in known.items() if section.document.is_published}


def directives(found: Sequence[int]) -> dict[int, Directive]:
    """Those of the directives that readers see, with what a result shows of them, by primary key."""
    shown = Directive.objects.filter(pk__in=found, retired_at=None).exclude(status=Directive.Status.REJECTED)
    rows = list(shown.select_related("section", "actor").order_by())
    documents = published([*{row.document_id for row in rows}])
    known = {row.pk: row for row in rows if row.document_id in documents}
    for row in known.values():
        row.document = documents[row.document_id]
    return known


def published(found: Sequence[int]) -> dict[int, Document]:
    """Those of the documents that are published, with what a result shows of them, by primary key.

    The state is looked at here: by the index of states SQLite would visit every published document to find these.
    """
    known = map(_with_sources, _DOCUMENTS(found))
    return {document.pk: document for document in known if document.is_published}


def themes_of_documents(found: Sequence[int]) -> Labelled:
    return _labelled(_OF_DOCUMENTS(found))


def themes_of_directives(found: Sequence[int]) -> Labelled:
    return _labelled(_OF_DIRECTIVES(found))


def _labelled(rows: Iterable[Row]) -> Labelled:
    """By primary key of the row, which stands before the columns of its theme."""
    themes: dict[int, Theme] = {}
    found: defaultdict[int, list[Theme]] = defaultdict(list)
    for row, *theme in rows:
        if theme[0] not in themes:
            themes[theme[0]] = made(Theme, OF_THEME, tuple(theme))
        found[row].append(themes[theme[0]])
    return {row: tuple(sorted(each, key=lambda theme: (theme.order, theme.key))) for row, each in found.items()}


def headings(rows: Sequence[Section]) -> dict[int, tuple[str, ...]]:
    """Primary key → headings from the top of the outline down to the section itself, those without one left out."""
    above = {row.pk: _above(row.path) for row in rows}
    inner = [row for row in rows if above[row.pk]]
    # more than is needed, but a condition for each row would take longer to write than these to read
    paths = {path for row in inner for path in above[row.pk]}
    found = _HEADINGS([*{row.document_id for row in inner}], [*paths])
    known = {(document, path): heading for document, path, heading in found}
    return {
        row.pk: tuple(
            heading
            for heading in [*(known.get((row.document_id, path), "") for path in above[row.pk]), row.heading]
            if heading
        )
        for row in rows
    }


def _above(path: str) -> list[str]:
    """The paths of the sections that a section is in: 2.1.3 → 2, 2.1."""
    parts = path.split(".")
    return [".".join(parts[:depth]) for depth in range(1, len(parts))]
