"""Rows of spreadsheets: for each list its columns, and the cells of a record."""

from __future__ import annotations

from archive.interchange.records import AboutRecord, DirectiveRecord, NameRecord, PassageRecord, ThemeRecord
from archive.models import Actor, Formulation, Source, Theme

Cell = str | int | None

DOCUMENTS = (
    *("document", "title", "kind", "document_number", "issued", "language", "translation"),
    *("issuer", "issuer_zh", "found_at", "found_at_zh", "found_at_address", "themes", "address"),
)
DIRECTIVES = (
    *("directive", "document", "section", "start", "end", "modality", "actor", "actor_words", "themes"),
    *("status", "by", "words", "address"),
)
PASSAGES = (
    *("document", "title", "issued", "language", "issuer", "issuer_zh", "found_at", "found_at_zh"),
    *("section", "headings", "extract", "address"),
)
THEMES = ("theme", "name_en", "name_zh", "definition_en", "definition_zh", "parent", "documents", "directives")
SOURCES = ("source", "name_en", "name_zh", "kind", "place", "web_address", "parent", "issued", "found_there")
ACTORS = ("actor", "name_en", "name_zh", "aliases", "directives")
FORMULATIONS = ("formulation", "text_en", "text_zh", "kind", "variants", "in_lexicon", "documents", "places")


def document_cells(one: AboutRecord) -> tuple[Cell, ...]:
    return (
        *(one.number, one.title, one.kind, one.document_number, one.issued, one.language, one.translation),
        *(*names(one.issuer), *names(one.found_at), one.found_at_address, keys(one.themes), one.address),
    )


def directive_cells(one: DirectiveRecord) -> tuple[Cell, ...]:
    return (
        *(one.number, one.document, "" if one.section == "0" else one.section, one.start, one.end, one.modality),
        *(one.actor.key if one.actor else "", one.actor_text, keys(one.themes)),
        *(one.status, one.by, one.quote, one.address),
    )


def passage_cells(one: PassageRecord) -> tuple[Cell, ...]:
    about = one.document
    return (
        *(about.number, about.title, about.issued, about.language, *names(about.issuer), *names(about.found_at)),
        *("" if one.section == "0" else one.section, " / ".join(one.headings), one.extract, one.address),
    )


def names(one: NameRecord | None) -> tuple[str, str]:
    return (one.name_en, one.name_zh) if one else ("", "")


def keys(themes: tuple[ThemeRecord, ...]) -> str:
    return "; ".join(one.theme.key for one in themes)


def theme_cells(row: Theme) -> tuple[Cell, ...]:
    """Of a theme with its counts (`documents_count`, `directives_count`), as all these rows are."""
    parent = row.parent.key if row.parent else ""
    named = (row.key, row.name_en, row.name_zh, row.definition_en, row.definition_zh, parent)
    return (*named, *counts(row, "documents_count", "directives_count"))


def source_cells(row: Source) -> tuple[Cell, ...]:
    parent = row.parent.slug if row.parent else ""
    named = (row.slug, row.name_en, row.name_zh, row.kind, row.place, row.url, parent)
    return (*named, *counts(row, "issued_count", "hosted_count"))


def actor_cells(row: Actor) -> tuple[Cell, ...]:
    return (row.slug, row.name_en, row.name_zh, "; ".join(row.aliases), *counts(row, "directives_count"))


def formulation_cells(row: Formulation) -> tuple[Cell, ...]:
    words = (row.slug, row.text_en, row.text_zh, row.kind, "; ".join(row.variants), "" if row.discovered else "yes")
    return (*words, *counts(row, "documents_count", "occurrences_count"))


def counts(row: object, *names: str) -> tuple[int, ...]:
    return tuple(int(getattr(row, name)) for name in names)
