"""Names with their links, and what is known of a document on one line: made once for each page that repeats them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from archive.interchange.works import as_known
from archive.models import Document, Source, Theme
from archive.models.sources import in_language
from archive.reader.paths import path_to
from archive.reader.rendering import filled, joined

CHINESE_TEXT, ENGLISH_TEXT = "zh-Hans", "en"
FORMATS = {"day": "DATE_FORMAT", "month": "YEAR_MONTH_FORMAT", "year": "Y"}
"""Precision of a date → its format."""
LINK = '<a href="%s">%s</a>'
LINK_IN = '<a href="%s" lang="%s">%s</a>'
PIECE = "<span>%s</span>"
CHINESE = '<span lang="zh-Hans">%s</span>'
BYLINE = '<p class="byline">%s</p>'
TIME = '<time datetime="%s">%s</time>'


class Link(NamedTuple):
    """A name with its address and the language that it is in; the same as HTML, and with the language said."""

    name: str
    href: str
    lang: str
    html: SafeString
    html_in: SafeString


class Names:
    """The names of one page in the language that is active; one that several rows share is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Link] = {}

    def link(self, page: str, key: str, english: str, chinese: str) -> Link:
        """To the page of a theme, actor or source, by its key and its two names."""
        found = self._made.get((page, key))
        if found is None:
            found = self._made[page, key] = made_link(in_language(english, chinese), path_to(page, key), chinese)
        return found

    def theme(self, theme: Theme) -> Link:
        return self.link("theme", theme.key, theme.name_en, theme.name_zh)

    def source(self, source: Source) -> Link:
        return self.link("source", source.slug, source.name_en, source.name_zh)


def made_link(name: str, href: str, chinese: str) -> Link:
    """A link by a name that is the Chinese one or another."""
    lang = CHINESE_TEXT if name == chinese else ENGLISH_TEXT
    return Link(name, href, lang, filled(LINK, href, name), filled(LINK_IN, href, lang, name))


class Bylines:
    """Writes what is known of the documents of one page; their issuer and place should be loaded."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._kinds = {value: str(label) for value, label in Document.Kind.choices if value != Document.Kind.OTHER}

    def of(self, document: Document) -> SafeString:
        return filled(BYLINE, self.inner(document))

    def inner(self, document: Document) -> SafeString:
        return joined(self._pieces(document))

    def _pieces(self, document: Document) -> Iterator[SafeString]:
        """What is known of a document, each in a piece of its own."""
        if kind := self._kinds.get(document.kind):
            yield filled(PIECE, kind)
        if document.issuer:
            yield filled(PIECE, self._names.source(document.issuer).html_in)
        elif document.found_at:
            place = self._names.source(document.found_at)
            yield filled(
                PIECE, filled(_('found at <a href="%(href)s">%(source)s</a>'), href=place.href, source=place.name)
            )
        issued = document.issued_on
        yield filled(PIECE, dated(issued, document.issued_precision) if issued else _("undated"))
        if document.number:
            yield filled(CHINESE if document.language == Document.Language.CHINESE else PIECE, document.number)


ThemeNames = tuple[str, str, str]
"""Key, English name and Chinese name of a theme."""


def html_language(language: str) -> str:
    """The language of a text as HTML names it."""
    return CHINESE_TEXT if language == Document.Language.CHINESE else ENGLISH_TEXT


def dated(issued: date, precision: str) -> SafeString:
    """A date as far as it is known."""
    words = in_words(issued, precision, get_language())
    return filled(TIME, as_known(issued, precision), words)


@lru_cache(maxsize=4096)
def in_words(issued: date, precision: str, language: str) -> str:
    """The same in the language, which is the one that is active."""
    return date_format(issued, FORMATS[precision])


def cut(words: str, length: int) -> str:
    """The words, or as many of them as leave room for a sign that they go on; cut at a space where one is near."""
    if len(words) <= length:
        return words
    space = words.rfind(" ", 2 * length // 3, length)
    return words[: space if space > 0 else length - 1].rstrip(" ,;:，、；：") + "…"


def list_comma() -> str:
    """What stands between the items of a list, in the language of the page."""
    return pgettext("between the items of a list", ", ")
