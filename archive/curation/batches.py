"""Batches in the admin: their report, and what can be done with a whole one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.actions.batches import add_file, finish_or_go_on, let_wait_again, open_batch, read_soon
from archive.actions.jobs import enqueue
from archive.actions.undoing import standing_documents, touched_documents
from archive.curation import access
from archive.curation.access import posted_with
from archive.curation.upload_form import HintsForm, OneFileForm, candidate_of
from archive.curation.uploads import WAIT, acting_user, disk_refused, preview_address
from archive.models import Batch, BatchItem, Document, Job
from archive.reader.addresses import pages
from archive.reader.sheets import Cell, sheet

PER_PAGE = 100
NAMED = 20
"""So many touched documents are named on the page; the others are counted."""
Outcome = BatchItem.Outcome
COLUMNS = ("file", "outcome", "reason", "document", "title", "state", "address", "sha256")


@admin.register(Batch)
class BatchAdmin(admin.ModelAdmin):
    """Batches are made by uploading and by imports; nothing about them is changed by hand."""

    list_display = ("name", "made_at", "made_by", "files", "failed", "finished_at", "undone_at")
    list_select_related = ("made_by",)
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        failed = Count("items", filter=Q(items__outcome=Outcome.FAILED))
        return Batch.objects.seen_in_curation_by(request.user).annotate(in_all=Count("items"), not_read=failed)

    @admin.display(description=gettext_lazy("files"))
    def files(self, batch: Any) -> int:
        return int(batch.in_all)

    @admin.display(description=gettext_lazy("failed"))
    def failed(self, batch: Any) -> int:
        return int(batch.not_read)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, "archive_batch_{}".format
        return [
            path("start/", view(self.start), name=name("start")),
            path("<int:pk>/file/", view(self.file), name=name("file")),
            path("<int:pk>/report.csv", view(self.report), name=name("report")),
            path("<int:pk>/again/", view(self.again), name=name("again")),
            path("<int:pk>/publish/", view(self.publish), name=name("publish")),
            path("<int:pk>/undo/", view(self.undo), name=name("undo")),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        batch = self.seen(request, object_id)
        context = self.admin_site.each_context(request) | report_of(request, batch)
        context |= {"opts": self.opts, "title": _("Batch %d") % batch.pk, "subtitle": batch.name}
        return TemplateResponse(request, "admin/archive/batch/report.html", context)

    def seen(self, request: HttpRequest, pk: int | str) -> Batch:
        if not str(pk).isdecimal():
            pk = 0
        return get_object_or_404(Batch.objects.seen_in_curation_by(request.user).select_related("made_by"), pk=pk)

    def start(self, request: HttpRequest) -> HttpResponse:
        """For scripts, which send the files one by one: the batch that they are to come into."""
        posted_with(request, "archive.add_upload")
        publisher = request.user.has_perm("archive.publish_document")
        form = HintsForm(request.POST, request.FILES, may_publish=publisher)
        if not form.is_valid():
            problems = [f"{problem.row}, {problem.column}: {problem.message}" for problem in form.problems]
            return JsonResponse({"errors": form.errors, "problems": problems}, status=400)
        name = request.POST.get("name", "") or _("Upload")
        batch = open_batch(name=name, by=acting_user(request), **form.for_batch())
        add = reverse("admin:archive_batch_file", args=[batch.pk])
        return JsonResponse({"add": add, "report": batch.get_absolute_url()})

    def file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For scripts: one more file of the person's own batch, and what became of it."""
        posted_with(request, "archive.add_upload")
        by = acting_user(request)
        batch = get_object_or_404(Batch, pk=pk, made_by=by, undone_at=None)
        form = OneFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        try:
            item = add_file(batch=batch, candidate=candidate_of(form.cleaned_data["file"]))
        except OSError as error:
            return JsonResponse({"reason": disk_refused(error)}, status=507)
        read_soon(batch=batch, by=by, seconds=WAIT)
        item = BatchItem.objects.select_related("document__upload").get(pk=item.pk)
        return JsonResponse(told(request, item))

    def report(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        batch = self.seen(request, pk)
        seen = seen_of(request, batch)
        rows = (row_of(request, item, seen) for item in items_of(batch).iterator(chunk_size=PER_PAGE))
        return sheet(request, f"batch-{batch.pk}.csv", COLUMNS, rows)

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        posted_with(request, "archive.add_upload")
        batch = self.seen(request, pk)
        count = let_wait_again(batch=batch)
        finish_or_go_on(batch=batch, by=acting_user(request))
        messages.success(request, ngettext("%d file is read again.", "%d files are read again.", count) % count)
        return redirect(batch)

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        posted_with(request, "archive.publish_document")
        batch = self.seen(request, pk)
        self.leave_to_worker(request, Job.Kind.PUBLISH_BATCH, batch)
        messages.success(request, _("The drafts of this batch are being published."))
        return redirect(batch)

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        posted_with(request, "archive.undo_batch")
        batch = self.seen(request, pk)
        self.leave_to_worker(request, Job.Kind.UNDO_BATCH, batch, touched=request.POST.get("touched") == "yes")
        messages.success(request, _("The documents of this batch are being taken back. Their files are kept."))
        return redirect(batch)

    def leave_to_worker(self, request: HttpRequest, kind: str, batch: Batch, **details: object) -> None:
        arguments = {"batch": batch.pk, **details}
        enqueue(kind=kind, arguments=arguments, by=acting_user(request), key=f"batch {batch.pk}")


def items_of(batch: Batch) -> QuerySet[BatchItem]:
    return batch.items.select_related("upload", "document__upload").defer("document__text").order_by("pk")


def report_of(request: HttpRequest, batch: Batch) -> dict[str, object]:
    """What the page of a batch shows."""
    counts = dict(batch.items.values_list("outcome").annotate(Count("pk")).order_by())
    outcome = request.GET.get("outcome", "")
    items = items_of(batch).filter(outcome=outcome) if outcome in Outcome.values else items_of(batch)
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    seen = seen_of(request, batch)
    touched = touched_documents(batch) if request.user.has_perm("archive.undo_batch") else []
    return {
        "batch": batch,
        "counts": [(value, label, counts.get(value, 0)) for value, label in Outcome.choices if counts.get(value)],
        "in_all": sum(counts.values()),
        "outcome": outcome,
        "pages": pages(page.number, page.paginator.num_pages),
        "rows": [(item, item.document_id in seen) for item in page],
        "jobs": Job.objects.filter(kind__endswith="_batch", arguments__batch=batch.pk)[:3],
        "drafts": batch.documents().filter(state=Document.State.DRAFT).count(),
        "standing": standing_documents(batch).count(),
        "touched": touched[:NAMED],
        "touched_count": len(touched),
    }


def seen_of(request: HttpRequest, batch: Batch) -> set[int]:
    """The numbers of its documents that the person may see; a duplicate may be somebody else's."""
    documents = Document.objects.filter(pk__in=batch.items.values("document"))
    return set(documents.seen_in_curation_by(request.user).values_list("pk", flat=True))


def told(request: HttpRequest, item: BatchItem) -> dict[str, object]:
    """What became of a file, for a script."""
    document = item.document
    seen = document is not None and access.rights(request.user, document).see
    return {
        "outcome": item.outcome,
        "label": item.get_outcome_display(),
        "reason": item.reason,
        "number": document.pk if document else None,
        "title": document.title if document and seen else "",
        "address": preview_address(document) if document and seen else "",
    }


def row_of(request: HttpRequest, item: BatchItem, seen: set[int]) -> tuple[Cell, ...]:
    document = item.document
    if document is None or document.pk not in seen:
        number = document.pk if document else None
        return item.name, item.outcome, item.reason, number, "", "", "", item.sha256
    address = request.build_absolute_uri(document.get_absolute_url())
    return item.name, item.outcome, item.reason, document.pk, document.title, document.state, address, item.sha256
