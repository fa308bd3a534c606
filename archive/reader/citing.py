"""How a document, a section or a directive is cited: what the box on their pages holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from archive.interchange import works
from archive.interchange.citation_formats import CITATIONS
from archive.interchange.citations import Citation, citations
from archive.interchange.works import Work
from archive.models import Directive, Document, Section
from archive.reader.heads import site


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
    return tuple((form.name, reverse(name, args=[number, ending]) + query) for ending, form in CITATIONS.items())


def section_asked(request: HttpRequest, document: Document) -> Section | None:
    """The section that the address names; Http404 where the document has none of that name."""
    path = request.GET.get("section", "")
    here = next((one for one in document.sections.all() if one.answers_to(path)), None)
    if path and not here:
        raise Http404("The document has no such section.")
    return here


def cited(request: HttpRequest, document: Document, section: Section | None = None) -> Work:
    if section:
        return works.section_work(document, section, site(request), today())
    return works.work(document, site(request), today())


def today() -> date:
    """The day on which the reader looks at what is cited."""
    return timezone.localdate()
