"""What the rows of a document say, without the numbers of those that have no permanent one."""

from __future__ import annotations

from archive.models import Document

SECTION = ("path", "level", "kind", "start", "end", "own_end", "marker", "heading", "heading_start", "rule", "former")
DIRECTIVE = ("pk", "start", "end", "quote", "modality", "actor_text", "actor", "status", "rule", "section__path")
THEME = ("theme__key", "rank", "weight", "cues", "by_person")


def standing(document: Document) -> dict[str, list[tuple]]:
    directives = document.directives.filter(retired_at=None).order_by("start", "directivetheme__rank")
    given = [f"directivetheme__{field}" for field in THEME]
    return {
        "sections": list(document.sections.values_list(*SECTION)),
        "directives": list(directives.values_list(*DIRECTIVE, *given)),
        "themes": list(document.documenttheme_set.values_list(*THEME)),
        "occurrences": list(document.occurrences.values_list("start", "end", "section__path")),
    }
