"""From the rows that the index names to hits with their rows: a fixed number of queries for a page."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, QuerySet, TextField
from django.db.models.sql.compiler import SQLCompiler
from haystack.models import SearchResult

from archive.models import Directive, DirectiveTheme, Document, DocumentTheme, Section, Theme
from archive.search.page import Grain, Hit, Snippet
from archive.search.sections import shown_text
from archive.search.snippets import snippet, whole
from archive.search.tree import Node

log = logging.getLogger(__name__)

Row = TypeVar("Row", Section, Directive)
Vocabulary = Mapping[int, Theme]
"""All themes in their order, by primary key: there are few, and a page names many of them."""
OF_SECTION = ("document", "ordinal", "path", "heading", "start", "own_end")
OF_DOCUMENT = (
    *("title", "title_in_text", "language", "kind", "number", "issued_on", "issued_precision", "boilerplate", "state"),
    *(f"{source}__{field}" for source in ("issuer", "found_at") for field in ("slug", "name_en", "name_zh")),
)
"""What results show of a row; the rest would take longer to read than to find."""
NO_SCORES: Mapping[int, float] = MappingProxyType({})


class OwnText(Func):
    """The text between two places, in characters, the first counted from 0; written in one piece, which is faster."""

    output_field = TextField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **options: Any
    ) -> tuple[str, tuple[()]]:
        text, start, end = (compiler.compile(column)[0] for column in self.get_source_expressions())
        return f"SUBSTR({text}, {start} + 1, {end} - {start})", ()


def sections(found: Iterable[int]) -> dict[int, Section]:
    """Those of the sections that are published, each with its document and its own text as `own`, by primary key."""
    own = OwnText("document__text", "start", "own_end")
    return _in_documents(Section.objects.filter(pk__in=found).only(*OF_SECTION).annotate(own=own).order_by())


def directives(found: Iterable[int]) -> dict[int, Directive]:
    """Those of the directives that readers see, with what a result shows of them, by primary key."""
    shown = Directive.objects.filter(pk__in=found, retired_at=None).exclude(status=Directive.Status.REJECTED)
    return _in_documents(shown.select_related("section", "actor").order_by())


def _in_documents(rows: Iterable[Row]) -> dict[int, Row]:
    """The rows of published documents. These come by one query more, each once, however many of its rows are shown."""
    documents = published({row.document_id for row in rows})
    known = {row.pk: row for row in rows if row.document_id in documents}
    for row in known.values():
        row.document = documents[row.document_id]
    return known


def published(found: Iterable[int]) -> dict[int, Document]:
    """Those of the documents that are published, with what a result shows of them, by primary key.

    The state is looked at here: by the index of states SQLite would visit every published document to find these.
    """
    known = Document.objects.filter(pk__in=found).select_related("issuer", "found_at").only(*OF_DOCUMENT).order_by()
    return {document.pk: document for document in known if document.is_published}


def vocabulary() -> Vocabulary:
    return {theme.pk: theme for theme in Theme.objects.all()}


def themes(given: QuerySet[Any], to: str, known: Vocabulary) -> dict[int, tuple[Theme, ...]]:
    """The themes that rows have, in their order; `given` says so, and `to` is its field for the rows."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for row, theme in given.order_by().values_list(to, "theme"):
        found[row].add(theme)
    return {row: tuple(theme for pk, theme in known.items() if pk in each) for row, each in found.items()}


def hits(found: Sequence[SearchResult], grain: Grain, tree: Node | None, known: Vocabulary) -> tuple[Hit, ...]:
    """The hits of an engine's results, in their order; what is no longer published is left out and logged."""
    if grain is Grain.DIRECTIVES:
        scored = {int(each.pk): each.score for each in found}
        return of_directives([*scored], tree, known, scored)
    shown = [[(int(result.pk), result.score), *(result.beside or ())] for result in found]
    groups = [([pk for pk, _ in each], result.size or 1) for each, result in zip(shown, found, strict=True)]
    scores = {pk: score for each in shown for pk, score in each}
    return grouped(groups, tree, known, scores)


def grouped(
    groups: Sequence[tuple[Sequence[int], int]],
    tree: Node | None,
    known: Vocabulary,
    scores: Mapping[int, float] = NO_SCORES,
) -> tuple[Hit, ...]:
    """A hit for each group of sections, (primary keys of those to show, number of all), with the others beside it."""
    made = _of_sections([pk for pks, _ in groups for pk in pks], tree, known, scores)
    whole_groups = (([made[pk] for pk in pks if pk in made], len(pks), size) for pks, size in groups)
    return tuple(
        replace(shown[0], beside=tuple(shown[1:]), more=size - named) for shown, named, size in whole_groups if shown
    )


def _of_sections(
    found: Sequence[int], tree: Node | None, known: Vocabulary, scores: Mapping[int, float]
) -> dict[int, Hit]:
    shown = _known(found, sections(found))
    headings = _headings(shown)
    given = DocumentTheme.objects.filter(document__in={row.document_id for row in shown})
    themes_of = themes(given, "document", known)
    return {
        row.pk: Hit(
            row,
            _extract(row, tree),
            headings[row.pk],
            scores.get(row.pk, 0.0),
            themes=themes_of.get(row.document_id, ()),
        )
        for row in shown
    }


def of_directives(
    found: Sequence[int], tree: Node | None, known: Vocabulary, scores: Mapping[int, float] = NO_SCORES
) -> tuple[Hit, ...]:
    """The hits of directives, by their primary keys."""
    shown = _known(found, directives(found))
    headings = _headings(row.section for row in shown if row.section)
    themes_of = themes(DirectiveTheme.objects.filter(directive__in=found), "directive", known)
    return tuple(
        Hit(
            row.section,
            whole(tree, row.quote),
            headings.get(row.section_id or 0, ()),
            scores.get(row.pk, 0.0),
            directive=row,
            themes=themes_of.get(row.pk, ()),
        )
        for row in shown
    )


def _known(found: Sequence[int], known: dict[int, Row]) -> list[Row]:
    if ghosts := [pk for pk in found if pk not in known]:
        log.warning("The index has rows that are not published any more: %s", ghosts)
    return [known[pk] for pk in found if pk in known]


def _extract(row: Section, tree: Node | None) -> Snippet:
    own: str = row.own  # type: ignore[attr-defined]  # annotated by `sections`
    return snippet(tree, shown_text(row, own))


def _headings(rows: Iterable[Section]) -> dict[int, tuple[str, ...]]:
    """Primary key → headings from the top of the outline down to the section itself, those without one left out."""
    rows = list(rows)
    above = {row.pk: _above(row.path) for row in rows}
    inner = [row for row in rows if above[row.pk]]
    # more than is needed, but a condition for each row would take longer to write than these to read
    paths = {path for row in inner for path in above[row.pk]}
    known = _headings_at({row.document_id for row in inner}, paths) if inner else {}
    return {
        row.pk: tuple(
            heading
            for heading in [*(known.get((row.document_id, path), "") for path in above[row.pk]), row.heading]
            if heading
        )
        for row in rows
    }


def _headings_at(documents: set[int], paths: set[str]) -> dict[tuple[int, str], str]:
    """By document and path."""
    rows = Section.objects.filter(document__in=documents, path__in=paths).order_by()
    return {(document, path): heading for document, path, heading in rows.values_list("document", "path", "heading")}


def _above(path: str) -> list[str]:
    """The paths of the sections that a section is in: 2.1.3 → 2, 2.1."""
    parts = path.split(".")
    return [".".join(parts[:depth]) for depth in range(1, len(parts))]
