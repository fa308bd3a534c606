"""What people correct; every correction is a decision with who and when."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from archive.actions.outbox import announce
from archive.actions.revisions import decide, expect
from archive.models import Decision, Document

METADATA = (
    "title",
    "kind",
    "language",
    "translation",
    "number",
    "issuer",
    "found_at",
    "category",
    "url",
    "issued_on",
    "issued_precision",
)


@transaction.atomic
def correct_metadata(
    *, document: Document, changed: Iterable[str], by: User | None, revision: int | None = None
) -> None:
    """Save the named fields of a document that a person has set, and note from what to what.

    ChangedMeanwhile when `revision` is given and the document is past it. ValueError for a field that is not metadata.
    IntegrityError when a constraint of the database is broken.
    """
    fields = [field for field in METADATA if field in set(changed)]
    if unknown := set(changed) - set(METADATA):
        raise ValueError(f"not metadata of a document: {', '.join(sorted(unknown))}")
    if not fields:
        return
    before = expect(document, revision)
    data = {field: [plain(before, field), plain(document, field)] for field in fields}
    if "title" in fields:
        document.title_in_text = document.title in document.text
    for field in fields:
        document.facts[field] = {"value": plain(document, field), "span": None, "rule": "person", "confidence": 1.0}
    document.save(update_fields=[*fields, "facts", "title_in_text"])
    decide(document, Decision.Verb.CHANGED, by, data=data)
    if document.state == Document.State.PUBLISHED:
        announce(document)


def plain(document: Document, field: str) -> str:
    """The value as it is kept in a decision."""
    value = getattr(document, field)
    return "" if value is None else str(value)
