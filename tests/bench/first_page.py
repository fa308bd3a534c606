"""The first page as a reader gets it: HTML of /search/ from gunicorn on loopback, one request after the other."""

from __future__ import annotations

import http.client
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench.contender import Question
from tests.bench.figures import times
from tests.bench.places import query_text
from tests.bench.processes import ROOT
from tests.postgres import free_port

SECONDS = 120.0
"""Longest time for all requests together."""
STARTING = 30.0
PATIENCE = 30.0
WARM_UP = 40


NOTICE = b'class="notice"'
"""On a page that says it comes from the database, for want of an index."""


class NoPage(Exception):
    """What is measured is not there; the message says why."""


def measure(environment: Mapping[str, str], asked: Sequence[Question], requests: int) -> dict[str, Any]:
    """Milliseconds of the questions of the class `page`, again and again until `requests` are answered or time is up.

    Every request has a connection of its own. Raises NoPage when the server does not start, errs or answers
    without its index.
    """
    addresses = [address(question) for question in asked if question.group == "page"]
    with server(environment) as port:
        for path in islice(cycle(addresses), min(requests, WARM_UP)):
            get(port, path)
        end = time.monotonic() + SECONDS
        found = []
        for path in islice(cycle(addresses), requests):
            if time.monotonic() > end:
                break
            found.append(get(port, path))
    spent = [milliseconds for milliseconds, _ in found]
    return {**asdict(times([spent])), "requests": len(spent), "bytes": max(size for _, size in found)}


def address(question: Question) -> str:
    first, last = question.years or ("", "")
    asked = {"q": query_text(question), "theme": question.themes, "source": question.sources}
    years = {"from": first, "to": last} if question.years else {}
    return f"/search/?{urlencode({**asked, **years}, doseq=True)}"


def get(port: int, path: str) -> tuple[float, int]:
    """Milliseconds and bytes of one page."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        page = answer.read()
        if answer.status != http.client.OK:
            raise NoPage(f"{path} was answered with status {answer.status}")
        if NOTICE in page:
            raise NoPage(f"{path} was answered without the index")
    finally:
        connection.close()
    return (time.perf_counter() - begun) * 1000, len(page)


@contextmanager
def server(environment: Mapping[str, str]) -> Iterator[int]:
    """gunicorn with the settings of deploy/; yields its port and ends it."""
    port = free_port()
    gunicorn = Path(sys.executable).with_name("gunicorn")
    command = [str(gunicorn), "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "archive.wsgi"]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=dict(environment), stdout=log, stderr=log)
        try:
            if not answers(port, process):
                log.seek(0)
                raise NoPage(f"gunicorn did not start: {log.read()[-2000:]}")
            yield port
        finally:
            process.terminate()
            process.wait(timeout=STARTING)


def answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Wait for the first page; whether it came."""
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        try:
            get(port, "/search/")
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False
