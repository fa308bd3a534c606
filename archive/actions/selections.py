"""The same correction for many documents; what does not fit one of them does not stop the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from archive.actions.corrections import correct_metadata
from archive.actions.documents import NotPossible, discard, publish
from archive.actions.themes import retag_document
from archive.models import Document


@dataclass(frozen=True, slots=True)
class Done:
    """How many documents an action changed, and why it could not change others: (number, reason)."""

    changed: int
    hindered: tuple[tuple[int, str], ...] = ()


def correct_all(
    *, documents: Iterable[Document], fields: Mapping[str, object], themes: Sequence[str], by: User | None
) -> Done:
    """Set the metadata `fields` of each, and add the themes (keys) to those it has."""
    changed = sum(correct_one(document, fields, themes, by) for document in documents)
    return Done(changed)


@transaction.atomic
def correct_one(document: Document, fields: Mapping[str, object], themes: Sequence[str], by: User | None) -> bool:
    """True when something of the document is another than before."""
    other = {field: value for field, value in fields.items() if getattr(document, field) != value}
    for field, value in other.items():
        setattr(document, field, value)
    correct_metadata(document=document, changed=other, by=by)
    has = list(document.documenttheme_set.order_by("rank").values_list("theme__key", flat=True))
    lacking = [key for key in themes if key not in has]
    if lacking:
        retag_document(document=document, themes=[*has, *lacking], by=by)
    return bool(other or lacking)


def publish_all(*, documents: Iterable[Document], by: User | None) -> Done:
    """Publish those of the documents that are drafts; a withdrawn one is left to be looked at by itself."""
    drafts = [document for document in documents if document.state == Document.State.DRAFT]
    for document in drafts:
        publish(document=document, by=by)
    return Done(len(drafts))


def discard_all(*, documents: Iterable[Document], by: User | None) -> Done:
    """Discard those of the documents that are drafts."""
    changed, hindered = 0, []
    for document in documents:
        try:
            discard(document=document, by=by)
            changed += 1
        except NotPossible as error:
            hindered.append((document.pk, str(error)))
    return Done(changed, tuple(hindered))
