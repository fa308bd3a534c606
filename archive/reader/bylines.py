"""Names with their links, and what is known of a document on one line: made once for each page that repeats them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from archive.interchange.works import as_known
from archive.models import Document, Source, Theme
from archive.models.sources import prefers_chinese
from archive.reader.paths import path_to
from archive.reader.rendering import filled, joined

CHINESE_TEXT, ENGLISH_TEXT = "zh-Hans", "en"
FORMATS = {"day": "DATE_FORMAT", "month": "YEAR_MONTH_FORMAT", "year": "Y"}
"""Precision of a date → its format."""
LINK = '<a href="%s">%s</a>'
LINK_IN = '<a href="%s" lang="%s">%s</a>'
ITEM = "<li>%s</li>"
TAGS = '<ul class="tags">%s</ul>\n'
PIECE = "<span>%s</span>"
CHINESE = '<span lang="zh-Hans">%s</span>'
BYLINE = '<p class="byline">%s</p>'
TIME = '<time datetime="%s">%s</time>'


class Link(NamedTuple):
    """A name with its address and the language that it is in, and the same as HTML."""

    name: str
    href: str
    lang: str
    html: SafeString

    @property
    def html_in(self) -> SafeString:
        """With the language said."""
        return filled(LINK_IN, self.href, self.lang, self.name)


class Names:
    """The names of one page in the language that is active; one that several rows share is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Link] = {}
        self._items: dict[str, SafeString] = {}
        self._chinese = prefers_chinese()

    def link(self, page: str, key: str, english: str, chinese: str) -> Link:
        """To the page of a theme, actor or source, by its key and its two names."""
        found = self._made.get((page, key))
        if found is None:
            name = chinese or english if self._chinese else english or chinese
            found = self._made[page, key] = made_link(name, path_to(page, key), chinese)
        return found

    def theme(self, theme: Theme) -> Link:
        return self.link("theme", theme.key, theme.name_en, theme.name_zh)

    def source(self, source: Source) -> Link:
        return self.link("source", source.slug, source.name_en, source.name_zh)

    def tags(self, themes: Iterable[Theme]) -> SafeString:
        """Themes as a list; empty where there are none."""
        items = joined([self._items.get(theme.key) or self._item(theme) for theme in themes])
        return filled(TAGS, items) if items else items

    def _item(self, theme: Theme) -> SafeString:
        written = self._items[theme.key] = filled(ITEM, self.theme(theme).html)
        return written


def made_link(name: str, href: str, chinese: str) -> Link:
    """A link by a name that is the Chinese one or another."""
    lang = CHINESE_TEXT if name == chinese else ENGLISH_TEXT
    return Link(name, href, lang, filled(LINK, href, name))


class Bylines:
    """Writes what is known of the documents of one page; their issuer and place should be loaded."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._sources: dict[tuple[int | None, int | None], SafeString] = {}
        self._language = get_language()
        self._kinds = kinds(self._language)

    def of(self, document: Document) -> SafeString:
        return filled(BYLINE, self.inner(document))

    def inner(self, document: Document) -> SafeString:
        """What is known of a document, each in a piece of its own."""
        issued = document.issued_on
        pieces = [
            self._kinds.get(document.kind, ""),
            self._source(document),
            dated_piece(issued, document.issued_precision, self._language) if issued else filled(PIECE, _("undated")),
        ]
        if document.number:
            pieces.append(filled(CHINESE if document.language == Document.Language.CHINESE else PIECE, document.number))
        return joined(pieces)

    def _source(self, document: Document) -> SafeString:
        """Who issued the document, else where it was found; written once for those that say the same."""
        key = document.issuer_id, document.found_at_id
        written = self._sources.get(key)
        if written is None:
            written = self._sources[key] = joined(self._pieces_of_source(document))
        return written

    def _pieces_of_source(self, document: Document) -> Iterator[SafeString]:
        if document.issuer:
            yield filled(PIECE, self._names.source(document.issuer).html_in)
        elif document.found_at:
            place = self._names.source(document.found_at)
            found_at = filled(_('found at <a href="%(href)s">%(source)s</a>'), href=place.href, source=place.name)
            yield filled(PIECE, found_at)


@cache
def kinds(language: str) -> Mapping[str, SafeString]:
    """The kinds of documents that have a name, in the language, which is the one that is active."""
    named = [(value, label) for value, label in Document.Kind.choices if value != Document.Kind.OTHER]
    return {value: filled(PIECE, str(label)) for value, label in named}


ThemeNames = tuple[str, str, str]
"""Key, English name and Chinese name of a theme."""


def html_language(language: str) -> str:
    """The language of a text as HTML names it."""
    return CHINESE_TEXT if language == Document.Language.CHINESE else ENGLISH_TEXT


def dated(issued: date, precision: str) -> SafeString:
    """A date as far as it is known."""
    return dated_in(issued, precision, get_language())


@lru_cache(maxsize=4096)
def dated_in(issued: date, precision: str, language: str) -> SafeString:
    """The same in the language, which is the one that is active."""
    return filled(TIME, as_known(issued, precision), date_format(issued, FORMATS[precision]))


@lru_cache(maxsize=4096)
def dated_piece(issued: date, precision: str, language: str) -> SafeString:
    return filled(PIECE, dated_in(issued, precision, language))


def cut(words: str, length: int) -> str:
    """The words, or as many of them as leave room for a sign that they go on; cut at a space where one is near."""
    if len(words) <= length:
        return words
    space = words.rfind(" ", 2 * length // 3, length)
    return words[: space if space > 0 else length - 1].rstrip(" ,;:，、；：") + "…"


def list_comma() -> str:
    """What stands between the items of a list, in the language of the page."""
    return pgettext("between the items of a list", ", ")
