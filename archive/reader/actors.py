"""The page of an actor, and the matrix of actors and themes: who is told to do what."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from archive.models import Actor, Directive, Theme
from archive.reader import counts, queries
from archive.reader.addresses import kept_listing
from archive.reader.forms import DirectivesForm
from archive.reader.kept import corpus, kept
from archive.reader.lists import most
from archive.reader.matrices import actors_by_themes, address, columns
from archive.reader.parameters import ReaderForm
from archive.reader.plots import shades
from archive.reader.register import for_table, table_rows
from archive.reader.series import Series, series
from archive.reader.themes import modalities

MOST = 15


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Actor.objects.select_related("merged_into"), slug=slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    state = corpus()
    years = kept(state, counts.directives_by_year, found.pk)
    if not years:
        raise Http404("No public directive tells this actor anything.")
    form, directives = ReaderForm(request.GET), Directive.objects.public().filter(actor=found)
    themes = kept(state, counts.themes_of, found.pk)
    context = {
        "actor": found,
        "form": form,
        "number": sum(of.number for of in years.values()),
        "listing": (page := kept_listing(directives, form, state, for_table, of=found.slug)),
        "directives": table_rows(page.rows),
        "themes": most(Theme, themes, len(themes), lambda theme: address("directives", actor=slug, theme=theme.key)),
        "wordings": kept(state, counts.wordings_of, found.pk),
        "modalities": modalities(kept(state, counts.modalities_of, found.pk), actor=slug),
        "series": over_the_years(state, found),
    }
    return render(request, "actor.html", context)


def over_the_years(state: str, actor: Actor) -> Series:
    """The directives to the actor, the documents that have them, and all documents."""
    told = kept(state, counts.directives_by_year, actor.pk)
    return series(
        {year: of.number for year, of in told.items()},
        {year: of.documents for year, of in told.items()},
        kept(state, counts.documents_by_year),
        lambda year: address("directives", actor=actor.slug, year=year),
        None,
    )


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Actors by themes; of one modality only where the address names it."""
    form = DirectivesForm(request.GET)
    chosen: tuple[str, ...] = form.value("modality", ())
    modality = chosen[0] if chosen else ""
    state, themes = corpus(), list(queries.themes())
    lines = kept(state, actors_by_themes, columns(themes), modality)
    actors = Actor.objects.in_bulk([line.head for line in lines])
    context = {
        "form": form,
        "themes": themes,
        "lines": [(actors[line.head], line) for line in lines if line.head in actors],
        "shades": shades(),
        "modality": modality,
        "modalities": Directive.Modality.choices,
    }
    return render(request, "matrix.html", context)
