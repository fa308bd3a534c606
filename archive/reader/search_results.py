"""Results as the page shows them: all in words and addresses, so that the template only has to write them down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext

from archive.interchange.coins import coins_of_document
from archive.models import Directive, Document, Source, Theme
from archive.reader import heads, landing, rendering
from archive.search.page import Hit, SearchParams

HEADING = 80
"""Characters that are shown of a heading on the way down to a section."""
PRECISIONS = {"day": ("DATE_FORMAT", 10), "month": ("YEAR_MONTH_FORMAT", 7), "year": ("Y", 4)}
"""Precision of a date → its format, and how many characters of the ISO date it has."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name with its address, and the language that it is in."""

    name: str
    href: str
    lang: str


@dataclass(frozen=True, slots=True)
class About:
    """What results say of a document, `coins` to reference managers; what is not known is empty."""

    title: str
    lang: str
    kind: str
    issuer: Link | None
    found_at: Link | None
    iso: str
    date: str
    number: str
    coins: str


@dataclass(frozen=True, slots=True)
class Passage:
    """An extract with its hits marked, the headings above it, and where it leads."""

    href: str
    html: SafeString
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A document with the passages shown of it, or a directive; `rest` leads to all where `more` are not shown."""

    about: About
    passages: tuple[Passage, ...]
    themes: tuple[Link, ...]
    directive: Directive | None
    rest: str
    more: str

    @property
    def href(self) -> str:
        return self.passages[0].href


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
        return Result(
            self._about(hit.document, document),
            tuple(self._passage(one, document) for one in (hit, *hit.beside)),
            tuple(map(self._link, hit.themes)),
            hit.directive,
            self._rest(hit) if hit.more else "",
            more_of(hit.more) if hit.more else "",
        )

    def _about(self, document: Document, address: str) -> About:
        issued, precision = document.issued_on, document.issued_precision
        return About(
            document.title,
            "zh-Hans" if document.language == Document.Language.CHINESE else "en",
            self._kinds.get(document.kind, ""),
            self._link(document.issuer) if document.issuer else None,
            self._link(document.found_at) if document.found_at else None,
            issued.isoformat()[: PRECISIONS[precision][1]] if issued else "",
            in_words(issued, precision, get_language()) if issued else "",
            document.number,
            coins_of_document(document, self._site + address),
        )

    def _link(self, named: Source | Theme) -> Link:
        key = type(named), named.pk
        if key not in self._links:
            name = named.name
            self._links[key] = Link(name, named.get_absolute_url(), "zh-Hans" if name == named.name_zh else "en")
        return self._links[key]

    def _passage(self, hit: Hit, document: str) -> Passage:
        path = tuple(shortened(heading) for heading in hit.heading_path)
        return Passage(self._address(hit, document), rendering.snippet(hit.snippet), path)

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


def more_of(n: int) -> str:
    return ngettext("%(n)s more section matches", "%(n)s more sections match", n) % {"n": n}


def shortened(heading: str) -> str:
    return heading if len(heading) <= HEADING else Truncator(heading).chars(HEADING)


@lru_cache(maxsize=4096)
def in_words(issued: date, precision: str, language: str) -> str:
    """A date as far as it is known, in the language that is active."""
    return date_format(issued, PRECISIONS[precision][0])
