"""The box that cites a document, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


def test_a_citation_is_copied_and_no_data_block_is_refused(site: Site, chromium):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site.url}documents/5/")
    page.get_by_text("Cite this document").click()
    page.get_by_role("button", name="Copy Chicago").click()
    expect(page.locator("[data-status]")).to_have_text("Citation copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".citation").first.text_content()
    assert copied.startswith("“Investigation on how community police do mass work well.”")
    assert said == []
    context.close()


def test_a_section_is_cited_without_javascript(site: Site, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}documents/5/cite")
    page.locator(".plain a").nth(2).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cite section")
    expect(page.locator(".citation").first).to_contain_text("Section")
    assert not page.get_by_role("button", name="Copy Chicago").is_visible()
    context.close()
