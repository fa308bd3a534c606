"""Suggestions for search boxes, of these pages and of browsers, and the description by which a browser takes one in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from archive.search.suggest import Kind, Suggestion, suggest

BROWSERS = "application/x-suggestions+json"


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """What the reader may mean; with `format=opensearch` in the form that browsers ask for."""
    typed = request.GET.get("q", "")
    found = suggest(typed)
    if request.GET.get("format") == "opensearch":
        return JsonResponse(for_browsers(request, typed, found), safe=False, content_type=BROWSERS)
    rows = [{"text": one.text, "query": one.query, "kind": one.kind.value, "label": label(one)} for one in found]
    return JsonResponse({"query": typed, "suggestions": rows})


def for_browsers(request: HttpRequest, typed: str, found: list[Suggestion]) -> list[object]:
    """OpenSearch suggestions: what was typed, the queries, what they are, and their addresses."""
    search = request.build_absolute_uri(reverse("search"))
    addresses = [f"{search}?{urlencode({'q': one.query})}" for one in found]
    return [typed, [one.query for one in found], [label(one) for one in found], addresses]


def label(one: Suggestion) -> str:
    """What a suggestion is, in the reader's words."""
    match one.kind:
        case Kind.FORMULATION:
            count = ngettext("%(n)s document", "%(n)s documents", one.count) % {"n": one.count}
            return _("formulation, %(count)s") % {"count": count}
        case Kind.THEME:
            return _("theme: %(name)s") % {"name": one.text}
        case Kind.ACTOR:
            return _("actor: %(name)s") % {"name": one.text}
        case Kind.TITLE:
            return _("document: %(name)s") % {"name": one.text}


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The OpenSearch description of the archive."""
    root = request.build_absolute_uri("/").rstrip("/")
    return render(request, "opensearch.xml", {"root": root}, content_type="application/opensearchdescription+xml")
