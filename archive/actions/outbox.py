"""What the indexer has to hear of, written in the same transaction as the change."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from archive.models import Document, OutboxEntry


def announce(document: Document) -> None:
    """Tell the indexer that what readers may find of the document has changed."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("announce() belongs inside the transaction of the change it announces")
    OutboxEntry.objects.create(document=document)


def announce_all(numbers: Iterable[int]) -> None:
    """The same for those of many documents that readers may find."""
    published = Document.objects.published().filter(pk__in=set(numbers)).order_by("pk")
    OutboxEntry.objects.bulk_create(OutboxEntry(document_id=pk) for pk in published.values_list("pk", flat=True))
