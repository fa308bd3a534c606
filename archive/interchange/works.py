"""What a citation says of a document, of one of its sections or of a directive; parts that are not known are empty."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils import translation

from archive.models import Directive, Document, Section, Source
from archive.models.documents import outlined

ARCHIVE = "Massline"
PART_LENGTH = 120
DATE_LENGTHS = {"year": 4, "month": 7, "day": 10}


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited. `address` is absolute; `issued` is ISO 8601 cut to what is known, like 2015-05.

    `part` is the title of what is cited within `title`, empty for a whole document; `section` is its place in the
    outline, like 2.1. Names and the word for the kind are in the language of the document.
    """

    key: str
    address: str
    title: str
    language: str
    kind: str
    kind_name: str
    issuer: str
    found_at: str
    number: str
    issued: str
    translation: str
    accessed: date
    part: str = ""
    section: str = ""
    themes: tuple[str, ...] = ()

    @property
    def year(self) -> str:
        return self.issued[:4]

    @property
    def is_machine_translated(self) -> bool:
        return self.translation == Document.Translation.MACHINE

    @property
    def cited(self) -> str:
        """The title of the very thing that is cited."""
        return self.part or self.title


def issued(document: Document) -> str:
    """The date of a document as far as it is known."""
    return as_known(document.issued_on, document.issued_precision) if document.issued_on else ""


def as_known(day: date, precision: str) -> str:
    """A date in ISO 8601, cut to what is known of it."""
    return day.isoformat()[: DATE_LENGTHS[precision]]


def work(document: Document, site: str, accessed: date) -> Work:
    """A whole document; `site` is the address of the archive without a slash at its end.

    Asks the database nothing if issuer, place of finding and themes are loaded.
    """
    return Work(
        key=f"massline-{document.pk}",
        address=site + document.get_absolute_url(),
        title=one_line(document.title),
        language=document.language,
        kind=document.kind,
        kind_name="" if document.kind == Document.Kind.OTHER else kind_name(document),
        issuer=name_of(document.issuer, document.language),
        found_at=name_of(document.found_at, document.language),
        number=one_line(document.number),
        issued=issued(document),
        translation=document.translation,
        accessed=accessed,
        themes=tuple(in_language(theme, document.language) for theme in document.themes.all()),
    )


def section_work(document: Document, section: Section, site: str, accessed: date) -> Work:
    """A section; the front matter before the first one is cited as the document."""
    whole = work(document, site, accessed)
    if not section.level:
        return whole
    return replace(
        whole,
        key=f"{whole.key}-s{section.path}",
        address=f"{whole.address}#{section.anchor}",
        part=shortened(one_line(outlined(section.marker, section.heading))) or section.path,
        section=section.path,
    )


def directive_work(directive: Directive, site: str, accessed: date) -> Work:
    """A directive, under its own address; its words stand for a title."""
    section = directive.section
    return replace(
        work(directive.document, site, accessed),
        key=f"massline-d{directive.pk}",
        address=site + directive.get_absolute_url(),
        part=shortened(one_line(directive.quote)),
        section=section.path if section and section.level else "",
    )


def name_of(source: Source | None, language: str) -> str:
    return in_language(source, language) if source else ""


def in_language(named: object, language: str) -> str:
    """The name of a source, theme or actor in a language, else in the other one."""
    english, chinese = str(getattr(named, "name_en", "")), str(getattr(named, "name_zh", ""))
    return one_line((chinese or english) if language == Document.Language.CHINESE else (english or chinese))


def kind_name(document: Document) -> str:
    """The word for the kind in the language of the document, whatever language the page is in."""
    with translation.override("zh-hans" if document.language == Document.Language.CHINESE else "en"):
        return document.get_kind_display()


def one_line(words: str) -> str:
    return " ".join(words.split())


def shortened(words: str) -> str:
    return words if len(words) <= PART_LENGTH else words[: PART_LENGTH - 1].rstrip() + "…"
