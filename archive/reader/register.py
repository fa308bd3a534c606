"""Directives in a table: read without what a row does not show, and written without a template."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.models import Directive, Document
from archive.models.prepared import Prepared
from archive.reader.bylines import Names, cut, html_language, list_comma
from archive.reader.paths import path_to
from archive.reader.rendering import filled, joined
from archive.search.loading import themes_of_directives

QUOTE, TITLE = 280, 90
"""Characters that are shown of a directive and of the title of its document."""
ROW = (
    '\n<tr>\n<td class="quote"><a href="%s" lang="%s">%s</a></td>\n'
    '<td data-label="%s"><span class="modality %s">%s</span></td>\n<td data-label="%s">%s</td>\n'
    '<td data-label="%s">%s</td>\n<td data-label="%s"><a href="%s#d%s" lang="%s">%s</a>%s</td>\n</tr>'
)
IN_THE_TEXT = '<span lang="%s">%s</span>'
FAINT = '<span class="faint">%s</span>'
YEAR = ' <span class="faint">%s</span>'
THEME = '<a class="theme" href="%s">%s</a>'


class DirectiveRow(NamedTuple):
    """What a row of the table shows."""

    pk: int
    quote: str
    modality: str
    actor_text: str
    actor: str | None
    actor_en: str
    actor_zh: str
    document: int
    title: str
    language: str
    issued_on: date | None


_DIRECTIVES = Prepared(
    lambda keys: (
        Directive.objects.filter(pk__in=keys, retired_at=None)
        .order_by()
        .values_list(
            *("document__state", "status", "pk", "quote", "modality", "actor_text"),
            *("actor__slug", "actor__name_en", "actor__name_zh"),
            *("document", "document__title", "document__language", "document__issued_on"),
        )
    )
)


def for_table(keys: Sequence[int]) -> list[DirectiveRow]:
    """Those of the directives that are public, in the order of their keys."""
    rows = {row[2]: row for row in _DIRECTIVES(keys)}
    return [DirectiveRow(*rows[key][2:]) for key in keys if key in rows and is_public(*rows[key][:2])]


def is_public(state: str, status: str) -> bool:
    """The rule of `DirectiveQuerySet.public` for a directive that is not retired."""
    return state == Document.State.PUBLISHED and status != Directive.Status.REJECTED


def table_rows(rows: Sequence[DirectiveRow]) -> SafeString:
    """The body of the table; themes are read here, in one query."""
    return Table([row.pk for row in rows]).of(rows)


class Table:
    """Writes the rows of one table; the words of its columns are looked up once."""

    def __init__(self, directives: Sequence[int]) -> None:
        self._names = Names()
        self._themes = themes_of_directives(directives)
        self._modalities = {one.value: str(one.label) for one in Directive.Modality}
        self._labels = _("Modality"), _("Who is told"), _("Themes"), _("Document")
        self._between = list_comma()
        self._not_named, self._none = filled(FAINT, _("not named")), filled(FAINT, _("none"))

    def of(self, rows: Sequence[DirectiveRow]) -> SafeString:
        return joined(map(self._row, rows))

    def _row(self, row: DirectiveRow) -> SafeString:
        modality, told, themes, document = self._labels
        lang = html_language(row.language)
        year = filled(YEAR, row.issued_on.year) if row.issued_on else ""
        return filled(
            ROW,
            *(path_to("directive", row.pk), lang, cut(row.quote, QUOTE)),
            *(modality, row.modality, self._modalities[row.modality]),
            *(told, self._actor(row, lang)),
            *(themes, self._themes_of(row)),
            *(document, path_to("document", row.document), row.pk, lang, cut(row.title, TITLE), year),
        )

    def _actor(self, row: DirectiveRow, lang: str) -> SafeString:
        if row.actor:
            return self._names.link("actor", row.actor, row.actor_en, row.actor_zh).html
        return filled(IN_THE_TEXT, lang, row.actor_text) if row.actor_text else self._not_named

    def _themes_of(self, row: DirectiveRow) -> SafeString:
        links = map(self._names.theme, self._themes.get(row.pk, ()))
        return joined((filled(THEME, link.href, link.name) for link in links), self._between) or self._none
