"""The site with the keyboard alone: where one is can be seen, and in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.screenshots import PAGES

pytestmark = pytest.mark.browser

WALKED = ("home", "search", "documents", "document-hits", "directives", "directive", "theme", "concordance", "problem")
STOPS = 60
STOP = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect(), style = getComputedStyle(here);
  return {
    what: here.outerHTML.slice(0, 120),
    body: here === document.body,
    seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && style.visibility === "visible",
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    place: [...document.querySelectorAll("*")].indexOf(here),
  };
}"""


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", WALKED)
def test_focus_is_seen_and_goes_in_the_order_of_the_page(tab: Page, site: Site, name: str):
    tab.goto(site.url + PAGES[name])
    before = -1
    for number in range(STOPS):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(STOP)
        if stop["body"] or (stop["place"] <= before and number > 3):
            break
        assert stop["place"] > before, f"goes back to {stop['what']}"
        assert stop["seen"], f"cannot be seen: {stop['what']}"
        assert stop["marked"], f"is not marked: {stop['what']}"
        before = stop["place"]
    assert number > 5


def test_the_first_stop_leads_past_the_header(tab: Page, site: Site):
    tab.goto(site.url + PAGES["documents"])
    tab.keyboard.press("Tab")
    expect(tab.locator(".skip")).to_be_focused()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_from_the_search_to_a_hit_and_on_without_a_mouse(tab: Page, site: Site):
    tab.goto(site.url)
    tab.keyboard.press("/")
    tab.keyboard.type('"big visit"')
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search/?**")
    tab.locator(".hits a").first.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/documents/**")
    tab.keyboard.press("n")
    expect(tab.locator("mark[aria-current]")).to_be_in_viewport()


def test_what_folds_opens_with_the_keyboard(tab: Page, site: Site):
    tab.goto(site.url + PAGES["document"])
    fold = tab.locator("details.provenance")
    fold.locator("> summary").focus()
    tab.keyboard.press("Enter")
    expect(fold).to_have_attribute("open", "")


def test_colours_of_the_system_are_kept(chromium: Browser, site: Site):
    """In forced colours what is marked is marked by more than a background, and bars of a plot can be seen."""
    context = chromium.new_context(forced_colors="active", locale="en-GB")
    page = context.new_page()
    page.goto(site.url + PAGES["document-hits"])
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.locator("mark").first.evaluate("one => getComputedStyle(one).backgroundColor") != canvas
    page.goto(site.url + PAGES["years"])
    bars = page.locator(".years-plot rect:not(.none)")
    assert bars.first.evaluate("one => getComputedStyle(one).fill") != canvas
    context.close()
