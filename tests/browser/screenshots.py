"""Pictures of every kind of page in deploy/screenshots/, to be looked at: `make screenshots`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests.browser.conftest import QUIET, Site, start, stop  # noqa: E402
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
    "themes": "themes/",
    "theme": "themes/mass-line/",
    "sources": "sources/",
    "source": "sources/joke-collection-website/",
    "actors": "actors/",
    "actor": "actors/public-security-organs/",
    "formulations": "formulations/",
    "formulation": "formulations/mass-line/",
    "concordance": "concordance/?q=masses",
    "help": "help/search/",
    "search-directives": "search/?q=visit&in=directives",
    "missing": "documents/999/",
}
ADMIN_PAGES = {"upload": "admin/archive/upload/add/", "preview": "admin/archive/document/2/preview/"}
LOOKS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


def take(page: Page, site: Site, look: str, pages: dict[str, str]) -> None:
    for name, address in pages.items():
        page.goto(site.url + address)
        page.screenshot(path=PICTURES / f"{name}-{look}.png", full_page=True)


def main() -> None:
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        site = start(Path(data), free_port())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        for look, options in LOOKS.items():
            page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
            take(page, site, look, PAGES)
            page.goto(f"{site.url}admin/")
            page.get_by_label("Username").fill("admin")
            page.get_by_label("Password").fill(site.password)
            page.get_by_role("button", name="Log in").click()
            take(page, site, look, ADMIN_PAGES)
        browser.close()
        stop(site)
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
