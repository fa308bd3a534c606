"""Documents in a list: read without what a line does not show, and written without a template."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from archive.interchange.coins import coins_of_document
from archive.models import Document, Theme
from archive.models.documents import DocumentQuerySet
from archive.reader.bylines import Bylines, Names, html_language
from archive.reader.paths import path_to
from archive.reader.rendering import filled, joined
from archive.search.loading import OF_DOCUMENT, published, themes_of_documents

TITLE = '<h%s class="entry-title"><a href="%s" lang="%s">%s</a></h%s>'
COINS = '<span class="Z3988" title="%s" aria-hidden="true"></span>'
ENTRY = '<li class="entry">%s\n%s%s</li>\n'


def for_lines(keys: Sequence[int]) -> list[Document]:
    """Those of the documents that are published, in the order of their keys, with what their lines show."""
    found = published(keys)
    return [found[key] for key in keys if key in found]


def newest(rows: DocumentQuerySet, number: int) -> list[Document]:
    """The newest of the documents, at most so many, with what their lines show: one query."""
    names = (f"{role}__{name}" for role in ("issuer", "found_at") for name in ("slug", "name_en", "name_zh"))
    shown = rows.newest().select_related("issuer", "found_at").only(*OF_DOCUMENT, *names)
    return list(shown[:number])


class Titles:
    """Writes the titles of documents as headings of a level, each with what is known of the document."""

    def __init__(self, names: Names, level: int = 3) -> None:
        self._level = level
        self._bylines = Bylines(names)

    def of(self, document: Document) -> SafeString:
        href, lang = path_to("document", document.pk), html_language(document.language)
        heading = filled(TITLE, self._level, href, lang, document.title, self._level)
        return joined([heading, self._bylines.of(document)])


class Lines:
    """Writes documents as the entries of a list; `site` is the address of the archive, `level` that of their titles."""

    def __init__(self, site: str, level: int = 3) -> None:
        self._site = site
        self._names = Names()
        self._titles = Titles(self._names, level)

    def of(self, documents: Sequence[Document]) -> SafeString:
        """Entries with themes, which are read here in one query, and with what reference managers take."""
        themes = themes_of_documents([document.pk for document in documents])
        return joined(self._entry(document, themes.get(document.pk, ())) for document in documents)

    def _entry(self, document: Document, themes: Sequence[Theme]) -> SafeString:
        coins = coins_of_document(document, self._site + path_to("document", document.pk))
        return filled(ENTRY, filled(COINS, coins), self._titles.of(document), self._names.tags(themes))
