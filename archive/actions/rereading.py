"""Documents are read again when the reading has become better; what people decided is kept."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from archive.actions.corrections import METADATA
from archive.actions.directive_rows import Changes
from archive.actions.documents import fill_metadata
from archive.actions.outbox import announce
from archive.actions.readings import write_reading
from archive.actions.revisions import advance
from archive.actions.vocabulary_words import current_vocabulary
from archive.analysis.pipeline import STAGES, analyse
from archive.models import Document
from archive.models.documents import DocumentQuerySet
from archive.parallels import METHOD
from archive.spans import Analysis

READ_AGAIN = "read again"
"""What the earlier values of metadata say of how they went."""


def live_documents() -> DocumentQuerySet:
    """Documents that are worth reading again: all but the discarded."""
    return Document.objects.exclude(state=Document.State.DISCARDED)


def stale_documents() -> list[int]:
    """Numbers of the live documents read by an older stage or with older words, or without a fingerprint."""
    current = dict(STAGES), METHOD, False
    rows = live_documents().values_list("pk", "versions", "fingerprint__method", "to_read_again")
    return [number for number, *made_by in rows if tuple(made_by) != current]


@transaction.atomic
def reread(*, number: int, by: User | None) -> Changes:
    """Read the document's text again; returns what changed among its directives."""
    document = Document.objects.select_for_update().get(pk=number)
    file_title = "" if document.title_in_text else document.title
    analysis = analyse(document.text, current_vocabulary())
    return read_anew(document=document, analysis=analysis, file_title=file_title, by=by)


@transaction.atomic
def read_anew(*, document: Document, analysis: Analysis, file_title: str, by: User | None) -> Changes:
    """Make the document say what was found in its text, whether that is the same as before or another."""
    by_person = {field: getattr(document, field) for field in METADATA if is_by_person(document, field)}
    facts = {field: document.facts[field] for field in by_person}
    fill_metadata(document, analysis, file_title=file_title)
    for field, value in by_person.items():
        setattr(document, field, value)
    document.facts |= facts
    document._history_user, document._change_reason = by, READ_AGAIN  # type: ignore[attr-defined]
    document.save()
    changes = write_reading(document=document, analysis=analysis)
    advance(document)
    if document.state == Document.State.PUBLISHED:
        announce(document)
    return changes


def is_by_person(document: Document, field: str) -> bool:
    return bool(document.facts.get(field, {}).get("rule") == "person")
