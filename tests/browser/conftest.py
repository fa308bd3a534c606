"""The site as `make run` starts it, and a real Chromium in front of it."""

from __future__ import annotations

import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120
"""Seconds that the first start may take on a slow machine."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Site:
    """A running archive."""

    url: str
    password: str
    output: str
    process: subprocess.Popen[str]


def start(data: Path, port: int) -> Site:
    """`manage.py run` on its own data folder; returns once it says where it is."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"MASSLINE_DATA": str(data), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "manage.py", "run", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    )
    url = f"http://127.0.0.1:{port}/"
    output = read_until(process, f"Massline is on {url}")
    password = re.search(r"password: (\S+)", output)
    return Site(url, password[1] if password else "", output, process)


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """What the process prints until the words come; RuntimeError with it when it ends or they do not come."""
    assert process.stdout
    said = ""
    deadline = time.monotonic() + PATIENCE
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while words not in said:
            if not selector.select(max(0.0, deadline - time.monotonic())) or not (line := process.stdout.readline()):
                process.kill()
                raise RuntimeError(f"“{words}” did not come:\n{said}")
            said += line
    return said


def stop(site: Site) -> str:
    """Ctrl-C; returns what it still said."""
    site.process.send_signal(signal.SIGINT)
    rest, _ = site.process.communicate(timeout=30)
    return rest


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = start(tmp_path_factory.mktemp("site"), free_port())
    yield running
    stop(running)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("The tests in a browser need Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page on which an error of a script or a broken content policy fails the test."""
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.set_default_timeout(15_000)
    yield opened
    context.close()
    assert errors == []
