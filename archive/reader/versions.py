"""Earlier versions of a document: the text as it stood before a better file took its place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from archive.models import Document
from archive.reader import errors
from archive.reader.documents import public_document
from archive.reader.rendering import marked


@require_safe
def version(request: HttpRequest, number: int, version: int) -> HttpResponse:
    """The plain text of an earlier version; the number of the newest one leads to the document itself."""
    found = public_document(number)
    if found.state == Document.State.WITHDRAWN:
        return errors.withdrawn(request, found)
    earlier = found.earlier_versions.defer("text")
    if version == len(earlier) + 1:
        return redirect(found)
    old = get_object_or_404(found.earlier_versions.select_related("upload"), number=version)
    context = {"document": found, "version": old, "text": marked(old.text), "newest": len(earlier) + 1}
    return render(request, "version.html", context)
