"""What the heads of pages tell machines: the address that counts, the other languages, and what the page is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from archive.interchange import json_ld, meta_tags, plain_json, xml
from archive.interchange.citation_formats import CITATIONS
from archive.interchange.works import Work, one_line
from archive.models import Directive, Document
from archive.reader import rendering
from archive.reader.landing import VARIANTS
from archive.reader.language import PARAMETER
from archive.reader.parameters import FILTERS

OF_LISTS = ("q", "in", "status", *FILTERS)
LISTS = ("documents", "directives", "documents_file", "directives_file")
SEARCHES = ("search", "concordance", "search_file")
KEPT = {"cite": ("section",), **dict.fromkeys(LISTS, OF_LISTS), **dict.fromkeys(SEARCHES, (*OF_LISTS, *VARIANTS))}
"""Page → the parameters that make it another page. All others (page, order, hit, what trackers add) do not."""
NO_LANGUAGE = "x-default"
CITATION_FORMS = tuple((ending, form.media_type, form.name) for ending, form in CITATIONS.items())
DOCUMENT_FORMS = (
    *CITATION_FORMS,
    ("json", plain_json.MEDIA_TYPE, "JSON"),
    ("xml", xml.MEDIA_TYPE, "XML"),
    ("txt", "text/plain", "Text"),
)
"""(ending, media type, title) of the other forms of a page."""
DESCRIPTION = 200
"""Characters."""


@dataclass(frozen=True, slots=True)
class Head:
    """Tags and description of a page about one thing, and its other forms: (media type, title, address)."""

    description: str
    tags: tuple[meta_tags.Tag, ...]
    json_ld: SafeString
    forms: Sequence[tuple[str, str, str]] = ()


def site(request: HttpRequest) -> str:
    """Scheme and host of the archive, without a slash: as the settings name it, else as the request was made."""
    return str(settings.SITE_ADDRESS) or f"{request.scheme}://{request.get_host()}"


def canonical(request: HttpRequest) -> str:
    """The one address of the page that is asked for, whatever its language."""
    kept = KEPT.get(request.resolver_match.url_name or "", ()) if request.resolver_match else ()
    given = [(name, value) for name in kept for value in sorted(request.GET.getlist(name)) if value]
    return site(request) + request.path + (f"?{urlencode(given)}" if given else "")


def page_head(request: HttpRequest) -> dict[str, object]:
    """For every template: the site, the canonical address, and the same page in each language."""
    if request.resolver_match is None:
        return {}
    plain = canonical(request)
    in_languages = {code: with_language(plain, code) for code, _name in settings.LANGUAGES}
    asked = request.GET.get(PARAMETER, "")
    return {
        "site_address": site(request),
        "canonical": in_languages.get(asked, plain),
        "in_languages": [*in_languages.items(), (NO_LANGUAGE, plain)],
    }


def with_language(address: str, code: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode({PARAMETER: code})}"


def document_head(request: HttpRequest, document: Document, work: Work) -> Head:
    """Of the page of a document; its upload should be loaded."""
    here, upload = site(request), document.upload
    original = here + reverse("original", args=[document.pk])
    others = forms("document_file", document.pk, DOCUMENT_FORMS)
    files = [(kind, here + address) for kind, _title, address in others]
    graph = json_ld.graph(
        json_ld.document(work, [*files, (upload.media_type, original)]),
        json_ld.breadcrumbs(*steps(here, "documents"), (work.title, work.address)),
    )
    tags = meta_tags.meta_tags(work, original, upload.media_type)
    return Head(opening(document, work), tags, rendering.data_block(graph), others)


def opening(document: Document, work: Work) -> str:
    """What the document is, and its first words, without those of the page it was found on."""
    start = 0
    for first, end, *_kind in document.boilerplate:
        start = end if first <= start else start
    words = one_line(document.text[start : start + 2 * DESCRIPTION]).removeprefix(work.title).strip()
    facts = " · ".join(part for part in (work.kind_name, work.issuer, work.number, work.issued) if part)
    return Truncator(f"{facts}: {words}" if facts else words).chars(DESCRIPTION)


def section_head(request: HttpRequest, document: Document, work: Work) -> Head:
    """Of the page that cites a section, or the document as a whole."""
    whole = site(request) + document.get_absolute_url()
    thing = json_ld.part(work, whole) if work.part else json_ld.document(work)
    way = json_ld.breadcrumbs(
        *steps(site(request), "documents"), (document.title, whole), (_("Cite"), canonical(request))
    )
    return Head(work.cited, meta_tags.meta_tags(work), rendering.data_block(json_ld.graph(thing, way)))


def directive_head(request: HttpRequest, directive: Directive, work: Work) -> Head:
    """Of the page of a directive."""
    here = site(request)
    name = _("Directive %(n)s") % {"n": directive.pk}
    graph = json_ld.graph(
        json_ld.part(work, here + directive.document.get_absolute_url(), directive.quote),
        json_ld.breadcrumbs(*steps(here, "directives"), (name, work.address)),
    )
    tags, others = meta_tags.meta_tags(work), forms("directive_file", directive.pk, CITATION_FORMS)
    return Head(Truncator(directive.quote).chars(DESCRIPTION), tags, rendering.data_block(graph), others)


def site_data(request: HttpRequest) -> SafeString:
    """The archive as a whole, for the first page."""
    here = site(request)
    description = _("An archive of documents about policing and mass work")
    return rendering.data_block(json_ld.graph(json_ld.website(here, here + reverse("search"), description)))


def forms(name: str, number: int, endings: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [(kind, title, reverse(name, args=[number, ending])) for ending, kind, title in endings]


def steps(here: str, name: str) -> list[tuple[str, str]]:
    """The first steps of the way to a page: the archive, and the list that the page is in."""
    labels: dict[str, Any] = {"documents": _("Documents"), "directives": _("Directives")}
    return [("Massline", f"{here}/"), (labels[name], here + reverse(name))]
