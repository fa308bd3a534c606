"""The page of a formulation: its forms, its years, and each of its places in context."""

from __future__ import annotations

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.models import Formulation, Occurrence, Theme
from archive.models.annotations import OccurrenceQuerySet
from archive.reader import counts, places
from archive.reader.addresses import chips, kept_listing
from archive.reader.association import SUPPORT, Pair, going_together
from archive.reader.counts import InDocuments
from archive.reader.forms import PlacesForm
from archive.reader.kept import corpus, kept
from archive.reader.lists import documents_by_theme
from archive.reader.queries import UNDATED
from archive.reader.series import Series, series

MOST = 12
KINDS = {
    "campaign": _("campaign"),
    "programme": _("programme"),
    "set-phrase": _("set phrase"),
    "slogan": _("slogan"),
    "system": _("system"),
}
"""What the lexicon calls a formulation, in words."""


@require_safe
def formulation(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Formulation.objects.select_related("merged_into"), slug=slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    state = corpus()
    years = kept(state, counts.occurrences_by_year, found.pk)
    if not years:
        raise Http404("No published document has this formulation.")
    form = PlacesForm(request.GET)
    rows = of_year(Occurrence.objects.public().filter(formulation=found), form.value("year"))
    page = kept_listing(rows, form, state, places.for_lines, of=found.slug)
    dated = sorted(year for year in years if year is not None)
    context = {
        "formulation": found,
        "kind": KINDS.get(found.kind, found.kind),
        "of": total(years),
        "form": form,
        "chips": chips(request, form),
        "listing": page,
        "places": places.lines(page.rows),
        "wordings": kept(state, counts.forms_of, found.pk),
        "span": (dated[0], dated[-1]) if dated else None,
        "series": over_the_years(state, found),
        "themes": themes_of(state, found),
        "support": SUPPORT,
    }
    return render(request, "formulation.html", context)


def of_year(rows: OccurrenceQuerySet, year: int | str | None) -> OccurrenceQuerySet:
    """From the oldest document on, the undated ones last."""
    if year == UNDATED:
        rows = rows.filter(document__issued_on=None)
    elif year:
        rows = rows.filter(document__issued_on__year=year)
    return rows.order_by(F("document__issued_on").asc(nulls_last=True), "document_id", "start")


def over_the_years(state: str, formulation: Formulation) -> Series:
    """Its places, the documents that have them, and all documents."""
    years = kept(state, counts.occurrences_by_year, formulation.pk)
    own = reverse("formulation", args=[formulation.slug])
    return series(
        {year: of.number for year, of in years.items()},
        {year: of.documents for year, of in years.items()},
        kept(state, counts.documents_by_year),
        lambda year: f"{own}?{urlencode({'year': year})}",
        None,
    )


def total(years: dict[int | None, InDocuments]) -> InDocuments:
    return InDocuments(sum(of.number for of in years.values()), sum(of.documents for of in years.values()))


def themes_of(state: str, formulation: Formulation) -> list[tuple[Theme, Pair]]:
    """The themes that the formulation goes with."""
    having, documents = documents_by_theme(state), sum(kept(state, counts.documents_by_year).values())
    both = kept(state, counts.themes_with, formulation.pk)
    others = total(kept(state, counts.occurrences_by_year, formulation.pk)).documents
    pairs = going_together({theme: (number, having[theme]) for theme, number in both.items()}, others, documents)[:MOST]
    rows = Theme.objects.in_bulk([pair.key for pair in pairs])
    return [(rows[pair.key], pair) for pair in pairs]
