"""What people correct; every correction is a decision with who and when."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import models, transaction

from archive.actions.outbox import announce
from archive.actions.revisions import decide, expect
from archive.actions.vocabulary import source_named
from archive.models import Decision, Document

SOURCES = ("issuer", "found_at")
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
        document.facts[field] = by_person(document, field)
    document._history_user = by  # type: ignore[attr-defined]
    document.save(update_fields=[*fields, "facts", "title_in_text"])
    decide(document, Decision.Verb.CHANGED, by, data=data)
    if document.state == Document.State.PUBLISHED:
        announce(document)


def by_person(document: Document, field: str) -> dict[str, object]:
    """The fact of a field that a person has set; under `given` it keeps what was given with the upload."""
    fact = {"value": plain(document, field), "span": None, "rule": "person", "confidence": 1.0}
    before = document.facts.get(field, {})
    given = before.get("given") or (before if before.get("rule") == "person" and "given" not in before else None)
    return fact | {"given": given}


def take_back(document: Document, undone: Decision) -> None:
    """Give the fields of an undone correction the values of the corrections that stand, or of before all of them.

    A field that the text itself gives is then free to be read from it again.
    """
    decisions = document.decisions.filter(layer=Decision.Layer.DOCUMENT, verb=Decision.Verb.CHANGED).in_order()
    for field in [field for field in METADATA if field in undone.data]:
        touching = [decision for decision in decisions if field in decision.data]
        standing = [decision for decision in touching if decision.undone_at is None]
        value = standing[-1].data[field][1] if standing else touching[0].data[field][0]
        set_plain(document, field, value)
        given = document.facts.get(field, {}).get("given")
        if standing:
            document.facts[field] = by_person(document, field)
        elif given:
            document.facts[field] = given
        else:
            document.facts.pop(field, None)
    document.title_in_text = document.title in document.text
    document.save()


def set_plain(document: Document, field: str, value: str) -> None:
    """Set a field from the value that a decision keeps of it."""
    if field in SOURCES:
        setattr(document, field, source_named(value) if value else None)
    else:
        kind: models.Field = Document._meta.get_field(field)  # type: ignore[assignment]  # no relation to it
        setattr(document, field, None if kind.null and not value else kind.to_python(value))


def plain(document: Document, field: str) -> str:
    """The value as it is kept in a decision."""
    value = getattr(document, field)
    return "" if value is None else str(value)
