"""Processes of contenders: started, asked, watched and ended."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
LOOK = 0.1
"""Seconds between two looks at the memory."""
ENDING = 60.0
"""Seconds that a process has to end after its input has ended."""


class Failed(Exception):
    """A contender's process ended without an answer; the message has its last words."""


@dataclass
class Worker:
    """A contender's process. As a context manager it is ended at the latest when the block ends."""

    action: str
    name: str
    folder: Path
    files: tuple[Path, Path]
    environment: Mapping[str, str]
    python: str = sys.executable
    peak: int = 0
    """bytes that the process and its children had at most, each page counted once"""
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = (self.folder.parent / f"{self.name}-{self.action}.log").open("w+")
        command = [self.python, "-m", "tests.bench.worker", self.action, self.name, str(self.folder)]
        self.process = subprocess.Popen(
            [*command, *map(str, self.files)],
            cwd=ROOT,
            env=dict(self.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._watch.join()
        if kind is not None:
            self.process.kill()
        try:
            self.process.communicate(timeout=ENDING)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
        self.log.close()

    def said(self) -> dict[str, Any]:
        """The next thing that it prints. Failed when it ends instead."""
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            self.process.wait()
            self.log.seek(0)
            raise Failed(f"{self.name} ({self.action}) ended: {self.log.read()[-2000:]}")
        found: dict[str, Any] = json.loads(line)
        return found

    def tell(self, line: str) -> None:
        """Write a line to it; one that has ended is found out by `said`."""
        with suppress(BrokenPipeError):
            if self.process.stdin:
                self.process.stdin.write(line + "\n")
                self.process.stdin.flush()

    def _look(self) -> None:
        while not self._over.wait(LOOK):
            self.peak = max(self.peak, sum(map(memory, family(self.process.pid))))


def family(process: int) -> list[int]:
    """The process and all that descend from it; only itself where /proc does not tell."""
    found = [process]
    for each in found:
        for thread in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += map(int, thread.read_text().split())
            except OSError:
                continue  # it has just ended
    return found


def memory(process: int) -> int:
    """Bytes that a process has to itself, with its share of what it shares; mapped files do not count."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.endswith("kB")}
    return 1024 * (sizes.get("Pss_Anon", sizes.get("Pss", 0)) + sizes.get("Pss_Shmem", 0))
