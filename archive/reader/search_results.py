"""Results as the page shows them, written without a template."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.interchange.coins import coins_of_document
from archive.models import Directive
from archive.reader import heads, landing
from archive.reader.addresses import open_address
from archive.reader.bylines import PIECE, Bylines, Names, cut, html_language
from archive.reader.paths import path_to
from archive.reader.rendering import filled, joined, snippet
from archive.search.page import Hit, SearchParams

HEADING = 80
"""Characters that are shown of a heading on the way down to a section."""
HIT = '<li class="hit"><span class="Z3988" title="%s" aria-hidden="true"></span>\n'
TITLE = '<h3 class="entry-title"><a href="%s" lang="%s">%s</a></h3>\n<p class="byline">%s</p>\n'
PASSAGE = '<p class="snippet" lang="%s">%s</p>\n'
REST = '<p class="more"><a href="%s">%s</a></p>\n'
END = filled("</li>\n")
PATH = '<p class="path" lang="%s">%s</p>\n'
BESIDE = '<div class="beside">%s%s<p class="more"><a href="%s">%s</a></p></div>\n'
QUOTE = '<h3 class="snippet" lang="%s"><a href="%s">%s</a></h3>\n'
ABOUT_DIRECTIVE = '<p class="byline"><span class="modality %s">%s</span>%s<span><a href="%s">%s</a></span></p>\n'
ABOUT_DOCUMENT = '<p class="path" lang="%s"><span>%s</span>%s</p>\n<p class="byline">%s</p>\n'
ACTOR = '<span><a href="%s">%s</a></span>'
ACTOR_TEXT = '<span lang="%s">%s</span>'


class Passage(NamedTuple):
    """An extract with its hits marked, the headings above it, and where it leads."""

    href: str
    html: SafeString
    path: SafeString


class Results:
    """Writes the results of one page: names and addresses that several of them share are made once."""

    def __init__(self, request: HttpRequest, params: SearchParams) -> None:
        self._request = request
        self._site = heads.site(request)
        self._question = urlencode([("q", params.q), *landing.chosen_variants(request.GET)]) if params.q else ""
        self._names = Names()
        self._bylines = Bylines(self._names)

    def of(self, hit: Hit) -> SafeString:
        """A document with passages of it, or a directive, as an item of the list."""
        document = hit.document
        address, lang = path_to("document", document.pk), html_language(document.language)
        passage = self._passage(hit, address)
        return joined(
            [
                filled(HIT, coins_of_document(document, self._site + address)),
                *(
                    self._directive(hit.directive, passage, lang)
                    if hit.directive
                    else self._document(hit, passage, address, lang)
                ),
                self._names.tags(hit.themes),
                END,
            ]
        )

    def _document(self, hit: Hit, passage: Passage, address: str, lang: str) -> Iterator[SafeString]:
        document = hit.document
        yield filled(TITLE, passage.href, lang, document.title, self._bylines.inner(document))
        if passage.path:
            yield filled(PATH, lang, passage.path)
        yield filled(PASSAGE, lang, passage.html)
        for one in hit.beside:
            yield beside(self._passage(one, address), lang)
        if hit.more:
            yield filled(REST, f"{self._rest}{document.pk}", more_of(hit.more))

    def _directive(self, directive: Directive, passage: Passage, lang: str) -> Iterator[SafeString]:
        document, address = directive.document, path_to("directive", directive.pk)
        yield filled(QUOTE, lang, passage.href, passage.html)
        modality = directive.get_modality_display()
        yield filled(
            ABOUT_DIRECTIVE, directive.modality, modality, actor(directive, lang), address, _("about this directive")
        )
        yield filled(ABOUT_DOCUMENT, lang, document.title, passage.path, self._bylines.inner(document))

    def _passage(self, hit: Hit, document: str) -> Passage:
        path = joined([filled(PIECE, cut(heading, HEADING)) for heading in hit.heading_path])
        return Passage(self._address(hit, document), snippet(hit.snippet), path)

    def _address(self, hit: Hit, document: str) -> str:
        """Where a result leads: to its directive, to its first hit, or to its section; with the variants as chosen."""
        marked = f"{document}?{self._question}" if self._question else document
        if hit.directive:
            if not self._question:
                return path_to("directive", hit.directive.pk)
            return landing.asking(document, self._question, hit.directive.start, hit.directive.anchor)
        if hit.section is None:
            return document
        if hit.snippet.hits:
            return landing.asking(document, self._question, hit.section.start, landing.anchor(hit.section.path))
        return f"{marked}#{hit.section.anchor}"

    @cached_property
    def _rest(self) -> str:
        """The address of all passages of a document, up to the document's number."""
        return open_address(self._request, ("page", "in", "document")) + "document="


def actor(directive: Directive, lang: str) -> SafeString:
    """Who is told, by the name in the vocabulary or in the words of the text; empty where nobody is named."""
    if directive.actor:
        return filled(ACTOR, path_to("actor", directive.actor.slug), directive.actor.name)
    return filled(ACTOR_TEXT, lang, directive.actor_text) if directive.actor_text else filled("")


def beside(passage: Passage, lang: str) -> SafeString:
    """A further passage of a document, with a link of its own."""
    path = filled(PATH, lang, passage.path) if passage.path else ""
    return filled(BESIDE, path, filled(PASSAGE, lang, passage.html), passage.href, _("to this place"))


def more_of(n: int) -> str:
    return ngettext("%(n)s more section matches", "%(n)s more sections match", n) % {"n": n}
