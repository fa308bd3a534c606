"""An analysis becomes rows. What people decided stays when a document is read again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from archive.actions.fingerprints import write_fingerprint
from archive.actions.vocabulary import actor_for, formulation_for
from archive.actions.vocabulary_words import current_vocabulary
from archive.models import Directive, DirectiveTheme, Document, DocumentTheme, Occurrence, Section, Theme
from archive.models.derived import Derived
from archive.spans import Analysis, FoundDirective, FoundSection, FoundTheme, Span, window

CONTEXT = 60
DECIDED = (Directive.Status.ACCEPTED, Directive.Status.CHANGED, Directive.Status.REJECTED)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a reading did to the directives of a document.

    `kept` counts what people decided and the reading left alone, `lost` the part of it that was not found again.
    """

    added: int = 0
    changed: int = 0
    retired: int = 0
    kept: int = 0
    lost: int = 0

    def __add__(self, other: Changes) -> Changes:
        return Changes(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@transaction.atomic
def write_reading(*, document: Document, analysis: Analysis) -> Changes:
    """Make the rows of the document say what the analysis found; returns what that changed.

    Directives keep their number when they are found again at the same place; those no longer found are retired,
    unless a person decided on them. Sections and occurrences carry no decisions and are made anew.
    """
    versions = dict(analysis.versions)
    themes = {theme.key: theme.merged_into or theme for theme in Theme.objects.select_related("merged_into")}
    sections = write_sections(document, analysis, versions.get("sections", 0))
    changes = write_directives(document, analysis, sections, themes, versions.get("directives", 0))
    write_occurrences(document, analysis, sections, versions.get("formulations", 0))
    write_document_themes(document, analysis.themes, themes)
    document.boilerplate = [[piece.span.start, piece.span.end, piece.kind] for piece in analysis.boilerplate]
    document.versions = versions
    # The words may have been changed while the text was being read: then it is read once more.
    document.to_read_again = analysis.vocabulary != current_vocabulary().version
    document.save(update_fields=["boilerplate", "versions", "to_read_again"])
    write_fingerprint(document)
    return changes


def quoted(text: str, span: Span) -> dict[str, object]:
    """The fields that a span gives to a derived row."""
    before, quote, after = window(text, span, CONTEXT)
    return {"start": span.start, "end": span.end, "quote": quote, "before": before, "after": after}


def write_sections(document: Document, analysis: Analysis, version: int) -> list[Section]:
    document.sections.all().delete()
    rows = [
        section_row(document, ordinal, own, found, version)
        for ordinal, (own, found) in enumerate(analysis.parts(len(document.text)))
    ]
    return Section.objects.bulk_create(rows)


def section_row(document: Document, ordinal: int, own: Span, found: FoundSection | None, version: int) -> Section:
    if found is None:
        fields = {"start": own.start, "end": own.end, "quote": "", "heading_start": own.start}
        return Section(
            document=document,
            ordinal=ordinal,
            path="0",
            level=0,
            kind=Section.Kind.FRONT,
            own_end=own.end,
            rule="front",
            stage_version=version,
            **fields,
        )
    title = Span(found.span.start, found.heading.end)
    fields = quoted(document.text, title) | {"end": found.span.end, "heading_start": found.heading.start}
    return Section(
        document=document,
        ordinal=ordinal,
        path=found.path,
        level=found.level,
        kind=found.kind.value,
        marker=found.marker[:80],
        heading=found.heading.of(document.text)[:200],
        own_end=own.end,
        rule=found.rule,
        confidence=found.confidence,
        stage_version=version,
        **fields,
    )


def section_at(sections: list[Section], position: int) -> Section | None:
    """The section whose own text holds the position."""
    return next((section for section in sections if section.start <= position < section.own_end), None)


def write_directives(
    document: Document, analysis: Analysis, sections: list[Section], themes: dict[str, Theme], version: int
) -> Changes:
    rows = {(row.start, row.end): row for row in document.directives.order_by(F("retired_at").desc(nulls_last=True))}
    standing = {place: row for place, row in rows.items() if row.retired_at is None}
    found = {(one.span.start, one.span.end): one for one in analysis.directives}
    changes = Changes()
    for place, row in standing.items():
        if row.status in DECIDED:
            row.section = section_at(sections, row.start)
            row.save(update_fields=["section"])
            changes += Changes(kept=1, lost=int(place not in found))
        elif place not in found:
            row.retired_at = timezone.now()
            row.save(update_fields=["retired_at"])
            changes += Changes(retired=1)
    for place, one in found.items():
        # One that was retired and is found again gets its number back.
        row = rows.get(place) or Directive(document=document)
        if row.status not in DECIDED:
            changes += write_directive(row, one, section_at(sections, one.span.start), themes, version)
    return changes


def write_directive(
    row: Directive, found: FoundDirective, section: Section | None, themes: dict[str, Theme], version: int
) -> Changes:
    """Fill a row that no person decided on, new or standing."""
    is_new = row.pk is None or row.retired_at is not None
    before = (row.modality, row.actor_text, row.actor_id)
    fill_directive(row, row.document, found, version)
    row.section, row.retired_at = section, None
    row.save()
    row.directivetheme_set.filter(by_person=False).delete()
    given = (DirectiveTheme(directive=row, **fields) for fields in themes_given(found.themes, themes))
    DirectiveTheme.objects.bulk_create(given, ignore_conflicts=True)
    if is_new:
        return Changes(added=1)
    return Changes(changed=int(before != (row.modality, row.actor_text, row.actor_id)))


def fill_directive(row: Directive, document: Document, found: FoundDirective, version: int) -> None:
    fill_span(row, document.text, found.span)
    row.modality = found.modality.value
    row.actor_text = found.actor[:300]
    row.actor = actor_for(found.actor_key)
    row.rule, row.confidence, row.stage_version = found.rule, found.confidence, version


def fill_span(row: Derived, text: str, span: Span) -> None:
    for field, value in quoted(text, span).items():
        setattr(row, field, value)


def write_occurrences(document: Document, analysis: Analysis, sections: list[Section], version: int) -> None:
    document.occurrences.all().delete()
    rows = []
    for found in analysis.formulations:
        formulation = formulation_for(key=found.key, quote=found.span.of(document.text), language=analysis.language)
        if formulation:
            rows.append(
                Occurrence(
                    document=document,
                    section=section_at(sections, found.span.start),
                    formulation=formulation,
                    rule=found.rule,
                    confidence=found.confidence,
                    stage_version=version,
                    **quoted(document.text, found.span),
                )
            )
    Occurrence.objects.bulk_create(rows)


def write_document_themes(document: Document, found: tuple[FoundTheme, ...], themes: dict[str, Theme]) -> None:
    document.documenttheme_set.filter(by_person=False).delete()
    DocumentTheme.objects.bulk_create(
        (DocumentTheme(document=document, **given) for given in themes_given(found, themes)), ignore_conflicts=True
    )


def themes_given(found: tuple[FoundTheme, ...], themes: dict[str, Theme]) -> Iterable[dict[str, object]]:
    for rank, one in enumerate(found, start=1):
        theme = themes.get(one.key)
        if theme and not theme.retired:
            cues = [[cue.phrase, cue.span.start, cue.span.end, cue.weight] for cue in one.cues]
            yield {"theme": theme, "rank": rank, "weight": one.weight, "cues": cues}
