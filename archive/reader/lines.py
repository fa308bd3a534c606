"""Documents in a list: read without what a line does not show, and written without a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


class Lines:
    """Writes documents as the entries of a list; `site` is the address of the archive, `level` that of their titles."""

    def __init__(self, site: str, level: int = 3) -> None:
        self._site, self._level = site, level
        self._names = Names()
        self._bylines = Bylines(self._names)

    def of(self, documents: Sequence[Document]) -> SafeString:
        """Entries with themes, which are read here in one query, and with what reference managers take."""
        given = DocumentTheme.objects.filter(document__in=[document.pk for document in documents])
        themes = themes_by("document", given.order_by(*THEME_ORDER))
        return joined(self._entry(document, themes) for document in documents)

    def title(self, document: Document) -> SafeString:
        """The title as a heading, and what is known of the document."""
        href, lang = path_to("document", document.pk), html_language(document.language)
        heading = filled(TITLE, self._level, href, lang, document.title, self._level)
        return joined([heading, self._bylines.of(document)])

    def _entry(self, document: Document, themes: Mapping[int, Sequence[ThemeNames]]) -> SafeString:
        coins = coins_of_document(document, self._site + path_to("document", document.pk))
        given = joined(filled(THEME, self._names.link("theme", *one).html) for one in themes.get(document.pk, ()))
        return filled(ENTRY, filled(COINS, coins), self.title(document), filled(THEMES, given) if given else "")
