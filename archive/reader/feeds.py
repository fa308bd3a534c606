"""What feeds say of documents, directives and passages."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.interchange.atom import Entry
from archive.interchange.works import in_language, issued, name_of, one_line
from archive.models import Directive, Document, Section
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
    return entry(document, document, site, one_line(document.title), ", ".join(str(fact) for fact in facts if fact))


def directive_entry(directive: Directive, site: str) -> Entry:
    """A directive, as new as its document; its status says whether a person has confirmed it."""
    document = directive.document
    told = directive.actor.name if directive.actor else directive.actor_text
    facts = (directive.get_modality_display(), told, directive.get_status_display(), document.title)
    return entry(directive, document, site, cut(directive.quote), " · ".join(str(fact) for fact in facts if fact))


def passage_entry(hit: Hit, site: str) -> Entry:
    """A section that a search finds, with the extract that shows why."""
    title = cut(": ".join([hit.document.title, *hit.heading_path[-1:]]))
    return entry(hit.section or hit.document, hit.document, site, title, hit.snippet.text)


def entry(row: Document | Directive | Section, document: Document, site: str, title: str, summary: str) -> Entry:
    """A row of the document, which says the rest; a directive has themes of its own."""
    themes = row.themes if isinstance(row, Directive) else document.themes
    return Entry(
        path=row.get_absolute_url(),
        address=site + row.get_absolute_url(),
        title=title,
        language=document.language,
        issuer=name_of(document.issuer, document.language),
        summary=summary,
        published=document.published_at or FOUNDED,
        themes=tuple((theme.key, in_language(theme, document.language)) for theme in themes.all()),
    )


def cut(words: str) -> str:
    words = one_line(words)
    return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1].rstrip() + "…"
