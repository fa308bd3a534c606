"""The site map: an index, and files of at most 50,000 addresses each; and the rules for robots."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from archive.models import Directive, Document, Theme
from archive.reader import queries
from archive.reader.heads import site

ADDRESSES = 50_000
"""What the protocol allows in one file."""
XML = "application/xml; charset=utf-8"
PAGES = (
    *("home", "documents", "directives", "themes", "sources", "actors", "formulations", "search_help"),
    *("matrix", "years", "kinds"),
    *("about", "about_method", "about_coverage", "about_cite", "about_accessibility"),
)


@dataclass(frozen=True, slots=True)
class Mapped:
    """Rows that have a page each: `name` of the page, and the field that stands in its address."""

    name: str
    field: str
    rows: Callable[[], QuerySet]
    changed: str = ""

    def addresses(self, number: int) -> Iterator[tuple[str, datetime | None]]:
        """Address and last change of each row of the file with this number, from 1."""
        start = (number - 1) * ADDRESSES
        last = F(self.changed) if self.changed else None
        values = self.rows().order_by("pk").values_list(self.field, *[last] if last else [])
        for argument, *when in values[start : start + ADDRESSES].iterator(chunk_size=2000):
            yield reverse(self.name, args=[argument]), when[0] if when else None


MAPPED = {
    "documents": Mapped("document", "pk", Document.objects.published, "published_at"),
    "directives": Mapped("directive", "pk", Directive.objects.public, "document__published_at"),
    "themes": Mapped("theme", "key", lambda: Theme.objects.filter(retired=False)),
    "sources": Mapped("source", "slug", queries.sources),
    "actors": Mapped("actor", "slug", queries.actors),
    "formulations": Mapped("formulation", "slug", queries.formulations),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The files of the map, with the time of the last change in each kind."""
    here, newest = site(request), Document.objects.published().aggregate(last=Max("published_at"))["last"]
    files = [here + reverse("sitemap_pages")]
    for kind, mapped in MAPPED.items():
        last = -(-mapped.rows().count() // ADDRESSES)
        files.extend(here + reverse("sitemap_file", args=[kind, number]) for number in range(1, last + 1))
    return render(request, "sitemap_index.xml", {"files": files, "newest": newest}, content_type=XML)


@require_safe
def pages(request: HttpRequest) -> StreamingHttpResponse:
    """The pages that are no rows."""
    return sent(request, ((reverse(name), None) for name in PAGES))


@require_safe
def file(request: HttpRequest, kind: str, number: int) -> StreamingHttpResponse:
    """One file of the map; Http404 beyond the last."""
    mapped = MAPPED.get(kind)
    if not mapped or (number - 1) * ADDRESSES >= mapped.rows().count():
        raise Http404("There is no such file of the site map.")
    return sent(request, mapped.addresses(number))


def sent(request: HttpRequest, addresses: Iterator[tuple[str, datetime | None]]) -> StreamingHttpResponse:
    pieces = written(site(request), addresses) if request.method == "GET" else iter(())
    return StreamingHttpResponse(pieces, content_type=XML)


def written(here: str, addresses: Iterator[tuple[str, datetime | None]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for address, changed in addresses:
        when = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        yield f"<url><loc>{escape(here + address)}</loc>{when}</url>\n"
    yield "</urlset>\n"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", {"site_address": site(request)}, content_type="text/plain; charset=utf-8")
