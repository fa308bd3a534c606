"""By what documents with the same wording find each other without their texts being read."""

from __future__ import annotations

from django.db import models

from archive.models.documents import Document


class Fingerprint(models.Model):
    """The signature of a document's text, of a version of the method; `archive.parallels` says how it is made."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="fingerprint")
    method = models.PositiveSmallIntegerField(help_text="version of the method that made it")
    wording = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the normalised text")
    signature = models.BinaryField(help_text="least hashes, 32 bits each, the first byte least")

    def __str__(self) -> str:
        return f"{self.document_id}: {self.wording[:12]}"


class FingerprintBand(models.Model):
    """A piece of a signature; two documents that have one in common may have much in common."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="fingerprint_bands")
    key = models.BigIntegerField(help_text="hash of the band and what stands in it")

    class Meta:
        indexes = [models.Index(fields=["key", "document"], name="fingerprint_band_key")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.key}"
