"""schema.org descriptions of pages, as plain values for a data block of JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archive.interchange.works import ARCHIVE, Work

CONTEXT = "https://schema.org"
LEGISLATION = ("law", "regulation", "measures")
LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def graph(*things: dict[str, Any]) -> dict[str, Any]:
    return {"@context": CONTEXT, "@graph": [full(thing) for thing in things]}


def document(work: Work, files: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """A document as Legislation or Report; `files` are (media type, absolute address) of its other forms."""
    is_law = work.kind in LEGISLATION
    return full(
        {
            "@type": "Legislation" if is_law else "Report",
            "@id": work.address,
            "url": work.address,
            "name": work.title,
            "inLanguage": LANGUAGES.get(work.language, work.language),
            "genre": work.kind_name,
            "author": organisation(work.issuer),
            "publisher": organisation(ARCHIVE),
            "datePublished": work.issued,
            "legislationIdentifier" if is_law else "reportNumber": work.number,
            "keywords": list(work.themes),
            "isAccessibleForFree": True,
            "encoding": [{"@type": "MediaObject", "encodingFormat": kind, "contentUrl": at} for kind, at in files],
        }
    )


def part(work: Work, whole: str, words: str = "") -> dict[str, Any]:
    """A section, or a directive with its words, of the document at the absolute address `whole`."""
    return full(
        {
            "@type": "Quotation" if words else "CreativeWork",
            "@id": work.address,
            "url": work.address,
            "name": work.part,
            "text": words,
            "position": work.section,
            "inLanguage": LANGUAGES.get(work.language, work.language),
            "author": organisation(work.issuer),
            "datePublished": work.issued,
            "isPartOf": {"@id": whole, "@type": "CreativeWork", "name": work.title},
        }
    )


def breadcrumbs(*steps: tuple[str, str]) -> dict[str, Any]:
    """The way to a page: (name, absolute address) of each step, the page itself last."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def website(site: str, search: str, description: str) -> dict[str, Any]:
    """The archive as a whole; `search` is the absolute address of the search page."""
    return {
        "@type": "WebSite",
        "@id": f"{site}/",
        "url": f"{site}/",
        "name": ARCHIVE,
        "description": description,
        "inLanguage": ["en", "zh-Hans"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name} if name else {}


def full(thing: dict[str, Any]) -> dict[str, Any]:
    """The thing without what is not known."""
    return {name: value for name, value in thing.items() if value not in ("", [], {}, None)}
