"""Hits in a real browser: whole in a concordance however narrow the screen, and walked through with two keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.screenshots import PAGES

pytestmark = pytest.mark.browser

CUT = """keywords => keywords.filter(one => {
  const [box, mark] = [one, one.querySelector("mark")].map(each => each.getBoundingClientRect());
  return mark.left < box.left - 1 || mark.right > box.right + 1 || one.scrollWidth > one.clientWidth + 1;
}).map(one => one.textContent)"""


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="en-GB", viewport={"width": 375, "height": 800})
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    yield page
    assert mistakes == []
    context.close()


@pytest.mark.parametrize("width", [320, 375, 1280])
@pytest.mark.parametrize("address", ["concordance/?q=%22the+masses%22~10", PAGES["formulation"]])
def test_every_hit_of_a_concordance_is_whole(tab: Page, site: Site, address: str, width: int):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(site.url + address)
    keywords = tab.locator(".kwic td.keyword")
    expect(keywords.first).to_be_visible()
    assert keywords.evaluate_all(CUT) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_keys_go_from_hit_to_hit_and_say_which(tab: Page, site: Site):
    tab.goto(site.url + PAGES["document-hits"])
    count, total = tab.locator("[data-hit-count]"), tab.locator("mark[id^=hit-]").count()
    assert total > 1
    for key, number in (("n", 1), ("n", 2), ("p", 1), ("p", total), ("n", 1)):
        tab.keyboard.press(key)
        expect(count).to_have_text(f"hit {number} of {total} for")
        expect(tab.locator("mark[aria-current]")).to_have_id(f"hit-{number}")
        expect(tab.locator("[data-status]")).to_contain_text(f'hit {number} of {total} for "big visit": ')
        assert tab.url.endswith(f"hit={number}#hit-{number}")
