"""What feeds say of documents, directives and passages."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.interchange.atom import Entry
from archive.interchange.works import in_language, issued, name_of, one_line
from archive.models import Directive, Document
from archive.search.page import Hit

ENTRIES = 50
TITLE_LENGTH = 160
FOUNDED = datetime(2026, 11, 21, tzinfo=UTC)
"""When the archive began: a feed that has no entry yet was last changed then."""


def document_entry(document: Document, site: str) -> Entry:
    """A document; issuer, place of finding and themes should be loaded."""
    facts = (
        document.get_kind_display(),
        document.number,
        issued(document),
        name_of(document.found_at, document.language),
    )
    return Entry(
        path=document.get_absolute_url(),
        address=site + document.get_absolute_url(),
        title=one_line(document.title),
        language=document.language,
        issuer=name_of(document.issuer, document.language),
        summary=", ".join(str(fact) for fact in facts if fact),
        published=document.published_at or FOUNDED,
        themes=tuple((theme.key, in_language(theme, document.language)) for theme in document.themes.all()),
    )


def directive_entry(directive: Directive, site: str) -> Entry:
    """A directive, as new as its document; its status says whether a person has confirmed it."""
    document = directive.document
    told = directive.actor.name if directive.actor else directive.actor_text
    facts = (directive.get_modality_display(), told, directive.get_status_display(), document.title)
    return Entry(
        path=directive.get_absolute_url(),
        address=site + directive.get_absolute_url(),
        title=cut(directive.quote),
        language=document.language,
        issuer=name_of(document.issuer, document.language),
        summary=" · ".join(str(fact) for fact in facts if fact),
        published=document.published_at or FOUNDED,
        themes=tuple((theme.key, in_language(theme, document.language)) for theme in directive.themes.all()),
    )


def passage_entry(hit: Hit, site: str) -> Entry:
    """A section that a search finds, with the extract that shows why."""
    document, section = hit.document, hit.section
    path = section.get_absolute_url() if section else document.get_absolute_url()
    return Entry(
        path=path,
        address=site + path,
        title=cut(": ".join([document.title, *hit.heading_path[-1:]])),
        language=document.language,
        issuer=name_of(document.issuer, document.language),
        summary=hit.snippet.text,
        published=document.published_at or FOUNDED,
        themes=tuple((theme.key, in_language(theme, document.language)) for theme in document.themes.all()),
    )


def cut(words: str) -> str:
    words = one_line(words)
    return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1].rstrip() + "…"
