"""The list of documents, a document's page, and its file."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from archive.models import Document, DocumentVersion, Occurrence, Section, Theme, Upload
from archive.reader import citing, counts, errors, heads, queries, related
from archive.reader.addresses import chips, kept_listing
from archive.reader.bylines import html_language
from archive.reader.document_page import RowWriter, document_rows, shown, stretches
from archive.reader.document_parts import Part
from archive.reader.doubts import problems
from archive.reader.forms import DocumentsForm
from archive.reader.kept import corpus, kept
from archive.reader.landing import LandingForm, landing
from archive.reader.lines import Lines, for_lines
from archive.reader.lists import sources_named
from archive.reader.paths import path_to
from archive.reader.rendering import filled, joined

# the rows of the themes are joined already: this orders by the rank of each in its document
ON_PAGE = (Prefetch("themes", Theme.objects.order_by("documenttheme__rank")),)
LOADED = (*ON_PAGE, Prefetch("occurrences", Occurrence.objects.select_related("formulation")), "sections")
ITEM = '<li class="l%s"><a href="#%s">%s</a></li>'
SHOWN_TO_NO_ONE = (Document.State.DRAFT, Document.State.DISCARDED)


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    form = DocumentsForm(request.GET)
    state = corpus()
    years = sorted((year for year in kept(state, counts.documents_by_year) if year), reverse=True)
    context = {
        "listing": (page := kept_listing(queries.documents_of(form).newest(), form, state, for_lines)),
        "lines": Lines(heads.site(request), level=2).of(page.rows),
        "form": form,
        "chips": chips(request, form),
        "themes": queries.themes(),
        "sources": sources_named(state),
        "years": years,
        "kinds": Document.Kind.choices,
        "languages": Document.Language.choices,
    }
    return render(request, "documents.html", context)


@require_safe
def document(request: HttpRequest, number: int) -> HttpResponse:
    found = public_document(number, ON_PAGE)
    if found.state == Document.State.WITHDRAWN:
        return errors.withdrawn(request, found)
    form, held = LandingForm(request.GET), shown(found)
    here = landing(found, held.parts, form)
    rows = document_rows(found, held, here)
    writer = RowWriter(here, path_to("cite", found.pk), html_language(found.language))
    context = {
        "document": found,
        "title": here.title(found.title),
        "stretches": stretches(rows, writer),
        "has_soft_breaks": any(row.block.soft for row in rows),
        "contents": contents(held.parts),
        "notes_count": len(held.notes),
        "confirmed_count": sum(note.is_confirmed for note in held.notes),
        "themes": found.themes.all(),
        "earlier": found.earlier_versions.defer("text") if getattr(found, "has_earlier", True) else (),
        "form": form,
        "landing": here,
        "problems": problems(here.found.doubts, here.q),
        "company": related.company(corpus(), found, held.phrases),
        "cite_box": (box := citing.box_of_document(request, found)),
        "head": heads.document_head(request, found, box.work),
    }
    return render(request, "document.html", context)


@require_safe
def original(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file as it was received, always as a download: what it holds is not ours to run."""
    found = public_document(number)
    if found.state == Document.State.WITHDRAWN:
        return errors.withdrawn(request, found)
    return as_download(found.upload)


def as_download(upload: Upload) -> HttpResponseBase:
    """The file as it was received, never shown in the browser; Http404 where it is not in the store."""
    try:
        file = upload.file.open("rb")
    except (OSError, ValueError):
        raise Http404("The file of this document is not in the store.") from None
    response = FileResponse(file, as_attachment=True, filename=upload.name, content_type="application/octet-stream")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def public_document(number: int, loaded: Sequence[str | Prefetch] = LOADED) -> Document:
    """The document if it is published, or was and is withdrawn; else Http404."""
    rows = Document.objects.exclude(state__in=SHOWN_TO_NO_ONE).select_related("issuer", "found_at", "upload")
    earlier = Exists(DocumentVersion.objects.filter(document=OuterRef("pk")))
    return get_object_or_404(rows.annotate(has_earlier=earlier).prefetch_related(*loaded), pk=number)


def contents(parts: Sequence[Part]) -> SafeString:
    """The items of the contents list with short names: the sections that open a part, or all where none does."""
    members = [part for part in parts if part.level]
    opening = [part for part in members if part.kind == Section.Kind.HEADING]
    return joined(filled(ITEM, part.level, part.anchor, shortened(part.name)) for part in opening or members)


def shortened(words: str, length: int = 72) -> str:
    """The words, cut at a space if they are too long; Chinese ones are cut at half the length."""
    words = " ".join(words.split())
    length = length // 2 if "一" <= words[-1:] <= "鿿" else length
    if len(words) <= length:
        return words
    cut = words.rfind(" ", length // 2, length)
    return words[: cut if cut > 0 else length].rstrip(",;:，、；") + "…"
