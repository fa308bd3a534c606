"""Results as the page shows them: all in words and addresses, so that the template only has to write them down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from archive.interchange.coins import coins_of_document
from archive.models import Directive, Document, Source, Theme
from archive.reader import heads, landing
from archive.reader.rendering import filled, joined, snippet
from archive.search.page import Hit, SearchParams

HEADING = 80
"""Characters that are shown of a heading on the way down to a section."""
PRECISIONS = {"day": ("DATE_FORMAT", 10), "month": ("YEAR_MONTH_FORMAT", 7), "year": ("Y", 4)}
"""Precision of a date → its format, and how many characters of the ISO date it has."""
PIECE = "<span>%s</span>"
CHINESE = '<span lang="zh-Hans">%s</span>'
NAMED = '<a href="%s" lang="%s">%s</a>'
TIME = '<time datetime="%s">%s</time>'
THEME = '<li><a href="%s">%s</a></li>'
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
class Link:
    """A name with its address, and the language that it is in."""

    name: str
    href: str
    lang: str


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
        self._q = params.q
        self._site = heads.site(request)
        self._chosen = landing.chosen_variants(request.GET)
        self._kinds = {value: str(label) for value, label in Document.Kind.choices if value != Document.Kind.OTHER}
        self._links: dict[tuple[type, int], Link] = {}

    def of(self, hit: Hit) -> Result:
        document = hit.document.get_absolute_url()
        about = self._about(hit.document, document)
        return Result(
            about,
            self._passage(hit, document),
            joined(beside(self._passage(one, document), about.lang) for one in hit.beside),
            joined(filled(THEME, link.href, link.name) for link in map(self._link, hit.themes)),
            hit.directive,
            self._rest(hit) if hit.more else "",
            more_of(hit.more) if hit.more else "",
        )

    def _about(self, document: Document, address: str) -> About:
        lang = "zh-Hans" if document.language == Document.Language.CHINESE else "en"
        coins = coins_of_document(document, self._site + address)
        return About(document.title, lang, joined(self._byline(document)), coins)

    def _byline(self, document: Document) -> Iterator[SafeString]:
        """What is known of a document, each in a piece of its own."""
        if kind := self._kinds.get(document.kind):
            yield filled(PIECE, kind)
        if document.issuer:
            issuer = self._link(document.issuer)
            yield filled(PIECE, filled(NAMED, issuer.href, issuer.lang, issuer.name))
        elif document.found_at:
            place = self._link(document.found_at)
            link = filled(_('found at <a href="%(href)s">%(source)s</a>'), href=place.href, source=place.name)
            yield filled(PIECE, link)
        issued = document.issued_on
        yield filled(PIECE, dated(issued, document.issued_precision) if issued else _("undated"))
        if document.number:
            yield filled(CHINESE if document.language == Document.Language.CHINESE else PIECE, document.number)

    def _link(self, named: Source | Theme) -> Link:
        key = type(named), named.pk
        if key not in self._links:
            name = named.name
            self._links[key] = Link(name, named.get_absolute_url(), "zh-Hans" if name == named.name_zh else "en")
        return self._links[key]

    def _passage(self, hit: Hit, document: str) -> Passage:
        path = joined(filled(PIECE, shortened(heading)) for heading in hit.heading_path)
        return Passage(self._address(hit, document), snippet(hit.snippet), path)

    def _address(self, hit: Hit, document: str) -> str:
        """Where a result leads: to its directive, to its first hit, or to its section; with the variants as chosen."""
        section, marked = hit.section, f"{document}?{urlencode([('q', self._q), *self._chosen])}"
        if hit.directive:
            return f"{marked}#{hit.directive.anchor}" if self._q else hit.directive.get_absolute_url()
        if section is None:
            return document
        if hit.snippet.hits:
            return landing.address(document, self._q, section.start, section.path, self._chosen)
        return f"{marked if self._q else document}#{section.anchor}"

    def _rest(self, hit: Hit) -> str:
        """The address of all passages of a hit's document."""
        inside = self._request.GET.copy()
        for name in ("page", "in"):
            inside.pop(name, None)
        inside["document"] = str(hit.document.pk)
        return f"{self._request.path}?{inside.urlencode()}"


def beside(passage: Passage, lang: str) -> SafeString:
    """A further passage of a document, with a link of its own."""
    path = filled(PATH, lang, passage.path) if passage.path else ""
    return filled(BESIDE, path, filled(PASSAGE, lang, passage.html), passage.href, _("to this place"))


def dated(issued: date, precision: str) -> SafeString:
    words = in_words(issued, precision, get_language())
    return filled(TIME, issued.isoformat()[: PRECISIONS[precision][1]], words)


def more_of(n: int) -> str:
    return ngettext("%(n)s more section matches", "%(n)s more sections match", n) % {"n": n}


def shortened(heading: str) -> str:
    return heading if len(heading) <= HEADING else Truncator(heading).chars(HEADING)


@lru_cache(maxsize=4096)
def in_words(issued: date, precision: str, language: str) -> str:
    """A date as far as it is known, in the language that is active."""
    return date_format(issued, PRECISIONS[precision][0])
