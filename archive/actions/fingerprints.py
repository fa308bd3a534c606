"""Fingerprints are kept beside the documents, so that copies and near copies find each other by the index."""

from __future__ import annotations

from django.db import transaction

from archive.models import Document, Fingerprint, FingerprintBand
from archive.parallels import METHOD, bands, fingerprint
from archive.spans import Span


@transaction.atomic
def write_fingerprint(document: Document) -> None:
    """Keep the fingerprint of the document's own text as it was last read; nothing is written where it is the same."""
    made = fingerprint(document.text, furniture(document))
    values = {"method": METHOD, "wording": made.wording, "signature": made.signature}
    if Fingerprint.objects.filter(document=document, **values).exists():
        return
    Fingerprint.objects.update_or_create(document=document, defaults=values)
    document.fingerprint_bands.all().delete()
    FingerprintBand.objects.bulk_create(FingerprintBand(document=document, key=key) for key in bands(made.signature))


def furniture(document: Document) -> list[Span]:
    """What of the text belongs to the page or sheet that it was found on; none where that is all of it."""
    asides = [Span(start, end) for start, end, *_kind in document.boilerplate]
    return asides if sum(map(len, asides)) < len(document.text) else []
