"""Taking away: a document or directive as a file, in every format that `interchange` writes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.interchange import plain_json, records, works, xml
from archive.interchange.citation_formats import CITATIONS
from archive.interchange.works import Work
from archive.models import Document
from archive.reader import errors, heads
from archive.reader.citing import box_of_document, cited, section_asked, today
from archive.reader.directives import found_directive, is_public
from archive.reader.documents import public_document, shortened
from archive.reader.heads import site

TEXT = "text/plain"


@require_safe
def document_file(request: HttpRequest, number: int, ending: str) -> HttpResponseBase:
    """A document as a file. Citations and the text can be those of one section, `?section=2.1`."""
    found = public_document(number)
    if found.state == Document.State.WITHDRAWN:
        return errors.withdrawn(request, found)
    here = section_asked(request, found)
    if ending in CITATIONS:
        return citation_file(request, [cited(request, found, here)], ending)
    if ending == "txt":
        words = found.text[here.start : here.end] if here else found.text
        return sent(request, [words], TEXT, f"massline-{number}.txt")
    if here:
        raise Http404("Only the text and the citation of a section can be taken by itself.")
    prefetch_related_objects([found], "documenttheme_set__theme")
    record = records.document_record(found, site(request))
    if ending == "xml":
        return sent(request, [xml.xml(record)], xml.MEDIA_TYPE, f"massline-{number}.xml")
    return sent(request, [plain_json.whole(record)], plain_json.MEDIA_TYPE, f"massline-{number}.json")


@require_safe
def directive_file(request: HttpRequest, number: int, ending: str) -> HttpResponseBase:
    found = found_directive(number)
    if not is_public(found):
        return errors.retired(request, found)
    if ending in CITATIONS:
        return citation_file(request, [works.directive_work(found, site(request), today())], ending)
    record = plain_json.whole(records.directive(found, site(request)))
    return sent(request, [record], plain_json.MEDIA_TYPE, f"massline-d{number}.json")


@require_safe
def cite(request: HttpRequest, number: int) -> HttpResponse:
    """The citations of a document, or of the section that `?section=` names, on a page that needs no script."""
    found = public_document(number)
    if found.state == Document.State.WITHDRAWN:
        return errors.withdrawn(request, found)
    section = section_asked(request, found)
    box = box_of_document(request, found, section)
    context = {
        "document": found,
        "section": section,
        "box": box,
        "sections": [] if section else [(one, shortened(str(one))) for one in found.sections.all() if one.level],
        "head": heads.section_head(request, found, box.work),
    }
    return render(request, "cite.html", context)


def citation_file(request: HttpRequest, cited: Iterable[Work], ending: str, name: str = "") -> HttpResponseBase:
    """Works in a format of citations; the file has the name of the only work where no other is given."""
    waiting = iter(cited)
    first = next(waiting, None)
    name = name or (first.key if first else "massline")
    form = CITATIONS[ending]
    pieces = form.write(chain([first] if first else [], waiting))
    return sent(request, pieces, form.media_type, f"{name}.{ending}", download=True)


def sent(
    request: HttpRequest, pieces: Iterable[str | bytes], media_type: str, name: str, *, download: bool = False
) -> HttpResponseBase:
    """A file that is sent while it is made; HEAD has its head only. Only a `download` is saved without being shown."""
    asked: Iterable[str | bytes] = pieces if request.method == "GET" else ()
    content_type = f"{media_type}; charset=utf-8"
    response: HttpResponseBase = StreamingHttpResponse(asked, content_type=content_type)
    response.headers["Content-Disposition"] = f'{"attachment" if download else "inline"}; filename="{name}"'
    return response
