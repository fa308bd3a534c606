"""The queue of long work: put in, taken by a worker for a while, done or failed; nothing of it is only in memory.

A worker takes a job with a lease and renews it. When the worker is killed, the lease runs out and another takes the
job; what the first one had in hand is then written by nobody but the second.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from archive.models import Job

LEASE = timedelta(seconds=30)
"""How long a worker holds a job without a sign of life."""
ATTEMPTS = 5
"""How often a job is begun without getting any further, before it has failed."""
BACK_OFF = timedelta(seconds=5)
"""The pause after the first failure; each further one is four times as long."""
NO_KEY = ""
"""A job that waits again after it was begun has none: the same work may have been asked for anew meanwhile."""
PAST_RECALL = "The program ended in the middle of this work, {attempts} times."


class LeaseLost(Exception):
    """Another worker has the job by now; what this one has in hand is not written."""


def enqueue(*, kind: str, arguments: dict[str, Any], by: User | None, key: str = "") -> Job:
    """Have work done by a worker, after the transaction that this is called in.

    With a `key`, a waiting job of the same kind, key and arguments stands for the new one; a running one does not, for
    it may have begun before the change that asks for the work. ValueError for an unknown kind.
    """
    if kind not in Job.Kind.values:
        raise ValueError(f"no such work: {kind}")
    fields = {"arguments": arguments, "made_by": by, "not_before": timezone.now()}
    if not key:
        return Job.objects.create(kind=kind, **fields)
    whole = f"{key[:120]} {digest(arguments)}"
    return Job.objects.get_or_create(kind=kind, key=whole, state=Job.State.WAITING, defaults=fields)[0]


def digest(arguments: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(arguments, sort_keys=True).encode()).hexdigest()[:32]


def claim(*, worker: str, lease: timedelta = LEASE) -> Job | None:
    """Take the job that is due first, for as long as the lease; None when none is due.

    One that was begun too often without getting further has failed, and the next one is taken.
    """
    while Job.objects.due(timezone.now()).exists():  # a look without a lock: most of the time there is nothing
        with transaction.atomic():
            job = locked(Job.objects.due(timezone.now())).first()
            if job is None:
                return None
            if job.attempts < ATTEMPTS:
                return take(job, worker, lease)
            end(job, Job.State.FAILED, reason=job.reason or PAST_RECALL.format(attempts=job.attempts))
    return None


def locked(jobs: Any) -> Any:
    """The rows locked, those that another worker is taking left out. SQLite has locked the database already."""
    if connection.features.has_select_for_update_skip_locked:
        return jobs.select_for_update(skip_locked=True)
    return jobs


def take(job: Job, worker: str, lease: timedelta) -> Job:
    job.state, job.worker, job.lease_until = Job.State.RUNNING, worker, timezone.now() + lease
    job.attempts += 1
    job.save(update_fields=["state", "worker", "lease_until", "attempts"])
    return job


def renew(*, job: Job, lease: timedelta = LEASE) -> None:
    """A sign of life of the worker that holds the job; LeaseLost when it is not its any more."""
    update(job, lease_until=timezone.now() + lease)


def got_to(*, job: Job, done: int, total: int, message: str = "") -> None:
    """Note how far the work is; steps that were done count no failure against the next ones."""
    further = {"attempts": 1} if done > job.done else {}
    update(job, done=done, total=total, message=message[:300], **further)
    job.done, job.total = done, total


def update(job: Job, **fields: Any) -> None:
    """Set fields of a job that its worker holds; LeaseLost otherwise."""
    held = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, worker=job.worker)
    if not held.update(**fields):
        raise LeaseLost(f"job {job.pk} is not held by {job.worker} any more")


def finish(*, job: Job, result: dict[str, Any]) -> None:
    """The work is done. LeaseLost when another worker has it."""
    now = timezone.now()
    update(job, state=Job.State.DONE, result=result, reason="", message="", worker="", lease_until=None, ended_at=now)


def give_back(*, job: Job) -> None:
    """The worker stops before the work is done, at no fault of the job: the next worker goes on with it."""
    now = timezone.now()
    fields = {"state": Job.State.WAITING, "worker": "", "lease_until": None, "not_before": now}
    update(job, **fields, attempts=max(0, job.attempts - 1), key=NO_KEY)


def fail(*, job: Job, reason: str) -> None:
    """An attempt failed: it is tried again after a pause, and has failed for good after the last attempt."""
    job.refresh_from_db(fields=["attempts"])
    if job.attempts >= ATTEMPTS:
        update(job, **ended(Job.State.FAILED), reason=reason)
        return
    pause = BACK_OFF * 4 ** (job.attempts - 1)
    fields = {"state": Job.State.WAITING, "worker": "", "lease_until": None}
    update(job, **fields, not_before=timezone.now() + pause, reason=reason, key=NO_KEY)


def ended(state: Job.State) -> dict[str, Any]:
    return {"state": state, "worker": "", "lease_until": None, "ended_at": timezone.now()}


def end(job: Job, state: Job.State, *, reason: str) -> None:
    Job.objects.filter(pk=job.pk).update(**ended(state), reason=reason)


@transaction.atomic
def try_again(*, job: Job) -> Job:
    """Have a job that failed done after all, from where it stopped. One that did not fail stays as it is."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != Job.State.FAILED:
        return job
    job.state, job.attempts, job.reason, job.ended_at = Job.State.WAITING, 0, "", None
    job.not_before, job.key = timezone.now(), NO_KEY
    job.save()
    return job
