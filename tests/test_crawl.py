"""From the first page over every link: each answers, each count holds, nothing unpublished is met, all is light.

The archive is the founding documents and a few more, among them a draft and a withdrawn one that nobody may meet.
"""

from __future__ import annotations

import gzip
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import connection, reset_queries, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from archive.actions.documents import withdraw
from archive.actions.founding import take_in_founding_documents
from archive.search import indexer
from tests.factories import CHINESE_NOTICE, NOTICE, draft, published
from tests.page_rows import Page
from tests.search_fixtures import index_in

pytestmark = pytest.mark.django_db

SECRET = "heliotrope"
"""A word of the documents that readers must not meet."""
HIDDEN = f"Notice on {SECRET} visits\n\n1. Aims. Every station must keep the {SECRET} rota.\n"
PAGES, FILTERED = 40, 5
"""Addresses of one kind of page that are opened; and those of one kind with parameters of the same names."""
PARAMETERS = 1
"""Pages with more are opened, and their links are not followed: filters can be combined without end."""
OUTSIDE = re.compile(r"/(admin|static|suggest)/|#|mailto:")
STYLE_AND_SCRIPT, TRANSFERRED = 60 * 1024, 100 * 1024
QUERIES = 12
# The link of a filter that is set takes it away, and its count is of what stands now.
COUNTED = re.compile(
    r'<a (?![^>]*aria-current)[^>]*?href="(?P<href>[^"]+)"[^>]*>(?:(?!</?a[ >]).)*?'
    r'(?:</a>\s*<span class="count">(?P<beside>[^<]*)|<span class="count">(?P<inside>[^<]*)'
    r"|(?<=>)\s*(?P<bare>\d+)\s*</a>)",
    re.DOTALL,
)
NOUNS = r"(?:documents?|directives?|passages?|places?|hits?|occurrences?)"
LISTS = {
    "documents",
    "directives",
    "search",
    "concordance",
    "theme",
    "source",
    "actor",
    "formulation",
    "year",
    "undated",
}
"""Pages that say how long their list is, by the names of their addresses."""


@dataclass
class Walk:
    """What was met on the way: pages by address, the page that first led to each, and links that were not opened."""

    pages: dict[str, Page] = field(default_factory=dict)
    led_by: dict[str, str] = field(default_factory=dict)
    queries: Counter[str] = field(default_factory=Counter)
    shapes: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def go(self, client: Client, start: str) -> None:
        waiting = [start]
        self.led_by[start] = ""
        while waiting:
            address = waiting.pop(0)
            self.visit(client, address)
            waiting += [link for link in self.links_of(address) if self.is_new(link, address)]

    def visit(self, client: Client, address: str) -> None:
        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        self.pages[address] = Page(response)
        if self.pages[address].is_html:
            name = name_of(address)
            self.queries[name] = max(self.queries[name], len(asked))

    def links_of(self, address: str) -> Iterator[str]:
        page = self.pages[address]
        if not page.is_html or len(parse_qsl(urlsplit(address).query)) > PARAMETERS:
            return
        for link in page.links():
            target = urldefrag(urljoin(address, link)).url
            if urlsplit(target).netloc == "" and not OUTSIDE.match(link):
                yield target

    def is_new(self, link: str, page: str) -> bool:
        """Whether to open it: not met before, not the page in the other language, not one of a shape met often."""
        parameters = sorted(name for name, _ in parse_qsl(urlsplit(link).query))
        shape, most = (name_of(link), *parameters), FILTERED if parameters else PAGES
        if link in self.led_by or "hl" in parameters or self.shapes[shape] >= most:
            return False
        self.shapes[shape] += 1
        self.led_by[link] = page
        return True


def name_of(address: str) -> str:
    return resolve(urlsplit(address).path).url_name or ""


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("crawl")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder / "uploads"),
        index_in(folder / "index"),
        transaction.atomic(),
    ):
        list(take_in_founding_documents())
        published(CHINESE_NOTICE + "澜县公安局 2015年3月12日", "走访.txt")
        published(NOTICE)
        draft(HIDDEN, "draft.txt")
        withdraw(document=published(f"{HIDDEN} Again."), by=None, reason="Asked for by the bureau")
        indexer.catch_up()
        found = Walk()
        found.go(Client(raise_request_exception=False), "/")
        yield found
        transaction.set_rollback(True)


def test_the_walk_was_a_long_one(walk: Walk):
    kinds = {name_of(address) for address in walk.pages}
    assert len(walk.pages) > 300
    assert LISTS | {"home", "document", "directive", "original", "themes", "about_coverage", "problem"} <= kinds


def test_every_link_answers(walk: Walk):
    broken = {
        address: (page.response.status_code, walk.led_by[address])
        for address, page in walk.pages.items()
        if page.response.status_code not in (200, 302)
    }
    assert broken == {}


def test_nothing_unpublished_is_met(walk: Walk):
    met = [
        address
        for address, page in walk.pages.items()
        if SECRET.encode() in page.body.lower() and SECRET not in address
    ]
    assert met == []


def test_every_count_equals_the_list_it_leads_to(walk: Walk):
    wrong, held = [], 0
    for address, page in walk.pages.items():
        for href, number, noun in counts_on(page) if page.is_html else ():
            target = walk.pages.get(urldefrag(urljoin(address, href)).url)
            if target is None or not target.is_html or name_of(urljoin(address, href)) not in LISTS:
                continue
            if re.search(rf"(?<![\d.,]){number}\s+{noun}", target.words):
                held += 1
            else:
                wrong.append(f"{address}: {href} has not {number} {noun}")
    assert "\n".join(sorted(set(wrong))) == ""
    assert held > 200


def counts_on(page: Page) -> Iterator[tuple[str, str, str]]:
    """(address, number, what is counted) of the counts beside, inside or instead of the words of a link."""
    for found in COUNTED.finditer(page.main):
        href, words = html.unescape(found["href"]), found["beside"] or found["inside"] or found["bare"] or ""
        if "page=" in href or "#" in href or "hit=" in href:
            continue
        if found["bare"] and found["bare"] in href:
            continue  # a year, or the number of a thing
        for number, noun in re.findall(rf"(\d+)\s*({NOUNS})?", words):
            yield href, number, noun or NOUNS


def test_pages_are_light(walk: Walk):
    shared = [path for kind in ("css", "js") for path in (Path(settings.BASE_DIR) / "static" / kind).iterdir()]
    assert sum(path.stat().st_size for path in shared) <= STYLE_AND_SCRIPT
    packed = sum(len(gzip.compress(path.read_bytes())) for path in shared)
    heavy = {
        address: packed + len(gzip.compress(page.body))
        for address, page in walk.pages.items()
        if page.is_html and packed + len(gzip.compress(page.body)) > TRANSFERRED
    }
    assert heavy == {}


def test_pages_ask_the_database_little(walk: Walk):
    assert {name: number for name, number in walk.queries.items() if number > QUERIES} == {}
