"""From a file to a published circular and back out: three people with three roles go the whole way."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Site, environment_of
from tests.browser.test_correcting import SELECT
from tests.browser.test_upload import DROP

pytestmark = pytest.mark.browser
CIRCULAR = """Notice on mending the bell of the watch house

To all police stations and the river watch:

1. General requirements. All police stations must ring the bell at dusk. Each watch keeps a ringing book.
2. Measures. Community police should ask the ferrymen {when} the fog comes.
"""
PASSWORD = "a bell at dusk 7"
PEOPLE = """
from django.contrib.auth.models import User
from archive.actions.accounts import give_role
for role in ("contributor", "reviewer", "administrator"):
    user = User.objects.filter(username="walking-" + role).first()
    give_role(user=user or User.objects.create_user("walking-" + role, password="{password}"), role=role, by=None)
"""
PATIENCE = 20
"""Seconds after which a change that readers should see counts as lost."""
As = Callable[[str, str], Page]


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def log_in(scripts: bool, chromium: Browser, workshop: Site) -> Iterator[As]:
    """The page at an address of curation, for a person with a role in a browser of their own."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", PEOPLE.format(password=PASSWORD)]
    subprocess.run(command, cwd=ROOT, env=environment_of(workshop.data), check=True, capture_output=True)
    contexts = []

    def opened(role: str, address: str) -> Page:
        contexts.append(chromium.new_context(locale="en-GB", java_script_enabled=scripts))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{workshop.url}admin/login/?next=/admin/{address}")
        page.get_by_label("Username").fill(f"walking-{role}")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        return page

    yield opened
    for context in contexts:
        context.close()


def test_three_people_take_a_circular_from_the_file_to_the_tombstone(
    scripts: bool, log_in: As, workshop: Site, tmp_path: Path
):
    text = CIRCULAR.format(when="whenever" if scripts else "before")
    contributor = log_in("contributor", "archive/upload/add/")
    files = {"bell.txt": text.encode(), "copy of bell.txt": text.encode(), "torn.pdf": b"%PDF-1.7 and nothing more"}
    bring(contributor, files, tmp_path, scripts)
    number = look_through(contributor)
    reviewer = log_in("reviewer", f"archive/document/{number}/preview/")
    correct(reviewer, scripts)
    publish(reviewer)
    words = "ferrymen whenever" if scripts else "ferrymen before"
    wait_until_found(reviewer, workshop, words, number)
    withdraw(log_in("administrator", f"archive/document/{number}/preview/"))
    tombstone(reviewer, workshop, words, number)


def bring(page: Page, files: dict[str, bytes], folder: Path, scripts: bool) -> None:
    """The files are dropped, or chosen where no script takes them; then the report of the batch."""
    if scripts:
        page.evaluate(DROP, [[name, base64.b64encode(data).decode()] for name, data in files.items()])
        page.get_by_role("link", name="Report of this batch").click()
    else:
        for name, data in files.items():
            (folder / name).write_bytes(data)
        page.locator("[name=file]").set_input_files([folder / name for name in files])
        page.get_by_role("button", name="Upload and preview").click()
    page.wait_for_url("**/batch/*/change/")
    rows = page.locator("#report tbody tr")
    expect(rows).to_have_count(3)
    for row, outcome in zip(rows.all(), ("read", "duplicate", "failed"), strict=True):
        expect(row).to_contain_text(outcome)
    expect(rows.last).to_contain_text("This PDF is damaged or cut off.")


def look_through(page: Page) -> str:
    """The contributor sees what was read, and cannot publish it; the number of the document."""
    page.locator("#report tbody tr").first.get_by_role("link").click()
    page.wait_for_url("**/preview/")
    expect(page.get_by_text("Readers do not see it.")).to_be_visible()
    expect(page.get_by_text("A reviewer looks through it and publishes it.")).to_be_visible()
    expect(page.get_by_text("To all police stations and the river watch:")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    number = re.search(r"/document/(\d+)/", page.url)
    assert number
    return number[1]


def correct(page: Page, scripts: bool) -> None:
    """A sentence becomes a section of its own, and the first directive is corrected to a recommendation."""
    page.get_by_role("link", name="Correct sections, directives and themes").click()
    sections = page.locator(".part").count()
    if scripts:
        page.evaluate(SELECT, "Each watch keeps a ringing book.")
    else:
        page.get_by_role("link", name="in section 1").click()
        page.get_by_label("Words", exact=False).first.fill("Each watch keeps a ringing book.")
    page.get_by_role("button", name="Begin a section with them").click()
    expect(page.locator(".part")).to_have_count(sections + 1)
    page.locator("a.directive").first.click()
    page.get_by_label("recommendation").check()
    page.get_by_role("button", name="Save the correction").click()
    expect(page.locator("a.directive").first).to_have_class(re.compile("recommendation"))
    page.get_by_role("link", name="Preview").first.click()


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. Readers find it within seconds.")).to_be_visible()


def wait_until_found(page: Page, site: Site, words: str, number: str) -> None:
    """Readers find it by its words, and land on them."""
    await_search(page, site, words, number, found=True)
    page.locator(f"main a[href*='/documents/{number}/']").first.click()
    expect(page.locator("mark", has_text="ferrymen").first).to_be_visible()


def withdraw(page: Page) -> None:
    page.locator("summary", has_text="Withdraw").click()
    page.get_by_label("Why it is withdrawn").fill("The bell is mended.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("Withdrawn. Its address now says that it is gone.")).to_be_visible()
    page.get_by_role("link", name="See what readers see in its place").click()
    expect(page.get_by_text("The bell is mended.")).to_be_visible()


def tombstone(page: Page, site: Site, words: str, number: str) -> None:
    """The address says that it is gone, and why; no search finds it."""
    answer = page.goto(f"{site.url}documents/{number}/")
    assert answer
    assert answer.status == 410
    expect(page.get_by_text("The bell is mended.")).to_be_visible()
    await_search(page, site, words, number, found=False)


def await_search(page: Page, site: Site, words: str, number: str, *, found: bool) -> None:
    """Ask until the document is among the results, or no longer."""
    deadline = time.monotonic() + PATIENCE
    hits = page.locator(f"main a[href*='/documents/{number}/']")
    page.goto(f"{site.url}search/?q={words}")
    while bool(hits.count()) is not found:
        assert time.monotonic() < deadline, f"found is not {found} after {PATIENCE} seconds"
        page.goto(f"{site.url}search/?q={words}")
