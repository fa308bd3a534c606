"""Uploading in the admin: files in, a preview or the report of a batch out."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from archive import formats
from archive.actions.batches import add_file, open_batch, read_soon, try_again
from archive.actions.imports import Candidate, Intake, try_out
from archive.curation import access
from archive.curation.upload_form import UploadForm
from archive.models import BatchItem, Document, Upload
from archive.models.documents import UploadQuerySet

WAIT = 20.0
"""Seconds that a person waits for files to be read; gunicorn ends a request after 60."""
ADD_PAGE = "admin/archive/upload/add.html"


@admin.register(Upload)
class UploadAdmin(admin.ModelAdmin):
    """Files as received. They are added through the upload form and never changed or deleted."""

    list_display = ("name", "state", "media_type", "size", "received_at", "received_by")
    list_filter = ("state", "media_type")
    search_fields = ("name", "sha256")
    change_form_template = "admin/archive/upload/detail.html"

    def has_delete_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> UploadQuerySet:
        return Upload.objects.seen_in_curation_by(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Upload | None = None) -> list[str]:
        return [field.name for field in Upload._meta.fields]

    def get_urls(self) -> list[URLPattern]:
        again = path("<int:pk>/read/", self.admin_site.admin_view(self.read_again), name="archive_upload_read")
        return [again, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = upload_form(request)
        if request.method != "POST" or not form.is_valid():
            return self.page(request, form)
        if "check" in request.POST:
            return self.page(request, form, checked=list(checked(form.candidates())))
        try:
            return taken_in(request, form)
        except OSError as error:
            messages.error(request, disk_refused(error))
            return self.page(request, form, status=507)

    def page(
        self, request: HttpRequest, form: UploadForm, checked: list[Intake] | None = None, status: int = 200
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": _("Upload documents"),
            "form": form,
            "opts": self.opts,
            "readable": formats.readable(),
            "checked": checked,
        }
        return TemplateResponse(request, ADD_PAGE, context, status=status)

    def read_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST" or not self.has_add_permission(request):
            raise PermissionDenied
        upload = get_object_or_404(self.get_queryset(request), pk=pk)
        item = try_again(upload=upload, by=acting_user(request), seconds=WAIT)
        return redirect(tell(request, item))


def upload_form(request: HttpRequest) -> UploadForm:
    return UploadForm(
        request.POST or None,
        request.FILES or None,
        may_publish=request.user.has_perm("archive.publish_document"),
    )


def checked(candidates: Iterator[Candidate]) -> Iterator[Intake]:
    """What would become of the files, as far as it can be said while a person waits; nothing is kept."""
    end = time.monotonic() + WAIT
    for candidate in candidates:
        if time.monotonic() > end:
            yield Intake(candidate.name, BatchItem.Outcome.WAITING)
        else:
            yield from try_out(candidate, seconds=0)


def taken_in(request: HttpRequest, form: UploadForm) -> HttpResponse:
    """Take the files in as a batch, read what is read quickly, and go to what became of them."""
    by = acting_user(request)
    batch = open_batch(name=batch_name(form), by=by, **form.for_batch())
    items = [add_file(batch=batch, candidate=candidate) for candidate in form.candidates()]
    read_soon(batch=batch, by=by, seconds=WAIT)
    if len(items) > 1:
        return redirect(batch)
    item = BatchItem.objects.select_related("document__upload", "upload").get(pk=items[0].pk)
    return redirect(tell(request, item))


def batch_name(form: UploadForm) -> str:
    first, *others = [file.name for file in form.cleaned_data["file"]]
    return _("%(first)s and %(n)d more") % {"first": first, "n": len(others)} if others else str(first)


def tell(request: HttpRequest, item: BatchItem) -> str:
    """Say what became of a single file; where to go then."""
    if item.outcome == BatchItem.Outcome.DUPLICATE and item.document:
        messages.warning(request, _("This file is here already: it is document %d.") % item.document.pk)
    if item.document:
        seen = access.rights(request.user, item.document).see
        return preview_address(item.document) if seen else reverse("admin:archive_upload_changelist")
    if item.outcome != BatchItem.Outcome.FAILED or item.upload is None:
        return item.batch.get_absolute_url()
    messages.error(request, _("The file could not be read and is kept as it is. %s") % item.reason)
    return reverse("admin:archive_upload_change", args=[item.upload.pk])


def disk_refused(error: OSError) -> str:
    return _(
        "The archive could not keep the file (%s), and nothing of it was recorded. "
        "Files that came before it are safe. Tell who runs the archive that its disk may be full, then upload it again."
    ) % (error.strerror or error)


def preview_address(document: Document) -> str:
    return reverse("admin:archive_document_preview", args=[document.pk])


def acting_user(request: HttpRequest) -> User:
    """Who acts; the admin lets nobody in who is not logged in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
