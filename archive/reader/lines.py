"""Documents in a list: read without what a line does not show, and written without a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString

from archive.interchange.coins import coins_of_document
from archive.models import Document, DocumentTheme
from archive.models.documents import DocumentQuerySet
from archive.reader.bylines import THEME_ORDER, Bylines, Names, ThemeNames, html_language, themes_by
from archive.reader.paths import path_to
from archive.reader.rendering import filled, joined

SOURCES = tuple(f"{role}__{field}" for role in ("issuer", "found_at") for field in ("slug", "name_en", "name_zh"))
SHOWN = ("title", "language", "kind", "number", "issued_on", "issued_precision", *SOURCES)
TITLE = '<h%s class="entry-title"><a href="%s" lang="%s">%s</a></h%s>'
COINS = '<span class="Z3988" title="%s" aria-hidden="true"></span>'
ENTRY = '<li class="entry">%s\n%s%s</li>\n'
THEMES = '<ul class="tags">%s</ul>'
THEME = "<li>%s</li>"


def for_lines(rows: DocumentQuerySet) -> DocumentQuerySet:
    """The documents with what their lines show."""
    return rows.select_related("issuer", "found_at").only(*SHOWN)


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

    def of(self, documents: Iterable[Document]) -> SafeString:
        """Entries with themes, which are read here in one query, and with what reference managers take."""
        shown = {document.pk: document for document in documents}
        given = DocumentTheme.objects.filter(document__in=shown).order_by(*THEME_ORDER)
        themes = themes_by("document", given)
        return joined(self._entry(document, themes.get(key, ())) for key, document in shown.items())

    def _entry(self, document: Document, themes: Sequence[ThemeNames]) -> SafeString:
        coins = coins_of_document(document, self._site + path_to("document", document.pk))
        given = joined(filled(THEME, self._names.link("theme", *one).html) for one in themes)
        listed = filled(THEMES, given) if given else ""
        return filled(ENTRY, filled(COINS, coins), self._titles.of(document), listed)
