"""Correcting with the mouse, and reviewing with the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
SELECT = """words => {
  const texts = document.createTreeWalker(document.querySelector("[data-text]"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const start = texts.currentNode.data.indexOf(words);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(texts.currentNode, start);
    range.setEnd(texts.currentNode, start + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  throw new Error("not in the text");
}"""
WORDS = "It is a new idea to build a harmonious relationship"


def log_in(page: Page, site: Site, address: str) -> None:
    page.goto(f"{site.url}admin/login/?next=/{address}")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Log in").click()


def test_words_chosen_with_the_mouse_become_a_directive_and_a_section_and_both_are_undone(page: Page, workshop: Site):
    log_in(page, workshop, "admin/archive/document/5/correct/")
    sections = page.locator(".part").count()
    page.evaluate(SELECT, WORDS)
    expect(page.get_by_label("Words", exact=False).first).to_have_value(WORDS)
    page.get_by_label("recommendation").check()
    page.get_by_role("button", name="Add as a directive").click()
    expect(page.get_by_text(re.compile(r"Directive \d+ was added"))).to_be_visible()
    page.evaluate(SELECT, "As a community policeman, the author")
    page.get_by_role("button", name="Begin a section with them").click()
    expect(page.locator(".part")).to_have_count(sections + 1)
    for _ in range(2):
        page.locator("summary", has_text="Decisions").click()
        page.locator(".decisions").get_by_role("button", name=re.compile("^Undo")).first.click()
        expect(page.get_by_text(re.compile("^Undone:"))).to_be_visible()
    expect(page.locator(".part")).to_have_count(sections)
    expect(page.locator("a.directive", has_text=WORDS)).to_have_count(0)


def test_the_queue_is_worked_through_with_the_keyboard(page: Page, workshop: Site):
    log_in(page, workshop, "admin/archive/review/?document=5")
    heading = page.get_by_role("heading", name=re.compile(r"^Directive \d+"))
    first = heading.inner_text().split()[1]
    page.keyboard.press("n")
    expect(heading).not_to_contain_text(f"Directive {first} ")
    page.keyboard.press("p")
    expect(heading).to_contain_text(f"Directive {first} ")
    page.keyboard.press("a")
    expect(page.get_by_text(f"Directive {first} was confirmed.")).to_be_visible()
    page.keyboard.press("u")
    expect(heading).to_contain_text(f"Directive {first} ")
    page.keyboard.press("c")
    expect(page.locator("details[data-key=c] input:focus")).to_have_count(1)
    page.keyboard.press("a")
    expect(heading).to_contain_text(f"Directive {first} ")
