"""The files of a document in the admin: another encoding, a better file, earlier versions, two texts side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive import formats
from archive.actions.documents import NotPossible
from archive.actions.jobs import enqueue
from archive.actions.replacing import read_in_encoding, replace_file
from archive.actions.revisions import ChangedMeanwhile
from archive.actions.uploads import receive
from archive.curation.forms import EncodingForm, VersionForm
from archive.curation.preview import of_curation
from archive.curation.uploads import WAIT, acting_user, preview_address
from archive.formats.encoding_choices import possible_encodings
from archive.models import Document, Job, Upload
from archive.reader.comparison import SideBySide, asides, side_by_side
from archive.reader.documents import as_download


@require_http_methods(["GET", "HEAD", "POST"])
def encoding(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would read in each encoding that fits it; a choice reads it so."""
    document = of_curation(request, pk, "correct")
    possible = possible_encodings(bytes_of(document))
    form = EncodingForm(
        request.POST or None,
        encodings=[one.encoding for one in possible],
        initial={"revision": document.revision},
    )
    if request.method == "POST" and form.is_valid():
        return read_as_chosen(request, document, form)
    context = {"title": _("Choose another encoding"), "form": form, "possible": possible}
    return shown(request, "encoding.html", document, context)


def read_as_chosen(request: HttpRequest, document: Document, form: EncodingForm) -> HttpResponse:
    try:
        read_in_encoding(document=document, by=acting_user(request), seconds=WAIT, **form.cleaned_data)
    except formats.UnreadableFile as error:
        messages.error(request, error.reason)
    except (NotPossible, ChangedMeanwhile) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Read again. Compare the text with the file."))
    return redirect(preview_address(document))


@require_POST
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a better file in the place of the document's own."""
    document = of_curation(request, pk, "correct")
    form = VersionForm(request.POST, request.FILES)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, " ".join(map(str, problems)))
        return redirect(f"{preview_address(document)}#new-version")
    file = form.cleaned_data["file"]
    try:
        upload, _new = receive(data=file.read(), name=file.name, by=acting_user(request))
    except OSError as error:
        messages.error(request, _("The file could not be stored (%s); nothing was changed.") % error.strerror)
    else:
        replace_by(request, document, upload, form.cleaned_data)
    return redirect(preview_address(document))


def replace_by(request: HttpRequest, document: Document, upload: Upload, given: dict[str, Any]) -> None:
    """Read the better file, or leave that to the worker where it takes long; the person is told."""
    by, reason = acting_user(request), given["reason"]
    try:
        replace_file(document=document, upload=upload, by=by, reason=reason, revision=given["revision"], seconds=WAIT)
    except formats.UnreadableFile as error:
        if error.code == "timeout":
            arguments = {"document": document.pk, "upload": upload.pk, "reason": reason}
            enqueue(kind=Job.Kind.REPLACE_FILE, arguments=arguments, by=by, key=f"{document.pk}:{upload.pk}")
            messages.success(request, _("Recognising its text takes long; then it becomes the new version."))
        else:
            messages.error(request, _("The file could not be read and is kept as it is. %s") % error.reason)
    except (NotPossible, ChangedMeanwhile) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("This is a new version. The earlier one is kept below."))


@require_safe
def compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two documents side by side, also drafts."""
    document = of_curation(request, pk, "see")
    published = Document.objects.published().filter(pk=other).first()
    beside = published or of_curation(request, other, "see")
    sides = side_by_side(document.text, beside.text, left_without=asides(document), right_without=asides(beside))
    return compared(request, document, sides, {"title": str(beside), "language": beside.language, "number": beside.pk})


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An earlier version beside the document as it is now."""
    document = of_curation(request, pk, "see")
    old = get_object_or_404(document.earlier_versions.all(), number=number)
    sides = side_by_side(document.text, old.text)
    title = _("Version %(number)d") % {"number": number}
    return compared(request, document, sides, {"title": title, "language": old.language})


@require_safe
def file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The file of a version, the newest one too, as it was received."""
    document = of_curation(request, pk, "see")
    uploads = [one.upload for one in document.earlier_versions.defer("text").select_related("upload")]
    uploads.append(document.upload)
    if not 1 <= number <= len(uploads):
        raise Http404("The document has no version of this number.")
    return as_download(uploads[number - 1])


def compared(request: HttpRequest, document: Document, sides: SideBySide, other: dict[str, object]) -> HttpResponse:
    return shown(request, "compare.html", document, {"title": _("Side by side"), "sides": sides, "other": other})


def shown(request: HttpRequest, template: str, document: Document, context: dict[str, object]) -> HttpResponse:
    frame = admin.site.each_context(request) | {"opts": Document._meta, "document": document}
    return TemplateResponse(request, f"admin/archive/document/{template}", frame | context)


def bytes_of(document: Document) -> bytes:
    """The file of a document that an encoding can be chosen for; Http404 where the format fixes it itself."""
    if not document.upload.encoding:
        raise Http404("The format of this file fixes its encoding.")
    with document.upload.file.open("rb") as opened:
        content: bytes = opened.read()
    return content
