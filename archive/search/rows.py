"""From the rows that the index names to hits with their rows: a fixed number of queries for a page."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from haystack.models import SearchResult

from archive.models import Directive, Section
from archive.search import loading
from archive.search.page import Grain, Hit, Snippet
from archive.search.sections import shown_text
from archive.search.snippets import snippet, whole
from archive.search.tree import Node

log = logging.getLogger(__name__)

Row = TypeVar("Row", Section, Directive)
NO_SCORES: Mapping[int, float] = MappingProxyType({})


def hits(found: Sequence[SearchResult], grain: Grain, tree: Node | None) -> tuple[Hit, ...]:
    """The hits of an engine's results, in their order; what is no longer published is left out and logged."""
    if grain is Grain.DIRECTIVES:
        scored = {int(each.pk): each.score for each in found}
        return of_directives([*scored], tree, scored)
    shown = [[(int(result.pk), result.score), *(result.beside or ())] for result in found]
    groups = [([pk for pk, _ in each], result.size or 1) for each, result in zip(shown, found, strict=True)]
    scores = {pk: score for each in shown for pk, score in each}
    return grouped(groups, tree, scores)


def grouped(
    groups: Sequence[tuple[Sequence[int], int]],
    tree: Node | None,
    scores: Mapping[int, float] = NO_SCORES,
) -> tuple[Hit, ...]:
    """A hit for each group of sections, (primary keys of those to show, number of all), with the others beside it."""
    made = _of_sections([pk for pks, _ in groups for pk in pks], tree, scores)
    whole_groups = (([made[pk] for pk in pks if pk in made], size - len(pks)) for pks, size in groups)
    return tuple(
        replace(shown[0], beside=tuple(shown[1:]), more=more) if more or shown[1:] else shown[0]
        for shown, more in whole_groups
        if shown
    )


def _of_sections(found: Sequence[int], tree: Node | None, scores: Mapping[int, float]) -> dict[int, Hit]:
    shown = _known(found, loading.sections(found))
    headings = loading.headings(shown)
    themes_of = loading.themes_of_documents([*{row.document_id for row in shown}])
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


def of_directives(found: Sequence[int], tree: Node | None, scores: Mapping[int, float] = NO_SCORES) -> tuple[Hit, ...]:
    """The hits of directives, by their primary keys."""
    shown = _known(found, loading.directives(found))
    headings = loading.headings([row.section for row in shown if row.section])
    themes_of = loading.themes_of_directives(found)
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
    own: str = row.own  # type: ignore[attr-defined]  # read by `loading`
    return snippet(tree, shown_text(row, own))
