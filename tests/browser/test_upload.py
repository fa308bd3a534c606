"""Uploading as a person does it: files dropped on the page, with and without scripts."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.factories import CHINESE_NOTICE, NOTICE

pytestmark = pytest.mark.browser
FILES = {
    "dropped.txt": f"{NOTICE}\nDropped.\n".encode(),
    "again.txt": f"{NOTICE}\nDropped.\n".encode(),
    "broken.pdf": b"%PDF-1.7 and nothing more",
}
DROP = """files => {
  const carried = new DataTransfer();
  for (const [name, data] of files)
    carried.items.add(new File([Uint8Array.from(atob(data), one => one.charCodeAt(0))], name));
  document.querySelector("h1").dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true}));
}"""


def log_in(page: Page, site: Site) -> None:
    page.goto(f"{site.url}admin/login/?next=/admin/archive/upload/add/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/upload/add/")


def test_three_files_are_dropped_one_a_duplicate_and_one_broken(page: Page, workshop: Site):
    log_in(page, workshop)
    page.evaluate(DROP, [[name, base64.b64encode(data).decode()] for name, data in FILES.items()])
    sent = page.locator("#sent li")
    expect(sent).to_have_count(4)
    expect(sent.nth(0)).to_contain_text("dropped.txt read. ")
    expect(sent.nth(1)).to_contain_text("again.txt duplicate. ")
    expect(sent.nth(2)).to_contain_text("broken.pdf failed. This PDF is damaged or cut off.")
    assert sent.nth(0).get_by_role("link").get_attribute("href") == sent.nth(1).get_by_role("link").get_attribute(
        "href"
    )
    sent.nth(3).get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("Batch")
    page.get_by_role("button", name="Try the failed ones again").click()
    expect(page.locator(".messagelist")).to_contain_text("1 file is read again.")
    expect(page.locator("#report[data-live]")).to_have_count(0, timeout=30_000)


def test_without_scripts_the_same_form_does_it(chromium: Browser, workshop: Site, tmp_path: Path):
    context = chromium.new_context(locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    log_in(page, workshop)
    for name, data in {"one.txt": f"{NOTICE}\nOne.".encode(), "two.txt": f"{CHINESE_NOTICE}二".encode("gbk")}.items():
        (tmp_path / name).write_bytes(data)
    page.locator("[name=file]").set_input_files(sorted(tmp_path.iterdir()))
    page.get_by_role("button", name="Upload and preview").click()
    page.wait_for_url("**/batch/*/change/")
    expect(page.locator("#report tbody tr")).to_have_count(2)
    context.close()
