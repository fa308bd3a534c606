"""The bar of hits in a document, its marks and the concordance tell of the same hits."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from archive.models import Document
from tests.concordance_fixtures import asked, library
from tests.page_rows import Page

__all__ = ["library"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]

QUESTIONS = (
    *("lantern", '"lantern"', "lanter*", "lantern boats", "lantern -boats", "red OR blue", "lantern OR 灯笼", "no hit"),
    *(
        "lantern theme:visits",
        "lantern -theme:visits",
        "lantern year:2011",
        "灯笼 lang:zh",
        "灯笼",
        "灯",
        '"red lantern"~3',
    ),
    *("lantern source:harbour", "lantern source:digest", "menu", "title:灯笼 民警", "zebra"),
)


@pytest.mark.parametrize("q", QUESTIONS)
def test_the_bar_counts_what_the_concordance_lists(client: Client, library: dict[str, Document], q: str) -> None:
    for name, document in library.items():
        if name == "draft":
            continue
        listed = [line.span.start for line in asked(q, document=document.pk)]
        page = Page(client.get(f"/documents/{document.pk}/", {"q": q}))
        marked = re.findall(r'<mark id="hit-(\d+)"', page.main)
        assert marked == [str(number) for number in range(1, len(listed) + 1)], (name, q)
        for number, start in enumerate(listed, 1):
            there = Page(client.get(f"/documents/{document.pk}/", {"q": q, "at": start}))
            assert f"hit {number} of {len(listed)} for" in there.words


@pytest.mark.parametrize("q", QUESTIONS)
def test_every_result_with_a_hit_lands_on_it(client: Client, library: dict[str, Document], q: str) -> None:
    page = Page(client.get("/search/", {"q": q}))
    for href in [link for link in page.links() if re.match(r"/documents/\d+/\?.*&at=", link)]:
        there = Page(client.get(href.partition("#")[0]))
        assert re.search(r'<mark id="hit-\d+" aria-current="true"', there.main), href
    assert page.response.status_code == 200
