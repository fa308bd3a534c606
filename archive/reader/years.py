"""Browsing by year and by kind of document."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.models import Document, Source, Theme
from archive.reader import counts, queries
from archive.reader.addresses import kept_listing
from archive.reader.heads import site
from archive.reader.kept import corpus, kept
from archive.reader.lines import Lines, for_lines
from archive.reader.lists import Entry, most
from archive.reader.matrices import address, year_word
from archive.reader.parameters import ReaderForm
from archive.reader.series import series

MOST = 15


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: its documents, their directives, and the years that they are from."""

    key: str
    name: str
    of: counts.OfKind
    documents_href: str
    directives_href: str


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """Every year from the first to the last, with its documents and directives."""
    state = corpus()
    documents = kept(state, counts.documents_by_year)
    directives = kept(state, counts.directives_by_year)
    found = series(
        {year: of.number for year, of in directives.items()},
        {year: of.documents for year, of in directives.items()},
        documents,
        lambda year: address("directives", year=year),
        None,
    )
    return render(request, "years.html", {"series": found})


@require_safe
def year(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """A year that has documents; without a number the documents that have no date."""
    state = corpus()
    known = kept(state, counts.documents_by_year)
    if number not in known:
        raise Http404("No published document is from this year.")
    form, word = ReaderForm(request.GET), year_word(number)
    rows = queries.in_year(Document.objects.published(), word).newest()
    of = kept(state, counts.of_year, number)
    dated = sorted(one for one in known if one is not None)
    place = dated.index(number) if number is not None else -1
    context = {
        "year": number,
        "form": form,
        "listing": (page := kept_listing(rows, form, state, for_lines, of=word)),
        "lines": Lines(site(request)).of(page.rows),
        "directives_count": of.directives,
        "directives_href": address("directives", year=word),
        "kinds": [
            Entry(Document.Kind(kind).label, of.kinds[kind], address("documents", kind=kind, year=word))
            for kind in sorted(of.kinds, key=lambda kind: -of.kinds[kind])
        ],
        "themes": most(
            Theme, of.themes, len(of.themes), lambda theme: address("documents", theme=theme.key, year=word)
        ),
        "sources": most(Source, of.sources, MOST, lambda source: address("documents", source=source.slug, year=word)),
        "before": dated[place - 1] if place > 0 else None,
        "after": dated[place + 1] if 0 <= place < len(dated) - 1 else None,
    }
    return render(request, "year.html", context)


@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds of documents that there are, those with most documents first."""
    found = kept(corpus(), counts.kinds)
    rows = [
        Kind(key, str(Document.Kind(key).label), of, address("documents", kind=key), address("directives", kind=key))
        for key, of in sorted(found.items(), key=lambda item: -item[1].documents)
    ]
    return render(request, "kinds.html", {"kinds": rows})
