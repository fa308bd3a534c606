"""Pages for what is not there, no longer there, or went wrong. They need neither database nor index."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

from archive.models import Directive, Document

logger = logging.getLogger(__name__)
LAST_WORDS = (
    "<!DOCTYPE html><html lang=en><title>Something went wrong</title><h1>Something went wrong</h1>"
    "<p>The archive could not answer. Nothing is lost; please try again in a moment."
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a failure; plain words where even its template fails."""
    try:
        return HttpResponseServerError(loader.render_to_string("500.html"))
    except Exception:
        logger.exception("The page for failures could not be made.")
        return HttpResponseServerError(LAST_WORDS)


def withdrawn(request: HttpRequest, document: Document) -> HttpResponse:
    """A tombstone: the document was here, what it was, and why it is gone."""
    return render(request, "gone_document.html", {"document": document}, status=410)


def retired(request: HttpRequest, directive: Directive) -> HttpResponse:
    """A directive's number stays its own when it is no longer one."""
    return render(request, "gone_directive.html", {"directive": directive}, status=410)
