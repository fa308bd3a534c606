"""From the sections that the index names to hits with their rows: a fixed number of queries for a page."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr

from archive.models import Section
from archive.search.page import Hit, Snippet
from archive.search.sections import shown_text
from archive.search.snippets import snippet
from archive.search.tree import Node

log = logging.getLogger(__name__)


def sections() -> QuerySet[Section]:
    """Published sections with their own text as `own`, and without the texts of their documents."""
    return (
        Section.objects.published()
        .select_related("document__issuer", "document__found_at")
        .prefetch_related("document__themes")
        .defer("document__text")
        .annotate(own=Substr("document__text", F("start") + 1, F("own_end") - F("start")))
    )


def hits(found: Sequence[tuple[int, float]], tree: Node | None) -> tuple[Hit, ...]:
    """The hits of (primary key, score) pairs, in their order; what is no longer published is left out and logged."""
    rows = {row.pk: row for row in sections().filter(pk__in=[pk for pk, _ in found])}
    ghosts = [pk for pk, _ in found if pk not in rows]
    if ghosts:
        log.warning("The index has sections that are not published any more: %s", ghosts)
    shown = [(rows[pk], score) for pk, score in found if pk in rows]
    headings = _headings(row for row, _ in shown)
    return tuple(Hit(row, _extract(row, tree), headings[row.pk], score) for row, score in shown)


def _extract(row: Section, tree: Node | None) -> Snippet:
    own: str = row.own  # type: ignore[attr-defined]  # annotated by `sections`
    return snippet(tree, shown_text(row, own))


def _headings(rows: Iterable[Section]) -> dict[int, tuple[str, ...]]:
    """Primary key → headings from the top of the outline down to the section itself, those without one left out."""
    rows = list(rows)
    above = {row.pk: _above(row.path) for row in rows}
    wanted = Q()
    for row in rows:
        wanted |= Q(document=row.document_id, path__in=above[row.pk])
    found = Section.objects.filter(wanted).values_list("document_id", "path", "heading") if rows else ()
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
