"""Long work in the admin: what waits, how far it is, and trying again what failed."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.actions.jobs import try_again
from archive.curation.access import posted_with
from archive.models import Job


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    """Jobs are made by what people do elsewhere; here they are looked at."""

    list_display = ("__str__", "state", "progress", "reason", "made_by", "made_at", "ended_at")
    list_filter = ("state", "kind")
    list_select_related = ("made_by",)
    change_list_template = "admin/archive/job/list.html"
    change_form_template = "admin/archive/job/detail.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        again = path("<int:pk>/again/", self.admin_site.admin_view(self.again), name="archive_job_again")
        return [again, *super().get_urls()]

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, job: Job) -> str:
        return render_to_string("admin/archive/job/progress.html", {"job": job})

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        posted_with(request, "archive.change_job")
        try_again(job=get_object_or_404(Job, pk=pk))
        messages.success(request, _("It goes on as soon as a worker is free."))
        return redirect("admin:archive_job_changelist")
