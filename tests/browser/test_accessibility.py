"""Every kind of page, in light and dark, at 320 pixels and 200 % zoom: axe-core, targets, no sideways scrolling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site, npm_tool
from tests.browser.screenshots import ADMIN_PAGES, PAGES, log_in

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ADMIN_RULES = RULES[:-1]
"""Django's own frame is not ours to rearrange; what the guidelines ask for, our screens in it keep."""
LOOKS: dict[str, tuple[str, int, int]] = {
    "light": ("light", 1280, 900),
    "dark": ("dark", 1280, 900),
    "320 pixels": ("light", 320, 640),
    # a window of 1280 pixels at 200 % has room for 640
    "200 % zoom": ("light", 640, 450),
}
TARGET = 24
"""CSS pixels, by WCAG 2.5.8."""
SMALL = """least => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(one => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  if (!box.width || one.closest(".unseen, .trap, .skip, details:not([open]) > :not(summary)")) return false;
  // A link within a sentence is as high as its line; that is the exception that the guideline makes.
  const words = one.matches("a") && one.closest("p, li, dd, td, th, blockquote, h1, h2, h3");
  const inline = words && style.display === "inline";
  return !inline && (box.height < least || box.width < least);
}).map(one => `${Math.round(one.getBoundingClientRect().width)} × ${Math.round(one.getBoundingClientRect().height)}: ` +
  one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def examined(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def administration(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    log_in(page, site)
    yield page
    context.close()


def faults(page: Page, rules: list[str], looks: Iterable[str], *more: Callable[[Page], list[str]]) -> str:
    """What axe, and what `more`, finds in the page that is open, in each look, as lines to read; "" for nothing."""
    page.evaluate(npm_tool("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = []
    for look in looks:
        put_on(page, look)
        found += [f"{look}: {line}" for check in (lambda page: violations(page, rules), *more) for line in check(page)]
    return "\n".join(found)


def put_on(page: Page, look: str) -> None:
    colours, width, height = LOOKS[look]
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": height})
    # Colours of the admin fade into each other.
    page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")


def violations(page: Page, rules: list[str]) -> list[str]:
    answer: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", rules
    )
    return [
        f"{violation['id']}: {node['html'][:160]}: {node['failureSummary'][-300:]}"
        for violation in answer["violations"]
        for node in violation["nodes"][:3]
    ]


def small_targets(page: Page) -> list[str]:
    return [f"small target: {one}" for one in page.evaluate(SMALL, TARGET)]


def sideways_scroll(page: Page) -> list[str]:
    needed, there = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"scrolls sideways to {needed} pixels"] if needed > there else []


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_fault_in_any_look(examined: Page, site: Site, name: str):
    examined.goto(site.url + PAGES[name])
    assert faults(examined, RULES, LOOKS, small_targets, sideways_scroll) == ""


@pytest.mark.parametrize("name", PAGES)
def test_page_in_chinese_has_no_violation(examined: Page, site: Site, name: str):
    address = site.url + PAGES[name]
    examined.goto(f"{address}{'&' if '?' in address else '?'}hl=zh-hans")
    assert examined.locator("html").get_attribute("lang") == "zh-hans"
    assert faults(examined, RULES, ["light"]) == ""
    examined.context.clear_cookies()


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_own_screen_of_the_admin_has_no_violation(administration: Page, site: Site, name: str):
    administration.goto(site.url + ADMIN_PAGES[name])
    assert faults(administration, ADMIN_RULES, LOOKS) == ""
