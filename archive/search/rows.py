"""From the rows that the index names to hits with their rows: a fixed number of queries for a page."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Substr
from haystack.models import SearchResult

from archive.models import Directive, Document, Section
from archive.search.page import Grain, Hit, Snippet
from archive.search.sections import shown_text
from archive.search.snippets import snippet, whole
from archive.search.tree import Node

log = logging.getLogger(__name__)

Row = TypeVar("Row", Section, Directive)
NO_SCORES: Mapping[int, float] = MappingProxyType({})
STATE = Coalesce("document__state", Value(""))
"""The state as an expression, which no index has: by the index of states SQLite would visit every published document
to find the twenty of a page."""


def sections() -> QuerySet[Section]:
    """Published sections with their own text as `own`, and without the texts of their documents."""
    return (
        Section.objects.alias(state=STATE)
        .filter(state=Document.State.PUBLISHED)
        .select_related("document__issuer", "document__found_at")
        .prefetch_related("document__themes")
        .defer("document__text")
        .annotate(own=Substr("document__text", F("start") + 1, F("own_end") - F("start")))
        .order_by()
    )


def directives() -> QuerySet[Directive]:
    """Public directives with what a result shows of them, and without the texts of their documents."""
    return (
        Directive.objects.alias(state=STATE)
        .filter(state=Document.State.PUBLISHED, retired_at=None)
        .exclude(status=Directive.Status.REJECTED)
        .select_related("document__issuer", "document__found_at", "section", "actor")
        .prefetch_related("themes", "document__themes")
        .defer("document__text")
        .order_by()
    )


def hits(found: Sequence[SearchResult], grain: Grain, tree: Node | None) -> tuple[Hit, ...]:
    """The hits of an engine's results, in their order; what is no longer published is left out and logged."""
    if grain is Grain.DIRECTIVES:
        return of_directives([int(result.pk) for result in found], tree, {int(each.pk): each.score for each in found})
    shown = [[(int(result.pk), result.score), *(result.beside or ())] for result in found]
    groups = [([pk for pk, _ in each], result.size or 1) for each, result in zip(shown, found, strict=True)]
    scores = {pk: score for each in shown for pk, score in each}
    return grouped(groups, tree, scores)


def grouped(
    groups: Sequence[tuple[Sequence[int], int]], tree: Node | None, scores: Mapping[int, float] = NO_SCORES
) -> tuple[Hit, ...]:
    """A hit for each group of sections, (primary keys of those to show, number of all), with the others beside it."""
    made = _of_sections([pk for pks, _ in groups for pk in pks], tree, scores)
    whole_groups = (([made[pk] for pk in pks if pk in made], len(pks), size) for pks, size in groups)
    return tuple(
        replace(shown[0], beside=tuple(shown[1:]), more=size - named) for shown, named, size in whole_groups if shown
    )


def _of_sections(found: Sequence[int], tree: Node | None, scores: Mapping[int, float]) -> dict[int, Hit]:
    shown = _known(found, {row.pk: row for row in sections().filter(pk__in=found)})
    headings = _headings(shown)
    return {row.pk: Hit(row, _extract(row, tree), headings[row.pk], scores.get(row.pk, 0.0)) for row in shown}


def of_directives(found: Sequence[int], tree: Node | None, scores: Mapping[int, float] = NO_SCORES) -> tuple[Hit, ...]:
    """The hits of directives, by their primary keys."""
    shown = _known(found, {row.pk: row for row in directives().filter(pk__in=found)})
    headings = _headings(row.section for row in shown if row.section)
    return tuple(
        Hit(
            row.section,
            whole(tree, row.quote),
            headings.get(row.section_id or 0, ()),
            scores.get(row.pk, 0.0),
            directive=row,
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
    wanted = Section.objects.filter(document__in={row.document_id for row in inner}, path__in=paths).order_by()
    found = wanted.values_list("document_id", "path", "heading") if inner else ()
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
