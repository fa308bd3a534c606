"""Rows of the archive as plain frozen records: what the full exports of a document hold.

Everything in them can be shown to anyone; a record is made only of a published document. What the machine suggests and
what a person decided are told apart by `status` (directives) and `by` (themes, metadata).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from archive.interchange.works import issued
from archive.models import Directive, DirectiveTheme, Document, DocumentTheme, Occurrence, Section, Source

PERSON, MACHINE = "person", "machine"


@dataclass(frozen=True, slots=True)
class NameRecord:
    """A source, theme, actor or formulation: its key, its names in both languages, and its page."""

    key: str
    name_en: str
    name_zh: str
    address: str


@dataclass(frozen=True, slots=True)
class ThemeRecord:
    """A theme given to something; `by` says whether a machine or a person gave it."""

    theme: NameRecord
    rank: int
    by: str


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """A member of the outline: `[start, end)` with its subsections, `[start, own_end)` its own text."""

    path: str
    level: int
    kind: str
    marker: str
    heading: str
    start: int
    end: int
    own_end: int
    address: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class DirectiveRecord:
    """A directive; `status` is suggested, accepted or changed, the last two by a person."""

    number: int
    address: str
    document: int
    section: str
    start: int
    end: int
    quote: str
    modality: str
    actor_text: str
    actor: NameRecord | None
    themes: tuple[ThemeRecord, ...]
    status: str
    by: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class OccurrenceRecord:
    """A place where a formulation is used."""

    formulation: NameRecord
    section: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A section that a search found: where it is, and the extract that shows why."""

    document: AboutRecord
    section: str
    headings: tuple[str, ...]
    extract: str
    address: str


@dataclass(frozen=True, slots=True)
class FileRecord:
    """The file that a document was read from, and how it was read."""

    name: str
    address: str
    sha256: str
    size: int
    media_type: str
    encoding: str
    reader: str
    reader_version: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class AboutRecord:
    """A document without its text: metadata and provenance. `issued` is cut to what is known."""

    number: int
    address: str
    title: str
    title_in_text: bool
    language: str
    translation: str
    kind: str
    document_number: str
    issued: str
    issuer: NameRecord | None
    found_at: NameRecord | None
    category: str
    found_at_address: str
    addressees: tuple[str, ...]
    themes: tuple[ThemeRecord, ...]
    published_at: datetime | None
    set_by_person: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """Everything: every span counts characters of `text`, which is the file as decoded and nothing else."""

    about: AboutRecord
    file: FileRecord
    versions: dict[str, int]
    boilerplate: tuple[tuple[int, int, str], ...]
    text: str
    sections: tuple[SectionRecord, ...]
    directives: tuple[DirectiveRecord, ...]
    formulations: tuple[OccurrenceRecord, ...]


def document_record(document: Document, site: str) -> DocumentRecord:
    """The whole record in a fixed number of queries. ValueError for a document that is not published."""
    if not document.is_published:
        raise ValueError(f"document {document.pk} is not published")
    directives = (
        document.directives.public().select_related("section", "actor").prefetch_related("directivetheme_set__theme")
    )
    occurrences = document.occurrences.select_related("formulation", "section")
    return DocumentRecord(
        about=about(document, site),
        file=file(document, site),
        versions=dict(document.versions),
        boilerplate=tuple((start, end, str(kind)) for start, end, kind in document.boilerplate),
        text=document.text,
        sections=tuple(section(one, document, site) for one in document.sections.all()),
        directives=tuple(directive(one, site) for one in directives.order_by("start", "pk")),
        formulations=tuple(occurrence(one, site) for one in occurrences.order_by("start", "pk")),
    )


def about(document: Document, site: str) -> AboutRecord:
    """The document without its text; issuer, place of finding and themes should be loaded."""
    return AboutRecord(
        number=document.pk,
        address=site + document.get_absolute_url(),
        title=document.title,
        title_in_text=document.title_in_text,
        language=document.language,
        translation=document.translation,
        kind=document.kind,
        document_number=document.number,
        issued=issued(document),
        issuer=named(document.issuer, site),
        found_at=named(document.found_at, site),
        category=document.category,
        found_at_address=document.url,
        addressees=tuple(document.addressees),
        themes=given(document.documenttheme_set.all(), site),
        published_at=document.published_at,
        set_by_person=tuple(name for name, fact in document.facts.items() if fact.get("rule") == PERSON),
    )


def file(document: Document, site: str) -> FileRecord:
    upload = document.upload
    return FileRecord(
        name=upload.name,
        address=f"{site}{document.get_absolute_url()}original",
        sha256=upload.sha256,
        size=upload.size,
        media_type=upload.media_type,
        encoding=upload.encoding,
        reader=upload.reader,
        reader_version=upload.reader_version,
        received_at=upload.received_at,
    )


def section(row: Section, document: Document, site: str) -> SectionRecord:
    return SectionRecord(
        path=row.path,
        level=row.level,
        kind=row.kind,
        marker=row.marker,
        heading=row.heading,
        start=row.start,
        end=row.end,
        own_end=row.own_end,
        address=f"{site}{document.get_absolute_url()}#{row.anchor}",
        rule=row.rule,
        confidence=row.confidence,
    )


def directive(row: Directive, site: str) -> DirectiveRecord:
    return DirectiveRecord(
        number=row.pk,
        address=site + row.get_absolute_url(),
        document=row.document_id,
        section=row.section.path if row.section else "",
        start=row.start,
        end=row.end,
        quote=row.quote,
        modality=row.modality,
        actor_text=row.actor_text,
        actor=NameRecord(row.actor.slug, row.actor.name_en, row.actor.name_zh, site + row.actor.get_absolute_url())
        if row.actor
        else None,
        themes=given(row.directivetheme_set.all(), site),
        status=row.status,
        by=MACHINE if row.status == Directive.Status.SUGGESTED else PERSON,
        rule=row.rule,
        confidence=row.confidence,
    )


def passage(
    document: Document, row: Section | None, headings: tuple[str, ...], extract: str, site: str
) -> PassageRecord:
    address = row.get_absolute_url() if row else document.get_absolute_url()
    return PassageRecord(about(document, site), row.path if row else "", headings, extract, site + address)


def occurrence(row: Occurrence, site: str) -> OccurrenceRecord:
    phrase = row.formulation
    name = NameRecord(phrase.slug, phrase.text_en, phrase.text_zh, site + phrase.get_absolute_url())
    return OccurrenceRecord(name, row.section.path if row.section else "", row.start, row.end, row.quote)


def named(source: Source | None, site: str) -> NameRecord | None:
    if source is None:
        return None
    return NameRecord(source.slug, source.name_en, source.name_zh, site + source.get_absolute_url())


def given(rows: Iterable[DocumentTheme | DirectiveTheme], site: str) -> tuple[ThemeRecord, ...]:
    """The themes in the order of their rank."""
    return tuple(
        ThemeRecord(
            NameRecord(row.theme.key, row.theme.name_en, row.theme.name_zh, site + row.theme.get_absolute_url()),
            row.rank,
            PERSON if row.by_person else MACHINE,
        )
        for row in rows
    )
