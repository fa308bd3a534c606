"""Documents that read like another: the same wording, or nearly. Found by fingerprints, without reading the texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from archive.models import Document, Fingerprint, FingerprintBand
from archive.models.documents import DocumentQuerySet
from archive.parallels import likeness

CANDIDATES = 50
LEAST_LIKENESS = 0.15
"""Below it two circulars of one kind have hardly more in common than their set phrases."""


@dataclass(frozen=True, slots=True)
class Near:
    """A document that reads like another; `likeness` (0 to 1) is the estimated share of wording that both have."""

    document: Document
    likeness: float
    is_same_wording: bool


def nearest(document: Document, among: DocumentQuerySet, most: int = 5) -> list[Near]:
    """The documents of `among` that read most like this one, the likest first; four queries, however many there are."""
    own = Fingerprint.objects.filter(document=document).first()
    if own is None:
        return []
    prints = Fingerprint.objects.filter(pk__in=sharing_a_band(document, among), method=own.method)
    signature = bytes(own.signature)
    measured = [
        (likeness(signature, bytes(other.signature)), other.wording == own.wording, other.pk) for other in prints
    ]
    best = sorted((one for one in measured if one[0] >= LEAST_LIKENESS), reverse=True)[:most]
    documents = among.select_related("issuer", "found_at").in_bulk([pk for _, _, pk in best])
    return [Near(documents[pk], share, same) for share, same, pk in best]


def sharing_a_band(document: Document, among: DocumentQuerySet) -> Sequence[int]:
    """Numbers of the documents that share most bands with this one."""
    rows = (
        FingerprintBand.objects.filter(key__in=document.fingerprint_bands.values("key"))
        .exclude(document=document)
        .filter(document__in=among.order_by().values("pk"))
        .values("document")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "document")
    )
    return [row["document"] for row in rows[:CANDIDATES]]
