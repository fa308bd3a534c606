"""How the search index is: for administrators, with a button that has it built anew."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.curation.uploads import acting_user
from archive.models import Document
from archive.search import index_status, upkeep

NAMED = 50
"""Documents that are named on the page; the others are counted."""
PERMISSION = "archive.rebuild_index"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    return rebuild(request) if request.method == "POST" else status(request)


def status(request: HttpRequest) -> HttpResponse:
    state = index_status()
    compared = upkeep.comparison()
    context = admin.site.each_context(request) | {
        "title": _("Search index"),
        "state": state,
        "built_at": parse_datetime(state.built_at) if state.built_at else None,
        "waited": None if state.oldest_pending_seconds is None else round(state.oldest_pending_seconds),
        "size": upkeep.size_on_disk(),
        "compared": compared,
        "missing": named(compared.missing) if compared else [],
        "left_over": named(compared.left_over) if compared else [],
        "asked": upkeep.rebuild_request(),
    }
    return TemplateResponse(request, "admin/archive/index_status.html", context)


def rebuild(request: HttpRequest) -> HttpResponse:
    """Ask the indexer; what answers now goes on answering until the new index is complete."""
    try:
        upkeep.ask_for_rebuild(acting_user(request).get_username())
    except OSError as error:
        messages.error(request, _("The request could not be written down: %s") % error)
    else:
        messages.success(request, _("The indexer has been asked to build the index anew. Searching goes on meanwhile."))
    return redirect("index_status")


def named(numbers: tuple[int, ...]) -> list[tuple[int, str]]:
    """Number and title of the first NAMED documents; the title is empty where the document is gone altogether."""
    first = numbers[:NAMED]
    titles = dict(Document.objects.filter(pk__in=first).values_list("pk", "title"))
    return [(number, titles.get(number, "")) for number in first]
