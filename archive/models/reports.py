"""What readers report about a page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.models.documents import Document


class ProblemReportQuerySet(models.QuerySet["ProblemReport"]):
    def open(self) -> ProblemReportQuerySet:
        return self.filter(state=ProblemReport.State.OPEN)


class ProblemReport(models.Model):
    """A reader's words about what is wrong with a page. They are kept; what tells who sent them is not.

    `sender` is a keyed hash of the address it came from, there only so that one sender cannot send any number; it is
    emptied after an hour, and `contact` when the report is settled (see `actions.problems`).
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SETTLED = "settled", _("settled")

    page = models.CharField(_("page"), max_length=500, help_text=_("address of the page, without the host"))
    document = models.ForeignKey(
        Document, models.CASCADE, null=True, blank=True, related_name="problems", verbose_name=_("document")
    )
    words = models.TextField(_("what is wrong"), max_length=4000)
    contact = models.EmailField(_("e-mail address"), blank=True, help_text=_("emptied when the report is settled"))
    sender = models.CharField(max_length=64, blank=True, editable=False)
    made_at = models.DateTimeField(_("reported"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(_("what came of it"), max_length=500, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = ProblemReportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("problem report")
        verbose_name_plural = _("problem reports")
        indexes = [
            models.Index(fields=["state", "-made_at"], name="problem_by_state"),
            models.Index(fields=["made_at"], name="problem_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="problem_has_words"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | Q(state="settled", settled_at__isnull=False, contact=""),
                name="problem_settled_has_a_time_and_no_contact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.words[:60]}"
