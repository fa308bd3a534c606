"""Readers of formats that are complicated enough to be dangerous run in a child process with limits.

The child (`start.py`, `child.py`) starts with a clean environment, gets the bytes on its standard input and answers
with one line of JSON. Whatever happens to it, a crash, a kill, a time-out, is told as UnreadableFile.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

from .reading import Extracted, UnreadableFile

WALL_SECONDS = 20
_ROOT = Path(__file__).parents[2]
_START = Path(__file__).with_name("start.py")


def extract(reader: str, data: bytes, *arguments: str) -> Extracted:
    """What the child's `reader` makes of `data`, within WALL_SECONDS."""
    command = [sys.executable, "-P", "-s", str(_START), reader, *arguments]
    try:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module; the file goes in by the pipe
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_environment(),
            start_new_session=True,
        )
    except OSError as error:
        raise UnreadableFile("The reader could not be started. Try again in a while.", "timeout") from error
    with child:
        return _answer(child, data)


def _answer(child: subprocess.Popen[bytes], data: bytes, wall_seconds: float = WALL_SECONDS) -> Extracted:
    """Feeds the child and waits for it; it is dead when this returns or raises."""
    try:
        output, _ = child.communicate(data, timeout=wall_seconds)
    except subprocess.TimeoutExpired:
        raise _too_slow() from None
    finally:
        child.kill()
    if child.returncode == -signal.SIGXCPU or child.returncode == -signal.SIGKILL:
        raise _too_slow()
    if child.returncode != 0:
        raise UnreadableFile(
            "The reader broke down over this file: it is damaged, or it needs more memory than is allowed. "
            "Save it again in the program that made it, or as plain text.",
            "broken",
        )
    return _parsed(output)


def _parsed(output: bytes) -> Extracted:
    head, _, picture = output.partition(b"\n")
    try:
        answer = json.loads(head)
        if "refused" in answer:
            raise UnreadableFile(*answer["refused"])
        if not isinstance(answer["text"], str):
            raise TypeError("text")
        scans = tuple(map(int, answer["scans"]))
        return Extracted(answer["text"], str(answer["title"]), tuple(map(str, answer["warnings"])), scans, picture)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableFile("The reader gave no answer to this file. Save it as plain text.", "broken") from error


def _too_slow() -> UnreadableFile:
    return UnreadableFile(
        "This file takes too long to read. Split it, or save it as plain text, and upload that.", "timeout"
    )


@cache
def _environment() -> dict[str, str]:
    """Nothing of the parent's: no secrets, no proxies, no settings; only where the modules lie."""
    return {"PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "ignore"}
