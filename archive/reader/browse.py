"""Browsing by theme, source, actor and formulation: a list and a page of each."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from archive.models import Actor, Directive, Document, Formulation, Occurrence, Source, Theme
from archive.reader import queries
from archive.reader.addresses import listing
from archive.reader.forms import ReaderForm
from archive.reader.quoting import in_context
from archive.reader.rendering import snippet

FEW = 10
MANY = 100
Named = TypeVar("Named", Source, Actor, Formulation)


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    return render(request, "themes.html", {"themes": queries.themes()})


@require_safe
def theme(request: HttpRequest, key: str) -> HttpResponse:
    """A theme; one that is no longer given keeps its page."""
    found = get_object_or_404(Theme.objects.select_related("parent", "merged_into"), key=key)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    documents = Document.objects.published().with_theme(found)
    directives = Directive.objects.public().filter(themes=found)
    context = {
        "theme": found,
        "documents": documents.for_list().newest()[:FEW],
        "documents_count": documents.count(),
        "directives": directives.for_list()[:FEW],
        "directives_count": directives.count(),
        "actors": queries.actors_told(directives)[:FEW],
    }
    return render(request, "theme.html", context)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    form = ReaderForm(request.GET)
    return render(request, "sources.html", {"form": form, "listing": listing(queries.sources(), form, MANY)})


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    found = one_or_merged(queries.sources(), slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    form = ReaderForm(request.GET)
    documents = Document.objects.published().from_source(found)
    context = {
        "source": found,
        "form": form,
        "listing": listing(documents.for_list().newest(), form),
        "directives_count": Directive.objects.public().filter(document__in=documents).count(),
    }
    return render(request, "source.html", context)


@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    form = ReaderForm(request.GET)
    return render(request, "actors.html", {"form": form, "listing": listing(queries.actors(), form, MANY)})


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    found = one_or_merged(queries.actors(), slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    form = ReaderForm(request.GET)
    directives = Directive.objects.public().filter(actor=found)
    context = {
        "actor": found,
        "form": form,
        "listing": listing(directives.for_list(), form),
        "themes": queries.themes_of(directives),
    }
    return render(request, "actor.html", context)


@require_safe
def formulations(request: HttpRequest) -> HttpResponse:
    form = ReaderForm(request.GET)
    return render(request, "formulations.html", {"form": form, "listing": listing(queries.formulations(), form, MANY)})


@require_safe
def formulation(request: HttpRequest, slug: str) -> HttpResponse:
    found = one_or_merged(queries.formulations(), slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    form = ReaderForm(request.GET)
    occurrences = (
        Occurrence.objects.public()
        .filter(formulation=found)
        .select_related("document__issuer", "document__found_at", "section")
        .defer("document__text")
    )
    page = listing(occurrences, form)
    context = {
        "formulation": found,
        "form": form,
        "listing": page,
        "occurrences": [(one, snippet(in_context(one))) for one in page.rows],
    }
    return render(request, "formulation.html", context)


def one_or_merged(rows: QuerySet[Named], slug: str) -> Named:
    """The row that readers may see, or one that was merged into another, whose address leads on; else Http404."""
    found = rows.filter(slug=slug).first()
    return found or get_object_or_404(rows.model.objects.exclude(merged_into=None), slug=slug)
