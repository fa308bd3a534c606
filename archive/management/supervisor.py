"""Runs the site on one machine: prepares its state, then keeps the web server, the indexer and a worker going."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from django.conf import settings

GUNICORN_SETTINGS = settings.BASE_DIR / "deploy" / "gunicorn.conf.py"
POLL = 0.2
"""Seconds between two looks at the processes."""
GRACE = 10
"""Seconds that a process has to end after it was asked to."""


class PortInUse(Exception):
    """Another program listens on the address already."""


def check_port(host: str, port: int) -> None:
    """PortInUse when the address cannot be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortInUse(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Stop what listens there, or choose another one: make run PORT={port + 1}"
            ) from None


def web_server(host: str, port: int) -> list[str]:
    """The command line of gunicorn."""
    gunicorn = Path(sys.executable).with_name("gunicorn")
    return [str(gunicorn), "--config", str(GUNICORN_SETTINGS), "--bind", f"{host}:{port}", "archive.wsgi"]


def indexer() -> list[str]:
    """The command line of the indexer."""
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "indexer"]


def worker() -> list[str]:
    """The command line of the worker that does the long work."""
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"]


class Supervisor:
    """Runs commands side by side until one ends or a signal comes, then stops them all.

    Every child is in a session of its own, so that Ctrl-C reaches this process only and the children end in order.
    """

    def __init__(self, commands: Sequence[list[str]]) -> None:
        self.stopping = False
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, self.stop)
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "archive.settings"}
        self.children = [
            subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)  # noqa: S603
            for command in commands
        ]

    def stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True

    def ended(self) -> subprocess.Popen[bytes] | None:
        """A process that ended by itself."""
        return next((child for child in self.children if child.poll() is not None), None)

    def wait(self, until: Callable[[], bool]) -> bool:
        """Wait for `until`; False when a signal came or a process ended first."""
        while not self.stopping and self.ended() is None:
            if until():
                return True
            time.sleep(POLL)
        return False

    def close(self) -> str:
        """Stop all; a sentence about the process that ended by itself, "" when a signal was what ended it."""
        ended = None if self.stopping else self.ended()
        stop_all(self.children)
        return (
            f"{command_line(ended)} ended with status {ended.returncode}, so the others were stopped." if ended else ""
        )


def command_line(child: subprocess.Popen[bytes]) -> str:
    return " ".join(map(str, child.args)) if isinstance(child.args, (list, tuple)) else str(child.args)


def listens(host: str, port: int) -> bool:
    """Whether something answers at the address."""
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def stop_all(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask every process to end, and end those that do not in time."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
