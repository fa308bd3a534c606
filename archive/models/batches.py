"""Imports: which files came in together, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.models.documents import SEES_ALL, Document, DocumentQuerySet, Upload

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class BatchQuerySet(models.QuerySet["Batch"]):
    def seen_in_curation_by(self, user: User | AnonymousUser) -> BatchQuerySet:
        """All of them for who may correct documents; else those that the person made."""
        return self if user.has_perm(SEES_ALL) else self.filter(made_by=user.pk)


class Batch(models.Model):
    """Files that came in together, with what the person who brought them knows of all of them."""

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=64, blank=True, help_text="names an import that goes on where it was broken off")
    known = models.JSONField(default=dict, blank=True, help_text="metadata that a person gave for all its files")
    sheet = models.JSONField(default=dict, blank=True, help_text="file name → metadata that a person gave for it")
    to_publish = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="batches")
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "batches"
        permissions = [("undo_batch", "Can take back a whole batch")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(finished_at=None) & ~Q(key=""), name="batch_one_unfinished_of_a_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("admin:archive_batch_change", args=[self.pk])

    def documents(self) -> DocumentQuerySet:
        """Documents that this batch brought in, in its order and without their texts; not those it found here."""
        return Document.objects.filter(items__in=self.items.of_documents()).order_by("pk").defer("text")


class BatchItemQuerySet(models.QuerySet["BatchItem"]):
    def waiting(self) -> BatchItemQuerySet:
        return self.filter(outcome=BatchItem.Outcome.WAITING)

    def of_documents(self) -> BatchItemQuerySet:
        """Those whose file became a document in this batch."""
        return self.filter(outcome=BatchItem.Outcome.READ, document__isnull=False)


class BatchItem(models.Model):
    """One file of a batch. The same name with the same bytes is one item, however often an import is begun."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READ = "read", _("read")
        DUPLICATE = "duplicate", _("duplicate")
        FAILED = "failed", _("failed")
        UNPACKED = "unpacked", _("unpacked")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    name = models.CharField(max_length=500, help_text="name of the file within the batch, with its folders")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="items")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="items")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    reason = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = BatchItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "outcome"], name="batchitem_outcome")]
        constraints = [
            models.UniqueConstraint(fields=["batch", "name", "sha256"], name="batchitem_once"),
            models.CheckConstraint(
                condition=~Q(outcome="failed") | ~Q(reason=""), name="batchitem_failed_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["read", "duplicate"]) | Q(document__isnull=False),
                name="batchitem_read_has_a_document",
            ),
        ]

    def __str__(self) -> str:
        return self.name
