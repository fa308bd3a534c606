"""How a document, a section or a directive is cited: what the box on their pages holds, and a page of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from archive.interchange import works
from archive.interchange.citations import Citation, citations
from archive.interchange.works import Work
from archive.models import Directive, Document, Section
from archive.reader import errors
from archive.reader.documents import public_document
from archive.reader.downloads import cited, section_asked, today
from archive.reader.heads import site

NAMES = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}


@dataclass(frozen=True, slots=True)
class CiteBox:
    """The citations of a work, and the addresses of its citation files: (name, address)."""

    work: Work
    citations: tuple[Citation, ...]
    files: tuple[tuple[str, str], ...]


def box_of_document(request: HttpRequest, document: Document, section: Section | None = None) -> CiteBox:
    query = f"?{urlencode({'section': section.path})}" if section else ""
    made = cited(request, document, section)
    return CiteBox(made, citations(made), files("document_file", document.pk, query))


def box_of_directive(request: HttpRequest, directive: Directive) -> CiteBox:
    made = works.directive_work(directive, site(request), today())
    return CiteBox(made, citations(made), files("directive_file", directive.pk))


def files(name: str, number: int, query: str = "") -> tuple[tuple[str, str], ...]:
    return tuple((label, reverse(name, args=[number, ending]) + query) for ending, label in NAMES.items())


@require_safe
def cite(request: HttpRequest, number: int) -> HttpResponse:
    """The citations of a document, or of the section that `?section=` names, on a page that needs no script."""
    found = public_document(number)
    if found.state == Document.State.WITHDRAWN:
        return errors.withdrawn(request, found)
    section = section_asked(request, found)
    context = {"document": found, "section": section, "box": box_of_document(request, found, section)}
    return render(request, "cite.html", context)
