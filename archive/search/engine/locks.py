"""Locks between processes: held by a file, freed by the kernel when the process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.search.keeping import Locked

POLL = 0.05


@contextmanager
def hold(path: Path, purpose: str, *, wait: float = 0) -> Iterator[None]:
    """Hold the lock file for the length of the block; Locked when it is not free within `wait` seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        deadline = time.monotonic() + wait
        while not _taken(file.fileno()):
            if time.monotonic() >= deadline:
                file.seek(0)
                holder = file.read().strip() or "another process"
                raise Locked(f"{purpose}: not possible now, {holder} is at work in {path.parent}.")
            time.sleep(POLL)
        file.truncate(0)
        file.write(f"process {os.getpid()} ({purpose})")
        file.flush()
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
