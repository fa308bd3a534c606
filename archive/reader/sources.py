"""The page of a source: what it issued and what was found there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from archive.models import Actor, Document, Source, Theme
from archive.reader import counts, queries
from archive.reader.addresses import kept_listing
from archive.reader.heads import site
from archive.reader.kept import corpus, kept
from archive.reader.lines import Lines, for_lines
from archive.reader.lists import most
from archive.reader.matrices import address
from archive.reader.parameters import ReaderForm
from archive.reader.plots import gaps
from archive.reader.series import Series, series
from archive.reader.themes import modalities

MOST = 12


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Source.objects.select_related("parent", "merged_into"), slug=slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    state = corpus()
    years = kept(state, counts.source_by_year, found.pk)
    if not years:
        raise Http404("No published document is from this source.")
    form = ReaderForm(request.GET)
    of = kept(state, counts.directives_of, 0, found.pk)
    themes = kept(state, counts.document_themes_of, found.pk)
    dated = sorted(year for year in years if year is not None)
    rows = Document.objects.published().from_source(found).newest()
    context = {
        "source": found,
        "of": counts.OfSource(*map(sum, zip(*years.values(), strict=True))),
        "form": form,
        "listing": (page := kept_listing(rows, form, state, for_lines, of=found.slug)),
        "lines": Lines(site(request)).of(page.rows),
        "children": queries.sources().filter(parent=found),
        "span": (dated[0], dated[-1]) if dated else None,
        "gaps": gaps(years),
        "series": over_the_years(state, found, of.years, years),
        "modalities": modalities(of.modalities, source=slug),
        "themes": most(Theme, themes, MOST, lambda theme: address("documents", source=slug, theme=theme.key)),
        "actors": most(Actor, of.actors, MOST, lambda actor: address("directives", source=slug, actor=actor.slug)),
    }
    return render(request, "source.html", context)


def over_the_years(
    state: str, source: Source, directives: dict[int | None, int], documents: dict[int | None, counts.OfSource]
) -> Series:
    """The directives in its documents, its documents, and all documents."""
    return series(
        directives,
        {year: of.documents for year, of in documents.items()},
        kept(state, counts.documents_by_year),
        lambda year: address("directives", source=source.slug, year=year),
        lambda year: address("documents", source=source.slug, year=year),
    )
