"""Earlier versions of a document: what it was read from before a better file took its place."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from archive.models.documents import Document, Upload


class DocumentVersion(models.Model):
    """The file and text that a document had until it was replaced; never changed. The document itself has the newest.

    Versions count from 1; the document's own is one more than the last of these.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="earlier_versions")
    number = models.PositiveSmallIntegerField()
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="earlier_versions")
    text = models.TextField()
    language = models.CharField(max_length=2, choices=Document.Language)
    title = models.CharField(max_length=500)
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True, help_text="what is better in the file that took its place")

    class Meta:
        ordering = ["document_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_one_per_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="version_counts_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("version", args=[self.document_id, self.number])
