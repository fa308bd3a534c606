"""Two people at the same document: every change counts its revision up, and says who made it.

A form carries the revision that it was filled in over. An action that is given it (`expect`) is refused when somebody
has changed the document since, and the refusal says who did what.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from archive.models import Decision, Document


class ChangedMeanwhile(Exception):
    """The document is no longer at the revision that a form was filled in over.

    `revision` is where it is now; `decisions` are those made or undone since, the newest first (none: it was read
    again).
    """

    def __init__(self, document: Document, since: int) -> None:
        self.revision = document.revision
        made_or_undone = Q(revision__gt=since) | Q(undone_revision__gt=since)
        rows = document.decisions.filter(made_or_undone).select_related("made_by", "undone_by")
        self.decisions = tuple(sorted(rows, key=lambda row: row.undone_revision or row.revision, reverse=True))
        super().__init__(self._told())

    def _told(self) -> str:
        if not self.decisions:
            return _("The document was read again while you were at it; nothing of yours was saved.")
        last = self.decisions[0]
        person, at = (last.undone_by, last.undone_at) if last.undone_at else (last.made_by, last.made_at)
        who = person.get_username() if person else _("the archive itself")
        when = at.strftime("%Y-%m-%d %H:%M")
        return _("%(who)s changed the document while you were at it (%(when)s UTC); nothing of yours was saved.") % {
            "who": who,
            "when": when,
        }


def expect(document: Document, revision: int | None) -> Document:
    """The document's row as it is now, locked until the transaction ends. ChangedMeanwhile unless it is at `revision`.

    None, where no form was filled in, only locks.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("expect() belongs inside the transaction of the change that it guards")
    current = Document.objects.select_for_update().get(pk=document.pk)
    if revision is not None and revision != current.revision:
        raise ChangedMeanwhile(current, revision)
    return current


def advance(document: Document) -> int:
    """Count the document's revision up, in the database and on the given instance; returns it."""
    Document.objects.filter(pk=document.pk).update(revision=F("revision") + 1)
    document.refresh_from_db(fields=["revision"])
    return document.revision


def decide(
    document: Document,
    verb: Decision.Verb,
    by: User | None,
    *,
    layer: Decision.Layer = Decision.Layer.DOCUMENT,
    data: Mapping[str, object] | None = None,
    **quoted: str,
) -> Decision:
    """Note a decision and count the document's revision up. `quoted` may hold quote, before and after."""
    return Decision.objects.create(
        document=document,
        layer=layer,
        verb=verb,
        data=dict(data or {}),
        made_by=by,
        revision=advance(document),
        **quoted,
    )
