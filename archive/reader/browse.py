"""Browsing by theme, source, actor and formulation: a list and a page of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.models import Directive, Document, Occurrence, Theme
from archive.reader import queries
from archive.reader.addresses import listing
from archive.reader.forms import ReaderForm
from archive.reader.quoting import in_context
from archive.reader.rendering import snippet

FEW = 10
MANY = 100


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    return render(request, "themes.html", {"themes": queries.themes()})


@require_safe
def theme(request: HttpRequest, key: str) -> HttpResponse:
    """A theme; one that is no longer given keeps its page."""
    found = get_object_or_404(Theme.objects.select_related("parent"), key=key)
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
    found = get_object_or_404(queries.sources(), slug=slug)
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
    found = get_object_or_404(queries.actors(), slug=slug)
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
    found = get_object_or_404(queries.formulations(), slug=slug)
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
