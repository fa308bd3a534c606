"""Atom feeds (RFC 4287): an entry for each document, directive or passage, with ids that never change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from archive.interchange.works import ARCHIVE
from archive.interchange.xml import LANG, LANGUAGES, holdable

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
NAMESPACES: Any = {None: NAMESPACE}  # the stubs know of no default namespace


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of a thing. `path` is its place in the archive without fragments that could change."""

    path: str
    address: str
    title: str
    language: str
    issuer: str
    summary: str
    published: datetime
    themes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at `address` of what the page at `page` lists; newest entries first."""

    address: str
    page: str
    title: str
    founded: datetime
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        return max((entry.published for entry in self.entries), default=self.founded)


def atom(feed: Feed) -> bytes:
    """A whole file, in UTF-8."""
    root = etree.Element(tag("feed"), nsmap=NAMESPACES)
    add(root, "id", feed.address)
    add(root, "title", feed.title)
    add(root, "updated", feed.updated.isoformat())
    add(add(root, "author"), "name", ARCHIVE)
    add(root, "link", rel="self", type=MEDIA_TYPE, href=feed.address)
    add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for entry in feed.entries:
        root.append(entry_element(entry))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def entry_element(entry: Entry) -> etree._Element:
    made = etree.Element(tag("entry"))
    made.set(LANG, LANGUAGES.get(entry.language, entry.language))
    add(made, "id", tag_uri(entry))
    add(made, "title", entry.title)
    add(made, "updated", entry.published.isoformat())
    add(made, "published", entry.published.isoformat())
    add(made, "link", rel="alternate", type="text/html", href=entry.address)
    if entry.issuer:
        add(add(made, "author"), "name", entry.issuer)
    for key, name in entry.themes:
        add(made, "category", term=key, label=name)
    add(made, "summary", entry.summary)
    return made


def tag_uri(entry: Entry) -> str:
    """A tag: URI (RFC 4151): the archive's host, the day the document was published, and the path."""
    host = urlsplit(entry.address).hostname or "localhost"
    return f"tag:{host},{entry.published:%Y-%m-%d}:{entry.path}"


def add(parent: etree._Element, name: str, words: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, tag(name))
    made.text = holdable(words) or None
    for key, value in attributes.items():
        made.set(key, holdable(value))
    return made


def tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
