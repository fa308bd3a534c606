"""Keeping the index: what the outbox tells goes into it, and when it cannot be used it is built anew.

Nothing is lost on the way: an entry is marked done after the commit that has it, and applying it twice does no harm.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error as DatabaseFailure
from django.db import connection
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from haystack import connections

from archive.models import Document, OutboxEntry, Section
from archive.search import upkeep
from archive.search.filling import ALONE, Progress, fill
from archive.search.keeping import IndexState, KeepsIndex, Locked
from archive.search.preparing import prepared

__all__ = [
    "IndexStatus",
    "catch_up",
    "forget_entries",
    "prepared",
    "rebuild",
    "rebuild_reason",
    "reconcile",
    "run",
    "status",
    "tidy",
]

log = logging.getLogger(__name__)

BATCH = 500
"""Documents that go into one commit."""
POLL = 0.25
"""Seconds between two looks at the outbox."""
LONGEST_PAUSE = 10.0
"""Seconds between two tries when something is wrong."""
COMPARE = 3600.0
"""Seconds after which index and database are compared again."""
QUIET = 5.0
"""Seconds without a change after which segments are merged."""
KEPT = timedelta(days=7)
"""How long an entry of the outbox stays that has been dealt with: by then every rebuild that needs it is over."""
CLOCKS = timedelta(minutes=1)
"""How far the clocks of two processes may lie apart."""


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How the index stands to the database. Seconds and counts; `problem` is empty when all is well."""

    generation: int
    built_at: str
    sections: int
    published_sections: int
    pending: int
    oldest_pending_seconds: float | None
    readable: bool
    problem: str


def status() -> IndexStatus:
    """The state of the index and how far it is behind. Needs the database; raises nothing about the index."""
    state: IndexState = _keeper().state()
    pending = OutboxEntry.objects.pending()
    oldest = pending.values_list("made_at", flat=True).first()
    return IndexStatus(
        generation=state.generation,
        built_at=state.built_at,
        sections=state.sections,
        published_sections=Section.objects.published().count(),
        pending=pending.count(),
        oldest_pending_seconds=max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else None,
        readable=state.readable,
        problem=state.problem,
    )


def rebuild_reason() -> str | None:
    """Why the index has to be built anew (missing, damaged, made by another version), None when it has not."""
    return _keeper().rebuild_reason()


def catch_up() -> int:
    """Apply what the outbox holds; returns how many documents were brought up to date.

    An index that is missing, damaged or outdated is built first; that counts as no document.
    """
    keeper = _keeper()
    if keeper.state().problem and keeper.rebuild_reason():
        rebuild()
    done = 0
    while entries := list(OutboxEntry.objects.pending().values_list("pk", "document_id")[:BATCH]):
        with keeper.writing():
            documents = {document for _, document in entries}
            keeper.replace(documents, prepared(sorted(documents)), max(entry for entry, _ in entries))
        _mark_done([entry for entry, _ in entries])
        done += len(documents)
    return done


def rebuild(progress: Progress | None = None, alone: int = ALONE) -> int:
    """Build the index anew beside the current one and put it in its place; returns its generation.

    The current one answers meanwhile and takes changes; what changed since the start is applied before the swap.
    `alone` documents and more are the work of several processes. Locked when another process is building.
    """
    keeper = _keeper()
    with keeper.building() as build:
        began = timezone.now()
        covered = set(OutboxEntry.objects.pending().values_list("pk", flat=True))
        fill(build, progress, alone)
        with keeper.writing():
            later = _changed_since(began)
            entries = [entry for entry in later.values_list("pk", "document_id") if entry[0] not in covered]
            if documents := {document for _, document in entries}:
                build.replace(documents, prepared(sorted(documents)))
            corpus = max([*covered, *(entry for entry, _ in entries), _last_done()])
            generation = build.install(corpus)
        _mark_done([*covered, *(entry for entry, _ in entries)])
    log.info("The index was built anew: generation %s", generation)
    return generation


def reconcile() -> tuple[set[int], set[int]]:
    """Compare the documents of index and database; returns (missing, left over) after putting both right."""
    keeper = _keeper()
    with keeper.writing():
        indexed = keeper.documents()
        waiting = set(OutboxEntry.objects.pending().values_list("document_id", flat=True))
        public = set(Document.objects.published().filter(sections__isnull=False).values_list("pk", flat=True))
        missing, left_over = public - indexed - waiting, indexed - public - waiting
        if missing or left_over:
            log.warning("The index lacked documents %s and had %s left over", sorted(missing), sorted(left_over))
            keeper.replace(missing | left_over, prepared(sorted(missing)), keeper.state().corpus)
    return missing, left_over


def forget_entries() -> int:
    """Remove entries of the outbox that have long been dealt with, but for the last one; returns how many."""
    old = OutboxEntry.objects.filter(done_at__lt=timezone.now() - KEPT).exclude(pk=_last_done())
    removed, _ = old.delete()
    return removed


def run(stop: threading.Event, poll: float = POLL, quiet: float = QUIET) -> None:
    """Be the indexer until `stop` is set: what is published can be found within two seconds.

    Locked when there is an indexer already. A database that is away or a full disk is logged and waited for.
    """
    with _keeper().indexing():
        pause, rounds = poll, _Rounds(quiet)
        while not stop.is_set():
            try:
                rounds.next()
                pause = poll
            except Locked as busy:
                log.info("%s", busy)
                pause = min(pause * 2, LONGEST_PAUSE)
            except DatabaseFailure as error:
                log.warning("The database does not answer (%s); waiting", error)
                connection.close()
                pause = min(pause * 2, LONGEST_PAUSE)
            except OSError as error:
                log.error("The index could not be written (%s); trying again", error)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception:
                log.exception("The index could not be brought up to date; it will be built anew")
                pause, rounds.damaged = min(pause * 2, LONGEST_PAUSE), True
            stop.wait(pause)


class _Rounds:
    """What the indexer does when: changes at once, now and then a comparison, and in quiet moments what can wait."""

    def __init__(self, quiet: float) -> None:
        self.damaged = False
        self._quiet = quiet
        self._compare_at = time.monotonic()
        self._tidy_at: float | None = time.monotonic() + quiet

    def next(self) -> None:
        asked = upkeep.rebuild_request()
        if self.damaged or asked or time.monotonic() >= self._compare_at:
            _look_after_index(_reason(self.damaged, asked))
            self.damaged, self._compare_at = False, time.monotonic() + COMPARE
            if asked:
                upkeep.rebuild_done(asked)
        if done := catch_up():
            log.info("Indexed %s", f"{done} documents" if done > 1 else "1 document")
            self._tidy_at = time.monotonic() + self._quiet
        elif self._tidy_at is not None and time.monotonic() >= self._tidy_at:
            # one merge, then a look at what came meanwhile; none again before the next change when none was due
            self._tidy_at = self._tidy_at if tidy() else None


def tidy() -> bool:
    """Merge segments that have become many or mostly empty, a few of them; False when there was nothing to do."""
    keeper = _keeper()
    with keeper.writing():
        return keeper.tidy()


def _reason(damaged: bool, asked: upkeep.Request | None) -> str | None:
    if damaged:
        return "a change could not be written"
    return f"{asked.by or 'an administrator'} asked for it" if asked else rebuild_reason()


def _look_after_index(reason: str | None) -> None:
    if reason:
        log.warning("Building the index anew: %s", reason)
        rebuild()
    reconcile()
    if removed := forget_entries():
        log.info("Removed %s old entries of the outbox", removed)


def _keeper() -> KeepsIndex:
    keeper: KeepsIndex = connections["default"].get_backend()
    return keeper


def _changed_since(moment: datetime) -> QuerySet[OutboxEntry]:
    """Entries that are pending, or that the indexer has put into the old generation since then."""
    return OutboxEntry.objects.filter(Q(done_at=None) | Q(done_at__gte=moment - CLOCKS)).order_by("pk")


def _last_done() -> int:
    last: int | None = OutboxEntry.objects.exclude(done_at=None).aggregate(last=Max("pk"))["last"]
    return last or 0


def _mark_done(entries: Sequence[int]) -> None:
    for start in range(0, len(entries), BATCH):
        OutboxEntry.objects.filter(pk__in=entries[start : start + BATCH], done_at=None).update(done_at=timezone.now())
