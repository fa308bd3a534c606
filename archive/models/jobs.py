"""Long work: what is to be done outside a request, kept in the database until it is done."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> JobQuerySet:
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])

    def due(self, now: datetime) -> JobQuerySet:
        """Those that a worker may take, the oldest first: waiting long enough, or left by a worker that is gone."""
        left = Q(state=Job.State.RUNNING, lease_until__lt=now)
        return self.filter(Q(state=Job.State.WAITING, not_before__lte=now) | left).order_by("not_before", "pk")


class Job(models.Model):
    """A piece of long work. A worker holds it by a lease that it renews; without renewal another worker takes over.

    So a job may be begun more than once, and the work of each kind leaves the same rows however often it is begun.
    """

    class Kind(models.TextChoices):
        READ_BATCH = "read_batch", _("read the files of a batch")
        PUBLISH_BATCH = "publish_batch", _("publish a batch")
        UNDO_BATCH = "undo_batch", _("take back a batch")
        REREAD = "reread", _("read documents again")
        REPLACE_FILE = "replace_file", _("put a better file in the place of a document's own")
        WEIGH = "weigh", _("weigh a change of a vocabulary")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=20, choices=Kind)
    arguments = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=160, blank=True, help_text="names the work, so that it waits only once")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    not_before = models.DateTimeField(help_text="when it may be begun (again)")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="how often it was begun since it last got further")
    worker = models.CharField(max_length=80, blank=True, help_text="who is at it")
    lease_until = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0, help_text="steps done")
    total = models.PositiveIntegerField(default=0, help_text="steps in all, 0 where not known")
    message = models.CharField(max_length=300, blank=True, help_text="what it is at")
    result = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True, help_text="why the last attempt failed")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="jobs")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="job_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state="waiting") & ~Q(key=""), name="job_waits_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False), name="job_running_has_a_lease"
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(reason=""), name="job_failed_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "failed"]) | Q(ended_at__isnull=False), name="job_ended_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_kind_display()}"
