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
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
NPM = Path(__file__).parent / "node_modules"
NPM_MISSING = "install Node.js with npm (Debian: apt-get install nodejs npm), then `make test` gets what it needs"
MORE = """
from archive.actions.documents import withdraw
from tests.factories import CHINESE_NOTICE, NOTICE, published
published(CHINESE_NOTICE + "澜县公安局 2015年3月12日", "走访.txt")
withdraw(document=published(NOTICE), by=None, reason="Asked for by the bureau that issued it.")
"""
"""Beside the five founding documents: number 6, a Chinese one, and number 7, which is withdrawn."""
CHANGING = {"test_correcting", "test_upload", "test_walk", "test_whole_way"}
"""Files whose tests change the archive, in the workshop."""
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


class Sharing(LoadScopeScheduling):
    """Processes take one test after the other; those that change the archive stay together, for one has their site."""

    def _split_scope(self, nodeid: str) -> str:
        file = Path(nodeid.partition("::")[0]).stem
        return "changing" if file in CHANGING else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    return Sharing(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The many short tests, one for each page, come last, so that all cores have something to do to the end."""
    if all("browser" in item.keywords for item in items):
        items.sort(key=lambda item: hasattr(item, "callspec"))


@dataclass
class Site:
    """A running archive."""

    url: str
    password: str
    output: str
    process: subprocess.Popen[str]
    data: Path


def start(data: Path, port: int) -> Site:
    """`manage.py run` on its own data folder; returns once it says where it is."""
    environment = environment_of(data)
    command = [sys.executable, "manage.py", "run", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    )
    url = f"http://127.0.0.1:{port}/"
    output = read_until(process, f"Massline is on {url}")
    password = re.search(r"password: (\S+)", output)
    return Site(url, password[1] if password else "", output, process, data)


def environment_of(data: Path) -> dict[str, str]:
    """The archive's own settings, on this data folder."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return environment | {"MASSLINE_DATA": str(data), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}


def add_more(site: Site, data: Path) -> None:
    """The documents of `MORE`; returns once the Chinese one is found."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", MORE]
    subprocess.run(command, cwd=ROOT, env=environment_of(data), check=True, capture_output=True)
    deadline = time.monotonic() + PATIENCE
    while "documents/6/" not in urllib.request.urlopen(f"{site.url}search/?q=%E8%B5%B0%E8%AE%BF").read().decode():
        assert time.monotonic() < deadline, "the new document was not found"
        time.sleep(0.2)


def npm_tool(path: str) -> Path:
    """A file of a package that `npm ci` installs; the test is skipped, saying how to get it, where it is not there."""
    tool = NPM / path
    if not tool.exists():
        pytest.skip(NPM_MISSING)
    return tool


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
    data = tmp_path_factory.mktemp("site")
    running = start(data, free_port())
    add_more(running, data)
    yield running
    stop(running)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The founding documents for the tests that change something, so that all others see an archive as it began."""
    running = start(tmp_path_factory.mktemp("workshop"), free_port())
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
