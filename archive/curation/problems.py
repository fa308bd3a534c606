"""Problems that readers reported, to be settled."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.actions.problems import reopen_problem, settle_problem
from archive.curation.uploads import acting_user
from archive.models import ProblemReport


@admin.register(ProblemReport)
class ProblemReportAdmin(admin.ModelAdmin):
    """Reports come from readers' pages: here they are answered and settled, never written or deleted."""

    list_display = ("made_at", "summary", "page", "state", "settled_by", "answer")
    list_display_links = ("summary",)
    list_filter = ("state", "made_at")
    list_select_related = ("settled_by",)
    search_fields = ("page", "words", "answer")
    fields = ("page", "document", "words", "contact", "made_at", "state", "answer", "settled_by", "settled_at")
    readonly_fields = ("page", "document", "words", "contact", "made_at", "settled_by", "settled_at")
    actions = ("settle", "reopen")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ProblemReport | None = None) -> bool:
        return False

    @admin.display(description=_("what is wrong"))
    def summary(self, report: ProblemReport) -> str:
        return Truncator(report.words).chars(100)

    def view_on_site(self, obj: ProblemReport) -> str:
        """The page that the report is about; its form took only addresses within this site."""
        return obj.page

    def save_model(self, request: HttpRequest, obj: ProblemReport, form: object, change: bool) -> None:
        """What the form sets is the wanted state; the actions make it so."""
        standing = ProblemReport.objects.get(pk=obj.pk)
        if obj.state == ProblemReport.State.SETTLED:
            settle_problem(report=standing, answer=obj.answer, by=acting_user(request))
        else:
            reopen_problem(report=standing, answer=obj.answer)

    @admin.action(description=_("Settle the selected reports"), permissions=["change"])
    def settle(self, request: HttpRequest, reports: QuerySet[ProblemReport]) -> None:
        rows = list(reports.open())  # type: ignore[attr-defined]
        for report in rows:
            settle_problem(report=report, answer=report.answer, by=acting_user(request))
        self.tell(request, ngettext("%(n)d report is settled.", "%(n)d reports are settled.", len(rows)), len(rows))

    @admin.action(description=_("Open the selected reports again"), permissions=["change"])
    def reopen(self, request: HttpRequest, reports: QuerySet[ProblemReport]) -> None:
        rows = list(reports)
        for report in rows:
            reopen_problem(report=report, answer=report.answer)
        self.tell(request, ngettext("%(n)d report is open.", "%(n)d reports are open.", len(rows)), len(rows))

    def tell(self, request: HttpRequest, words: str, number: int) -> None:
        messages.success(request, words % {"n": number})
