"""Pictures of every kind of page in deploy/screenshots/, to be looked at: `make screenshots`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests.browser.conftest import QUIET, Site, add_more, start, stop  # noqa: E402
from tests.postgres import free_port  # noqa: E402

PICTURES = ROOT / "deploy" / "screenshots"
PAGES = {
    "home": "",
    "search": "search/?q=%22big+visit%22",
    "search-nothing": "search/?q=zzzz+%22(((",
    "documents": "documents/",
    "document": "documents/2/",
    "document-hits": "documents/5/?q=%22big+visit%22",
    "directives": "directives/",
    "directive": "directives/1/",
    "matrix": "directives/matrix/",
    "years": "years/",
    "year": "years/undated/",
    "kinds": "kinds/",
    "themes": "themes/",
    "theme": "themes/mass-line/",
    "sources": "sources/",
    "source": "sources/joke-collection-website/",
    "actors": "actors/",
    "actor": "actors/public-security-organs/",
    "formulations": "formulations/",
    "formulation": "formulations/mass-line/",
    "concordance": "concordance/?q=masses",
    "cite": "documents/5/cite",
    "cite-section": "documents/5/cite?section=3.1",
    "help": "help/search/",
    "search-directives": "search/?q=visit&in=directives",
    "missing": "documents/999/",
    "document-chinese": "documents/6/",
    "gone": "documents/7/",
    "about": "about/",
    "about-method": "about/method/",
    "about-coverage": "about/coverage/",
    "about-cite": "about/cite/",
    "about-accessibility": "about/accessibility/",
    "problem": "about/problem/?page=/documents/2/",
    "thanks": "about/problem/thanks/",
}
ADMIN_PAGES = {
    "upload": "admin/archive/upload/add/",
    "batches": "admin/archive/batch/",
    "batch": "admin/archive/batch/1/change/",
    "jobs": "admin/archive/job/",
    "preview": "admin/archive/document/2/preview/",
    "theme-cues": "admin/archive/theme/6/change/",
    "theme-merge": "admin/archive/theme/6/merge/",
    "history": "admin/archive/document/2/history/",
    "log": "admin/archive/log/",
    "person": "admin/auth/user/add/",
    "correct": "admin/archive/document/2/correct/",
    "correct-directive": "admin/archive/document/2/correct/?directive=6",
    "review": "admin/archive/review/",
    "review-list": "admin/archive/review/?view=list&theme=visits",
    "review-documents": "admin/archive/review/?view=documents",
    "side-by-side": "admin/archive/document/2/compare/5/",
    "encoding": "admin/archive/document/2/encoding/",
}
LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "chinese": {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN"},
}


def take(page: Page, site: Site, look: str, pages: dict[str, str]) -> None:
    for name, address in pages.items():
        page.goto(site.url + address)
        # What is off the screen may be left undrawn (content-visibility): so the screen is as high as the page.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": LOOKS[look]["viewport"]["width"], "height": height})
        page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        page.screenshot(path=PICTURES / f"{name}-{look}.png", full_page=True)
        page.set_viewport_size(LOOKS[look]["viewport"])


def log_in(page: Page, site: Site) -> None:
    """Into the admin, in whatever language it speaks."""
    page.goto(f"{site.url}admin/login/?next=/admin/")
    page.locator("#id_username").fill("admin")
    page.locator("#id_password").fill(site.password)
    page.locator("[type=submit]").click()
    page.wait_for_url("**/admin/")


def main() -> None:
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        site = start(Path(data), free_port())
        add_more(site, Path(data))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        for look, options in LOOKS.items():
            page = browser.new_context(**options).new_page()
            take(page, site, look, PAGES)
            log_in(page, site)
            take(page, site, look, ADMIN_PAGES)
        browser.close()
        stop(site)
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
