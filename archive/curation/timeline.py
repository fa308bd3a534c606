"""What happened to a document, and in the archive: decisions, uploads, re-readings and changes of the vocabularies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from archive.actions.corrections import METADATA
from archive.actions.rereading import READ_AGAIN
from archive.models import Decision, Document, Upload, VocabularyChange

Change = tuple[str, str, str]
"""What, from what, to what."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did; `by` is None for the archive itself."""

    at: datetime
    by: User | None
    what: str
    document: Document | None = None
    quote: str = ""
    note: str = ""
    changes: tuple[Change, ...] = ()
    undone: bool = False


def of_document(document: Document) -> list[Entry]:
    """Everything that happened to a document, the newest first."""
    decisions = document.decisions.select_related("made_by", "undone_by")
    entries = [uploaded(document.upload)]
    for decision in decisions:
        entries.append(decided(decision))
        if decision.undone_at:
            entries.append(taken_back(decision))
    entries += readings(document)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def uploaded(upload: Upload) -> Entry:
    return Entry(upload.received_at, upload.received_by, _("uploaded “%s”") % upload.name)


def decided(decision: Decision, document: Document | None = None) -> Entry:
    return Entry(
        at=decision.made_at,
        by=decision.made_by,
        what=f"{decision.get_verb_display()} ({decision.get_layer_display()})",
        document=document,
        quote=decision.quote,
        note=str(decision.data.get("reason", "")),
        changes=tuple(changes_of(decision.data)),
        undone=decision.undone_at is not None,
    )


def taken_back(decision: Decision) -> Entry:
    assert decision.undone_at is not None  # noqa: S101 - asked by the caller
    what = _("undid: %s") % f"{decision.get_verb_display()} ({decision.get_layer_display()})"
    return Entry(decision.undone_at, decision.undone_by, what, quote=decision.quote)


def vocabulary_changed(change: VocabularyChange) -> Entry:
    what = f"{change.get_verb_display()} ({change.get_kind_display()} {change.name})"
    return Entry(change.made_at, change.made_by, what, changes=tuple(changes_of(change.data)))


def changes_of(data: Mapping[str, Any]) -> Iterator[Change]:
    """Pairs [from, to], however deep; what a directive was and is by `from` and `to`."""
    if isinstance(data.get("from"), dict) or isinstance(data.get("to"), dict):
        before, after = data.get("from") or {}, data.get("to") or {}
        for name in dict.fromkeys([*before, *after]):
            if before.get(name) != after.get(name):
                yield name, plain(before.get(name)), plain(after.get(name))
    for name, value in data.items():
        if name != "hints" and isinstance(value, list) and len(value) == 2:
            yield label(name), plain(value[0]), plain(value[1])
        elif isinstance(value, dict) and name not in ("from", "to", "place"):
            yield from changes_of(value)


def plain(value: Any) -> str:
    """As a person reads it; "–" for nothing."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value in (None, "") else str(value)


def label(field: str) -> str:
    """The field's name as forms give it, else as it is."""
    return str(getattr(Document._meta.get_field(field), "verbose_name", field)) if field in METADATA else field


def readings(document: Document) -> Iterable[Entry]:
    """Re-readings that changed the metadata; what people changed is told by their decisions."""
    rows = list(document.history.select_related("history_user", "issuer", "found_at").order_by("history_id"))
    for before, after in pairwise(rows):
        changes = tuple(differences(before, after))
        if after.history_change_reason == READ_AGAIN and changes:
            yield Entry(after.history_date, after.history_user, _("read again: other metadata"), changes=changes)


def differences(before: Any, after: Any) -> Iterator[Change]:
    for field in METADATA:
        had, has = getattr(before, field), getattr(after, field)
        if had != has:
            yield label(field), plain(had), plain(has)
