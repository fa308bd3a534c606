"""What the machine read of a document, kept beside its rows once a person corrects it.

Until then the rows say the same, so that nothing is kept twice for the many documents that nobody corrects.
"""

from __future__ import annotations

from typing import Any

from archive.models import Document, DocumentTheme, MachineReading, Section
from archive.spans import (
    Analysis,
    FoundDirective,
    FoundSection,
    FoundTheme,
    Modality,
    SectionKind,
    Span,
    ThemeCue,
)


def remember(document: Document, found: Analysis) -> None:
    """Keep the sections, directives and themes that were found."""
    MachineReading.objects.update_or_create(document=document, defaults={"found": written(found)})


def remember_rows(document: Document) -> None:
    """Keep what the rows say before the first correction changes them; later nothing."""
    if not MachineReading.objects.filter(document=document).exists():
        remember(document, from_rows(document))


def remembered(document: Document) -> Analysis:
    """The sections, directives and themes that the machine found."""
    return read(document, MachineReading.objects.get(document=document).found)


def forget(document: Document) -> None:
    MachineReading.objects.filter(document=document).delete()


def written(found: Analysis) -> dict[str, Any]:
    return {
        "sections": [
            [
                *(one.span.start, one.span.end, one.own.end, one.level, one.kind.value, one.marker),
                *(one.heading.start, one.heading.end, one.path, one.rule, one.confidence),
            ]
            for one in found.sections
        ],
        "directives": [
            [
                *(one.span.start, one.span.end, one.modality.value, one.actor, one.actor_key),
                *([theme_written(theme) for theme in one.themes], one.rule, one.confidence),
            ]
            for one in found.directives
        ],
        "themes": [theme_written(theme) for theme in found.themes],
    }


def theme_written(theme: FoundTheme) -> list[Any]:
    return [theme.key, theme.weight, [[cue.phrase, cue.span.start, cue.span.end, cue.weight] for cue in theme.cues]]


def read(document: Document, kept: dict[str, Any]) -> Analysis:
    return Analysis(
        language=document.language,
        sections=tuple(section_read(*fields) for fields in kept["sections"]),
        directives=tuple(
            FoundDirective(
                Span(start, end), Modality(modality), actor, key, tuple(theme_read(*one) for one in themes), rule, sure
            )
            for start, end, modality, actor, key, themes, rule, sure in kept["directives"]
        ),
        themes=tuple(theme_read(*fields) for fields in kept["themes"]),
        versions=tuple(document.versions.items()),
    )


def theme_read(key: str, weight: float, cues: list[list[Any]]) -> FoundTheme:
    return FoundTheme(key, weight, tuple(ThemeCue(phrase, Span(start, end), sure) for phrase, start, end, sure in cues))


def section_read(
    start: int,
    end: int,
    own_end: int,
    level: int,
    kind: str,
    marker: str,
    heading_start: int,
    heading_end: int,
    path: str,
    rule: str,
    confidence: float,
) -> FoundSection:
    return FoundSection(
        span=Span(start, end),
        own=Span(start, own_end),
        level=level,
        kind=SectionKind(kind),
        marker=marker,
        heading=Span(heading_start, max(heading_start, heading_end)),
        path=path,
        rule=rule,
        confidence=confidence,
    )


def from_rows(document: Document) -> Analysis:
    """The rows of a document that nobody has corrected, as the analysis that they were made from."""
    sections = document.sections.exclude(kind=Section.Kind.FRONT)
    rows = document.directives.filter(retired_at=None).select_related("actor").order_by("start")
    directives = rows.prefetch_related("directivetheme_set__theme")
    return Analysis(
        language=document.language,
        sections=tuple(section_of(one) for one in sections),
        directives=tuple(
            FoundDirective(
                one.span,
                Modality(one.modality),
                one.actor_text,
                one.actor.slug if one.actor else "",
                tuple(theme_of(given) for given in one.directivetheme_set.all()),
                one.rule,
                one.confidence,
            )
            for one in directives
        ),
        themes=tuple(
            theme_of(one)
            for one in DocumentTheme.objects.filter(document=document).select_related("theme")
            if one.cues or one.weight  # the others were given with the upload
        ),
        versions=tuple(document.versions.items()),
    )


def section_of(row: Section) -> FoundSection:
    heading_end = max(row.heading_start, row.start + len(row.quote))
    return section_read(
        *(row.start, row.end, row.own_end, row.level, row.kind, row.marker),
        *(row.heading_start, heading_end, row.path, row.rule, row.confidence),
    )


def theme_of(given: Any) -> FoundTheme:
    return theme_read(given.theme.key, given.weight, given.cues)
