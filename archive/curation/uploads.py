"""Uploading in the admin: one file in, its preview out."""

from __future__ import annotations

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from archive import formats
from archive.actions.documents import live_document, read_upload
from archive.actions.known import known_of
from archive.actions.uploads import receive
from archive.curation import access
from archive.curation.forms import UploadForm
from archive.models import Document, Source, Upload
from archive.models.documents import UploadQuerySet

WAIT = 40.0
"""Seconds that a person waits for the text of a scan; gunicorn ends a request after 60."""


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
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            upload, _new = receive(data=file.read(), name=file.name, by=acting_user(request))
            return self.read(request, upload, form.cleaned_data["source"])
        context = self.admin_site.each_context(request) | {
            "title": _("Upload a document"),
            "form": form,
            "opts": self.opts,
            "suffixes": ", ".join(formats.SUFFIXES),
        }
        return TemplateResponse(request, "admin/archive/upload/add.html", context)

    def read_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST" or not self.has_add_permission(request):
            raise PermissionDenied
        return self.read(request, get_object_or_404(self.get_queryset(request), pk=pk), None)

    def read(self, request: HttpRequest, upload: Upload, source: Source | None) -> HttpResponse:
        """Read the upload and go to its preview; a failure goes to the upload, where its reason stands."""
        standing = live_document(upload)
        if standing:
            messages.warning(request, _("This file is here already: it is document %d.") % standing.pk)
            if not access.rights(request.user, standing).see:
                return redirect("admin:archive_upload_changelist")
            return redirect(preview_address(standing))
        try:
            document = read_upload(upload=upload, by=acting_user(request), known=known_of(source), seconds=WAIT)
        except formats.UnreadableFile as error:
            messages.error(request, _("The file could not be read and is kept as it is. %s") % error.reason)
            return redirect("admin:archive_upload_change", upload.pk)
        return redirect(preview_address(document))


def preview_address(document: Document) -> str:
    return reverse("admin:archive_document_preview", args=[document.pk])


def acting_user(request: HttpRequest) -> User:
    """Who acts; the admin lets nobody in who is not logged in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
