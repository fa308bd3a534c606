"""Runs the site on one machine: prepares its state, then keeps the web server and the indexer going together."""

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


def keep_running(commands: Sequence[list[str]], say: Callable[[str], object]) -> int:
    """Run the commands side by side until one ends or a signal comes, then stop them all; the exit status to give.

    Every child is in a session of its own, so that Ctrl-C reaches this process only and the children end in order.
    """
    stopping = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, stop)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "archive.settings"}
    children = [
        subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)  # noqa: S603
        for command in commands
    ]
    try:
        while not stopping and all(child.poll() is None for child in children):
            time.sleep(POLL)
        ended = next((child for child in children if child.poll() is not None), None)
        if ended and not stopping:
            say(f"{' '.join(map(str, ended.args))} ended with status {ended.returncode}; stopping the others.")  # type: ignore[arg-type]
        return (ended.returncode or 1) if ended and not stopping else 0
    finally:
        stop_all(children)


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
