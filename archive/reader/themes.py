"""The page of a theme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from archive.models import Actor, Directive, Document, Formulation, Theme
from archive.reader import counts
from archive.reader.association import SUPPORT, Pair, going_together
from archive.reader.heads import site
from archive.reader.kept import corpus, kept
from archive.reader.lines import Lines, newest
from archive.reader.lists import documents_by_theme, most
from archive.reader.matrices import address
from archive.reader.register import for_table, table_rows
from archive.reader.series import Series, series

FEW = 6
MOST = 20


@require_safe
def theme(request: HttpRequest, key: str) -> HttpResponse:
    """A theme; one that is no longer given keeps its page."""
    found = get_object_or_404(Theme.objects.select_related("parent", "merged_into"), key=key)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    state = corpus()
    of = kept(state, counts.directives_of, found.pk)
    context = {
        "theme": found,
        "documents": Lines(site(request)).of(newest(Document.objects.published().with_theme(found), FEW)),
        "documents_count": documents_by_theme(state)[found.pk],
        "directives": table_rows(for_table(kept(state, counts.first_directives, FEW, found.pk))),
        "directives_count": sum(of.years.values()),
        "modalities": modalities(of.modalities, theme=key),
        "series": over_the_years(state, found, of.years),
        "actors": most(Actor, of.actors, MOST, lambda actor: address("directives", theme=key, actor=actor.slug)),
        "formulations": formulations_of(state, found),
        "support": SUPPORT,
    }
    return render(request, "theme.html", context)


def over_the_years(state: str, theme: Theme, directives: dict[int | None, int]) -> Series:
    """Its directives, the documents that have it, and all documents."""
    documents = kept(state, counts.documents_by_theme_and_year)
    return series(
        directives,
        {year: number for (key, year), number in documents.items() if key == theme.pk},
        kept(state, counts.documents_by_year),
        lambda year: address("directives", theme=theme.key, year=year),
        lambda year: address("documents", theme=theme.key, year=year),
    )


def formulations_of(state: str, theme: Theme) -> list[tuple[Formulation, Pair]]:
    """The formulations that go with the theme, each with its numbers."""
    found = kept(state, counts.formulations_with, theme.pk)
    others, total = documents_by_theme(state)[theme.pk], sum(kept(state, counts.documents_by_year).values())
    pairs = going_together(found, others, total)[:MOST]
    rows = Formulation.objects.in_bulk([pair.key for pair in pairs])
    return [(rows[pair.key], pair) for pair in pairs if pair.key in rows]


def modalities(numbers: dict[str, int], **filters: str) -> list[tuple[str, str, int, str]]:
    """(key, name, number, address) of each modality that occurs."""
    return [
        (one.value, str(one.label), numbers[one.value], address("directives", **filters, modality=one.value))
        for one in Directive.Modality
        if one.value in numbers
    ]
