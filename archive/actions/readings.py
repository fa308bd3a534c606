"""An analysis becomes rows, with what people decided made upon it: that stays when a document is read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from archive.actions.directive_rows import Changes, DirectiveRows, quoted, themes_given
from archive.actions.fingerprints import write_fingerprint
from archive.actions.machine import forget, remember, remembered
from archive.actions.orders import PERSON
from archive.actions.outline import Former
from archive.actions.replay import Corrected, replay
from archive.actions.vocabulary import formulation_for
from archive.actions.vocabulary_words import current_vocabulary
from archive.models import Decision, Directive, Document, DocumentTheme, Occurrence, Section, Theme
from archive.spans import Analysis, Finder, FoundSection, FoundTheme, Span

SECTION_FIELDS = (
    *("start", "end", "quote", "before", "after", "rule", "confidence", "stage_version", "ordinal", "path", "level"),
    *("kind", "marker", "heading", "heading_start", "own_end", "former"),
)


@transaction.atomic
def write_reading(*, document: Document, analysis: Analysis) -> Changes:
    """Make the rows of the document say what the analysis found, and what people decided upon it.

    Returns what that changed. Directives keep their number when they are found again at the same place; those no
    longer found are retired, unless a person decided on them.
    """
    if document.decisions.standing().about_the_reading().exists():
        remember(document, analysis)
    else:
        forget(document)
    document.versions = dict(analysis.versions)
    document.boilerplate = [[piece.span.start, piece.span.end, piece.kind] for piece in analysis.boilerplate]
    # The words may have been changed while the text was being read: then it is read once more.
    document.to_read_again = analysis.vocabulary != current_vocabulary().version
    document.save(update_fields=["boilerplate", "versions", "to_read_again"])
    changes = write_corrected(document, analysis)
    write_occurrences(document, analysis, document.versions.get("formulations", 0))
    put_into_sections(document)
    write_fingerprint(document)
    return changes


def write_decisions(document: Document) -> None:
    """Make the rows say what the machine read of the document before, with the decisions that stand now."""
    write_corrected(document, remembered(document))
    put_into_sections(document)


def put_into_sections(document: Document) -> None:
    """Let each directive and occurrence belong to the section in whose own text it begins, in a statement for each."""
    here = document.sections.filter(start__lte=OuterRef("start"), own_end__gt=OuterRef("start"))
    for rows in (document.directives, document.occurrences):
        rows.update(section=Subquery(here.order_by("-ordinal").values("pk")[:1]))


def write_corrected(document: Document, machine: Analysis) -> Changes:
    """Sections, directives and themes of the document: the machine's, with what people decided."""
    finder = Finder(document.text)
    standing = list(document.decisions.standing().about_the_reading().in_order())
    corrected = replay(document.text, finder, machine, standing, partial(lying, document))
    note_lost(standing, corrected.lost)
    themes = {theme.key: theme.merged_into or theme for theme in Theme.objects.select_related("merged_into")}
    outline = replace(machine, sections=corrected.outline.sections)
    write_sections(document, outline, corrected.outline.former)
    rows = DirectiveRows(document, finder, document.versions.get("directives", 0))
    changes = rows.write(corrected.orders, themes)
    write_document_themes(document, machine.themes, corrected.themes, themes)
    return changes + Changes(lost=lost(machine, corrected, standing))


def lying(document: Document, number: int) -> Span | None:
    """Where a directive stands, if its words are there."""
    row = document.directives.filter(pk=number, retired_at=None).only("start", "end", "quote", "document").first()
    return row.span if row and row.span.of(document.text) == row.quote else None


def note_lost(standing: Iterable[Decision], missing: Sequence[Decision]) -> None:
    """Decisions whose place is not found are marked for a person to settle; the mark goes when it is found again."""
    for decision in standing:
        if (decision in missing) != (decision.not_found_at is not None):
            decision.not_found_at = timezone.now() if decision in missing else None
            decision.save(update_fields=["not_found_at"])


def lost(machine: Analysis, corrected: Corrected, standing: Iterable[Decision]) -> int:
    """How many of the directives that people decided on the machine does not find; those they added do not count."""
    found = {one.span for one in machine.directives}
    added = {one.data["directive"] for one in standing if one.verb == Decision.Verb.ADDED}
    decided = (one for one in corrected.orders if one.status != Directive.Status.SUGGESTED)
    missing = [one for one in decided if one.number not in added and one.rule == PERSON and one.span not in found]
    return len(missing) + len([one for one in corrected.lost if one.layer == Decision.Layer.DIRECTIVE])


def write_sections(document: Document, outline: Analysis, former: dict[int, list[Former]]) -> None:
    """Let the rows of the sections stand if they say the same; make them anew if they do not."""
    standing = list(document.sections.all())
    version = document.versions.get("sections", 0)
    rows = [
        section_row(document, ordinal, own, found, version)
        for ordinal, (own, found) in enumerate(outline.parts(len(document.text)))
    ]
    for row in rows:
        row.former = [list(one) for one in former.get(row.start, ())]
    if [section_values(row) for row in standing] != [section_values(row) for row in rows]:
        document.sections.all().delete()
        Section.objects.bulk_create(rows)


def section_values(row: Section) -> tuple:
    return tuple(getattr(row, field) for field in SECTION_FIELDS)


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
        own_end=found.own.end,
        rule=found.rule,
        confidence=found.confidence,
        stage_version=version,
        **fields,
    )


def write_occurrences(document: Document, analysis: Analysis, version: int) -> None:
    document.occurrences.all().delete()
    rows = []
    for found in analysis.formulations:
        formulation = formulation_for(key=found.key, quote=found.span.of(document.text), language=analysis.language)
        if formulation:
            rows.append(
                Occurrence(
                    document=document,
                    formulation=formulation,
                    rule=found.rule,
                    confidence=found.confidence,
                    stage_version=version,
                    **quoted(document.text, found.span),
                )
            )
    Occurrence.objects.bulk_create(rows)


def write_document_themes(
    document: Document, found: Sequence[FoundTheme], chosen: Sequence[str] | None, themes: dict[str, Theme]
) -> None:
    """The themes that a person chose, in that order, or those that were found beside those given with the upload."""
    known = {theme.key: theme for theme in found}
    by_person = hints(document) if chosen is None else list(chosen)
    keys = [*known, *by_person] if chosen is None else by_person
    wanted = [known.get(key) or FoundTheme(key, 0.0) for key in dict.fromkeys(keys)]
    people = {themes[key].pk for key in by_person if key in themes}
    document.documenttheme_set.all().delete()
    DocumentTheme.objects.bulk_create(
        DocumentTheme(document=document, **one | {"by_person": one["theme_id"] in people})
        for one in themes_given(wanted, themes)
    )


def hints(document: Document) -> list[str]:
    """Keys of the themes that were given with the upload, and not by a correction."""
    for decision in document.decisions.about_the_reading().in_order():
        if "hints" in decision.data:
            return decision.data["hints"]
    return list(document.documenttheme_set.filter(by_person=True).values_list("theme__key", flat=True))
