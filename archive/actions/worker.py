"""A worker: takes one job after the other from the database until it is told to stop."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import Error as DatabaseFailure
from django.db import connection

from archive.actions import jobs
from archive.actions.work import WORK
from archive.models import Job

log = logging.getLogger(__name__)
POLL = 1.0
"""Seconds between two looks for work."""
LONGEST_PAUSE = 30.0
LONGEST_STEP = timedelta(minutes=30)
"""A step that takes longer hangs: its job's lease is no longer renewed, so that another worker may begin it anew."""


class Stopping(Exception):
    """The worker was told to stop."""


def run(stop: threading.Event, *, lease: timedelta = jobs.LEASE, poll: float = POLL) -> None:
    """Do what is due until `stop` is set. A database that is away is waited for."""
    name, pause = own_name(), poll
    while not stop.is_set():
        try:
            busy = do_next(name=name, stop=stop, lease=lease)
            pause = poll
        except DatabaseFailure as error:
            log.warning("The database does not answer (%s); waiting", error)
            connection.close()
            busy, pause = False, min(pause * 2, LONGEST_PAUSE)
        if not busy:
            stop.wait(pause)


def own_name() -> str:
    """The name of this run of this process, never used again: a lease is held by it alone."""
    return f"{socket.gethostname()[:40]} {os.getpid()} {secrets.token_hex(4)}"


def do_next(*, name: str, stop: threading.Event, lease: timedelta = jobs.LEASE) -> bool:
    """Do the job that is due first; False when there is none. What goes wrong with it is kept with it."""
    job = jobs.claim(worker=name, lease=lease)
    if job is None:
        return False
    try:
        with kept_alive(job, lease):
            do(job, stop)
    except jobs.LeaseLost as lost:
        log.warning("%s", lost)
    return True


def do(job: Job, stop: threading.Event) -> None:
    """One attempt at a job."""

    def progress(done: int, total: int, message: str = "") -> None:
        jobs.got_to(job=job, done=done, total=total, message=message)
        if stop.is_set():
            raise Stopping

    try:
        result = WORK[job.kind](job, progress)
    except Stopping:
        jobs.give_back(job=job)
    except (jobs.LeaseLost, DatabaseFailure):
        raise
    except Exception as error:
        log.exception("Job %s (%s) failed", job.pk, job.kind)
        jobs.fail(job=job, reason=f"{type(error).__name__}: {error}")
    else:
        jobs.finish(job=job, result=result)


@contextmanager
def kept_alive(job: Job, lease: timedelta) -> Iterator[None]:
    """Renew the lease from a thread, for as long as the block runs; a step of the work may take minutes."""
    ended = threading.Event()
    beat = threading.Thread(target=renew_until, args=(ended, job, lease), daemon=True)
    beat.start()
    try:
        yield
    finally:
        ended.set()
        beat.join()


def renew_until(ended: threading.Event, job: Job, lease: timedelta) -> None:
    step, begun = job.done, time.monotonic()
    try:
        while not ended.wait(lease.total_seconds() / 3):
            if job.done != step:
                step, begun = job.done, time.monotonic()
            if time.monotonic() - begun > LONGEST_STEP.total_seconds():
                log.error("Step %s of job %s (%s) hangs; another worker may begin it again", step, job.pk, job.kind)
                return
            try:
                jobs.renew(job=job, lease=lease)
            except jobs.LeaseLost:
                return  # the work finds out by itself when it next writes
            except DatabaseFailure as error:
                log.warning("The lease of job %s could not be renewed (%s)", job.pk, error)
    finally:
        connection.close()
