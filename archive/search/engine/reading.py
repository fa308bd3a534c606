"""Which state of the index a thread reads: the newest commit of the current generation, or what is left of it.

A new generation or commit is noticed by one `stat`. Nothing is ever written, made or deleted here.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from haystack.exceptions import SearchBackendError

from archive.search.engine.generations import CURRENT, Generations, read_manifest
from archive.search.engine.snapshot import Snapshot

T = TypeVar("T")
Stamp = tuple[int, int, int]

log = logging.getLogger(__name__)

SETTLED = 50_000_000
"""Nanoseconds after which a folder's time of change is trusted: two changes within a clock tick look like one."""
PATIENCE = 5.0
"""Seconds until a generation that could not be read is tried again, when nothing has changed."""


class IndexUnavailable(SearchBackendError):
    """No generation of the index can be read; the message says why."""


class Reading:
    """The open snapshot of one thread."""

    def __init__(self, generations: Generations, fingerprint: Callable[[], str]) -> None:
        self._generations = generations
        self._fingerprint = fingerprint
        self._snapshot: Snapshot | None = None
        self._stamp: Stamp | None = None
        self._bad: dict[Path, tuple[float, str]] = {}

    def ask(self, question: Callable[[Snapshot], T]) -> T:
        """The answer of the first generation that can be read; IndexUnavailable when none can.

        Whatever a damaged file makes Whoosh raise counts as not readable: that generation is left aside.
        """
        self._refresh()
        while True:
            snapshot = self._snapshot or self._open()
            try:
                return question(snapshot)
            except SearchBackendError:
                raise
            except Exception as error:
                log.exception("The index in %s cannot be read", snapshot.folder)
                self._set_aside(snapshot.folder, error)

    def close(self) -> None:
        self._snapshot = None

    def _refresh(self) -> None:
        stamp = self._look()
        now = time.monotonic()
        if stamp is None or stamp != self._stamp or any(now - since > PATIENCE for since, _ in self._bad.values()):
            self.close()
            self._bad.clear()
        self._stamp = stamp

    def _look(self) -> Stamp | None:
        """What changes whenever the current generation or its newest commit does; None when that is not sure."""
        try:
            found = (self._generations.root / CURRENT).stat()
        except OSError:
            return (0, 0, 0)
        if time.time_ns() - found.st_mtime_ns < SETTLED:
            return None
        return found.st_dev, found.st_ino, found.st_mtime_ns

    def _open(self) -> Snapshot:
        for folder in self._generations.candidates():
            if folder in self._bad:
                continue
            try:
                if read_manifest(folder).fingerprint != self._fingerprint():
                    raise ValueError("it was built by another version of this program")
                snapshot = Snapshot(folder)
            except Exception as error:
                log.warning("The index in %s cannot be opened: %s: %s", folder, type(error).__name__, error)
                self._set_aside(folder, error)
                continue
            self._snapshot = snapshot
            return snapshot
        problems = [f"{folder.name}: {problem}" for folder, (_, problem) in self._bad.items()]
        raise IndexUnavailable("; ".join(problems) or "there is no index yet")

    def _set_aside(self, folder: Path, error: Exception) -> None:
        self.close()
        self._bad[folder] = (
            time.monotonic(),
            f"{type(error).__name__}: {error}" if str(error) else type(error).__name__,
        )
