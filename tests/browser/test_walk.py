"""A newcomer's walk through the running site."""

from __future__ import annotations

import re
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, start, stop
from tests.postgres import free_port

pytestmark = pytest.mark.browser

CIRCULAR = """Notice on carrying out the "lantern at the gate" activity

1. General requirements. All police stations must light the lantern at the gate every evening.
2. Measures. Community police should ask the residents which corner is the darkest.
"""
PATIENCE = 20
"""Seconds after which a published document counts as not found."""


def search(page: Page, words: str) -> None:
    # with suggestions, which need a script, a search box is a combobox
    box = page.get_by_role("combobox").or_(page.get_by_role("searchbox")).first
    box.fill(words)
    box.press("Enter")
    page.wait_for_url("**/search/?**")


def test_home_search_document_theme_directives_upload_and_search_again(page: Page, workshop: Site, tmp_path: Path):
    page.goto(workshop.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    search(page, '"big visit"')
    hits = page.locator("mark", has_text=re.compile("big visit", re.IGNORECASE))
    expect(hits.first).to_be_visible()
    page.get_by_role("link", name=re.compile("community police do mass work")).first.click()
    page.wait_for_url(re.compile(r"/documents/\d+/\?q=.*#s"))
    assert page.locator("mark").count() >= 5
    page.locator("main a[href*='/themes/']").first.click()
    page.wait_for_url("**/themes/**")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{workshop.url}directives/")
    expect(page.get_by_role("table").or_(page.locator("main li")).first).to_be_visible()
    upload(page, workshop, tmp_path)
    page.goto(workshop.url)
    search(page, "lantern")
    expect(page.locator("mark", has_text="lantern").first).to_be_visible()


def upload(page: Page, site: Site, folder: Path) -> None:
    """Log in, upload, look at the preview, publish; then the new document is found without a restart."""
    circular = folder / "lantern.txt"
    circular.write_text(CIRCULAR)
    page.goto(f"{site.url}admin/archive/upload/add/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("File", exact=False).first.set_input_files(circular)
    page.get_by_role("button", name="Upload and preview").click()
    expect(page.get_by_text("Readers do not see it")).to_be_visible()
    expect(page.get_by_text("lantern at the gate").first).to_be_visible()
    assert "lantern at the gate" not in page.request.get(f"{site.url}search/?q=lantern").text()
    page.get_by_role("button", name="Publish").click()
    published = time.monotonic()
    expect(page.get_by_text("See it as readers do")).to_be_visible()
    while "<mark" not in page.request.get(f"{site.url}search/?q=lantern").text():
        assert time.monotonic() - published < PATIENCE, "the published document was not found"
        time.sleep(0.1)


def test_it_works_without_javascript(site: Site, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    search(page, "visit")
    expect(page.locator("mark").first).to_be_visible()
    context.close()


def test_a_second_start_changes_nothing_and_ctrl_c_stops_everything(tmp_path: Path):
    port = free_port()
    first = start(tmp_path, port)
    assert first.password
    assert first.output.count("Founding document") == 5
    assert urllib.request.urlopen(f"{first.url}healthz").status == 200
    assert "Stopped." in stop(first)
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(first.url)
    second = start(tmp_path, port)
    assert "password" not in second.output
    assert "Founding document" not in second.output
    stop(second)
