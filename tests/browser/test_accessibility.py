"""axe-core on every kind of page: light, dark, a screen of 320 pixels, and 200 % zoom."""

from __future__ import annotations

from collections.abc import Iterator
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


def violations(page: Page, rules: list[str], looks: dict[str, tuple[str, int, int]]) -> str:
    """What axe finds in the page that is open, in each look, as lines to read; "" where it finds nothing."""
    page.evaluate(npm_tool("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = []
    for look, (colours, width, height) in looks.items():
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": height})
        # Colours of the admin fade into each other.
        page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
        answer: dict[str, Any] = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", rules
        )
        for violation in answer["violations"]:
            found += [
                f"{look}: {violation['id']}: {node['html'][:160]}: {node['failureSummary'][-300:]}"
                for node in violation["nodes"][:3]
            ]
    return "\n".join(found)


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_violation(examined: Page, site: Site, name: str):
    examined.goto(site.url + PAGES[name])
    assert violations(examined, RULES, LOOKS) == ""


@pytest.mark.parametrize("name", PAGES)
def test_page_in_chinese_has_no_violation(examined: Page, site: Site, name: str):
    address = site.url + PAGES[name]
    examined.goto(f"{address}{'&' if '?' in address else '?'}hl=zh-hans")
    assert examined.locator("html").get_attribute("lang") == "zh-hans"
    assert violations(examined, RULES, {"light": LOOKS["light"]}) == ""
    examined.context.clear_cookies()


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_own_screen_of_the_admin_has_no_violation(administration: Page, site: Site, name: str):
    administration.goto(site.url + ADMIN_PAGES[name])
    assert violations(administration, ADMIN_RULES, LOOKS) == ""


@pytest.mark.parametrize("name", PAGES)
def test_page_does_not_scroll_sideways_at_320_pixels(examined: Page, site: Site, name: str):
    examined.set_viewport_size({"width": 320, "height": 640})
    examined.goto(site.url + PAGES[name])
    assert examined.evaluate("document.documentElement.scrollWidth") <= 320
