"""From the database into an index that is being built: by several processes, or by this one alone."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

from archive.models import Document
from archive.search.keeping import Build, Prepared, ProcessLost
from archive.search.preparing import CHUNK, prepared

log = logging.getLogger(__name__)

ALONE = 200
"""Documents below which one process is done before several have begun."""
PROCESSES = 4
"""Processes at most: each collects a segment in memory."""
TELL = 0.2
"""Seconds between two reports of several processes."""

Progress = Callable[[int, int], object]
"""Told how many documents are done, and of how many. While several processes build, by a thread of its own."""


def fill(build: Build, progress: Progress | None, alone: int = ALONE) -> None:
    """Put all published documents in; fewer than `alone` without the help of other processes.

    When one of those fails, this one begins again by itself: it then meets the same error where it can be told, or
    gets by with less of what was short.
    """
    ids = list(Document.objects.published().order_by("pk").values_list("pk", flat=True))
    processes = min(PROCESSES, os.cpu_count() or 1)
    # other processes do not see what this one has not committed
    if processes > 1 and len(ids) >= alone and not connection.in_atomic_block:
        try:
            _together(build, dealt(ids, processes), progress)
        except ProcessLost as lost:
            log.warning("The index could not be built by %s processes (%s); one builds it", processes, lost)
        else:
            return
    _by_itself(build, ids, progress)


def dealt(ids: Sequence[int], shares: int) -> list[list[int]]:
    """The documents in so many shares, CHUNK after CHUNK in turns: those that were added together are alike."""
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    return [[each for chunk in chunks[number::shares] for each in chunk] for number in range(shares)]


def _by_itself(build: Build, ids: Sequence[int], progress: Progress | None) -> None:
    for start in range(0, len(ids), CHUNK):
        build.add(prepared(ids[start : start + CHUNK]))
        if progress:
            progress(min(start + CHUNK, len(ids)), len(ids))
    build.finish()


def _together(build: Build, shards: Sequence[Sequence[int]], progress: Progress | None) -> None:
    done = multiprocessing.get_context("fork").Value("q", 0)

    def rows(shard: Sequence[int]) -> Iterator[Prepared]:
        """Runs in a process of its own, which opens a connection of its own."""
        try:
            for start in range(0, len(shard), CHUNK):
                chunk = shard[start : start + CHUNK]
                yield from prepared(chunk)
                with done.get_lock():
                    done.value += len(chunk)
        finally:
            connections.close_all()

    # a connection that two processes have is closed for both by either
    connections.close_all()
    with _telling(progress, done, sum(map(len, shards))):
        build.add_together(shards, rows)
        build.finish()


@contextmanager
def _telling(progress: Progress | None, done: Any, total: int) -> Iterator[None]:
    """Report meanwhile what the processes have counted, and the end."""
    if progress is None:
        yield
        return
    over = threading.Event()

    def tell() -> None:
        while not over.wait(TELL):
            progress(done.value, total)

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    progress(total, total)
