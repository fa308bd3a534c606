"""Results as the page shows them: all in words and addresses, so that the template only has to write them down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.interchange.coins import coins_of_document
from archive.models import Directive, Document, Theme
from archive.reader import heads, landing
from archive.reader.bylines import PIECE, Bylines, Names, cut, html_language
from archive.reader.paths import path_to
from archive.reader.rendering import filled, joined, snippet
from archive.search.page import Hit, SearchParams

HEADING = 80
"""Characters that are shown of a heading on the way down to a section."""
THEME = "<li>%s</li>"
THEMES = '<ul class="tags">%s</ul>\n'
DOCUMENT = (
    '<li class="hit"><span class="Z3988" title="%s" aria-hidden="true"></span>\n'
    '<h3 class="entry-title"><a href="%s" lang="%s">%s</a></h3>\n<p class="byline">%s</p>\n'
)
PASSAGE = '<p class="snippet" lang="%s">%s</p>\n'
REST = '<p class="more"><a href="%s">%s</a></p>\n'
END = filled("</li>\n")
PATH = '<p class="path" lang="%s">%s</p>\n'
BESIDE = '<div class="beside">%s%s<p class="more"><a href="%s">%s</a></p></div>\n'


@dataclass(frozen=True, slots=True)
class About:
    """What results say of a document, `coins` to reference managers."""

    title: str
    lang: str
    byline: SafeString
    coins: str


@dataclass(frozen=True, slots=True)
class Passage:
    """An extract with its hits marked, the headings above it, and where it leads."""

    href: str
    html: SafeString
    path: SafeString


@dataclass(frozen=True, slots=True)
class Result:
    """A document with passages of it, or a directive; `rest` leads to all passages where `more` are not shown."""

    about: About
    passage: Passage
    beside: SafeString
    themes: SafeString
    directive: Directive | None
    rest: str
    more: str

    @property
    def as_document(self) -> SafeString:
        """The document as an item of the list."""
        about, passage = self.about, self.passage
        return joined(
            [
                filled(DOCUMENT, about.coins, passage.href, about.lang, about.title, about.byline),
                filled(PATH, about.lang, passage.path) if passage.path else "",
                filled(PASSAGE, about.lang, passage.html),
                self.beside,
                filled(REST, self.rest, self.more) if self.rest else "",
                filled(THEMES, self.themes) if self.themes else "",
                END,
            ]
        )


class Results:
    """Makes the results of one page: names and addresses that several of them share are made once."""

    def __init__(self, request: HttpRequest, params: SearchParams) -> None:
        self._request = request
        self._site = heads.site(request)
        self._question = urlencode([("q", params.q), *landing.chosen_variants(request.GET)]) if params.q else ""
        self._names = Names()
        self._bylines = Bylines(self._names)

    def of(self, hit: Hit) -> Result:
        document = path_to("document", hit.document.pk)
        about = self._about(hit.document, document)
        return Result(
            about,
            self._passage(hit, document),
            joined(beside(self._passage(one, document), about.lang) for one in hit.beside),
            joined(map(self._theme, hit.themes)),
            hit.directive,
            self._rest + str(hit.document.pk) if hit.more else "",
            more_of(hit.more) if hit.more else "",
        )

    def _about(self, document: Document, address: str) -> About:
        coins = coins_of_document(document, self._site + address)
        return About(document.title, html_language(document.language), self._bylines.inner(document), coins)

    def _theme(self, theme: Theme) -> SafeString:
        return filled(THEME, self._names.theme(theme).html)

    def _passage(self, hit: Hit, document: str) -> Passage:
        path = joined(filled(PIECE, cut(heading, HEADING)) for heading in hit.heading_path)
        return Passage(self._address(hit, document), snippet(hit.snippet), path)

    def _address(self, hit: Hit, document: str) -> str:
        """Where a result leads: to its directive, to its first hit, or to its section; with the variants as chosen."""
        marked = f"{document}?{self._question}" if self._question else document
        if hit.directive:
            if not self._question:
                return hit.directive.get_absolute_url()
            return landing.asking(document, self._question, hit.directive.start, hit.directive.anchor)
        if hit.section is None:
            return document
        if hit.snippet.hits:
            return landing.asking(document, self._question, hit.section.start, landing.anchor(hit.section.path))
        return f"{marked}#{hit.section.anchor}"

    @cached_property
    def _rest(self) -> str:
        """The address of all passages of a document, up to the document's number."""
        inside = self._request.GET.copy()
        for name in ("page", "in", "document"):
            inside.pop(name, None)
        others = inside.urlencode()
        return f"{self._request.path}?{others}{'&' if others else ''}document="


def beside(passage: Passage, lang: str) -> SafeString:
    """A further passage of a document, with a link of its own."""
    path = filled(PATH, lang, passage.path) if passage.path else ""
    return filled(BESIDE, path, filled(PASSAGE, lang, passage.html), passage.href, _("to this place"))


def more_of(n: int) -> str:
    return ngettext("%(n)s more section matches", "%(n)s more sections match", n) % {"n": n}
