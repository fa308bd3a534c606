"""Programs that are not ours (antiword, LibreOffice, tesseract): found, asked for a version, and run with limits."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .launch import UNCONFINED
from .reading import MEGABYTE, UnreadableFile

_LAUNCH = Path(__file__).with_name("launch.py")
PATH = "/usr/local/bin:/usr/bin:/bin"
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_ERROR_BYTES = 4_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run of a program may use. `network` is False for a program that may only run where it has none."""

    wall_seconds: float
    cpu_seconds: int
    memory: int = 1024 * MEGABYTE
    file: int = 64 * MEGABYTE
    network: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended, what it wrote, and the start of what it complained about."""

    status: int
    output: bytes
    complaint: str


class NotConfined(Exception):
    """The program may only run without network, and this system does not let us cut it off."""


def program(name: str) -> str | None:
    """Where an outside program is; None where it is not installed. Only the system's own folders are looked at."""
    return shutil.which(name, path=PATH)


@cache
def version(path: str, *arguments: str) -> str:
    """The number in what the program answers to `arguments`; "" if there is none."""
    try:
        done = run([path, *arguments], folder=Path("/tmp"), limits=Limits(10, 10))  # noqa: S108 - nothing is written
    except (UnreadableFile, NotConfined):
        return ""
    found = _VERSION.search(done.output.decode("utf-8", "replace")) or _VERSION.search(done.complaint)
    return found[0] if found else ""


def run(command: Sequence[str], *, folder: Path, limits: Limits, data: bytes = b"") -> Done:
    """Runs a program in `folder` with `data` on its standard input. UnreadableFile("timeout"), or NotConfined.

    When this returns or raises, neither the program nor anything that it started is left.
    """
    numbers = (limits.memory, limits.cpu_seconds, limits.file)
    launcher = [sys.executable, "-I", "-S", str(_LAUNCH), *map(str, numbers), "any" if limits.network else "none"]
    try:
        child = subprocess.Popen(  # noqa: S603 - our own launcher and a program from the system's folders
            [*launcher, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
    except OSError as error:
        raise UnreadableFile("The reader could not be started. Try again in a while.", "timeout") from error
    with child:
        try:
            output, complaint = child.communicate(data, timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            raise too_slow() from None
        finally:
            _kill_all(child)
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise too_slow()
    if child.returncode == UNCONFINED and not limits.network:
        raise NotConfined
    return Done(child.returncode, output, complaint[:_ERROR_BYTES].decode("utf-8", "replace"))


def too_slow() -> UnreadableFile:
    return UnreadableFile(
        "This file takes too long to read. Split it, or save it as plain text, and upload that.", "timeout"
    )


def _kill_all(child: subprocess.Popen[bytes]) -> None:
    """Ends the program and what it started; all of it is in one session of its own."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        child.kill()


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours. One thread each: several take longer here, up to ten times on a busy machine."""
    here = str(folder)
    return {"PATH": PATH, "LC_ALL": "C.UTF-8", "HOME": here, "TMPDIR": here, "OMP_THREAD_LIMIT": "1"}
