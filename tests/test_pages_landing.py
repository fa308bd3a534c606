"""Landing in a document: which hit the reader is at, and the ways to the others."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from archive.models import Document
from tests import page_rows as rows
from tests.page_rows import ASIDE, TEXT, Page

pytestmark = pytest.mark.django_db
HITS = [found.start() for found in re.finditer("(?i)every|evening", TEXT)]


@pytest.fixture
def document() -> Document:
    return rows.document()


def land(client: Client, document: Document, **parameters: object) -> Page:
    return Page(client.get(f"/documents/{document.pk}/", {"q": "every OR evening", **parameters}))


def current(page: Page) -> list[str]:
    return [str(given["id"]) for tag, given in page.read.tags if tag == "mark" and given.get("aria-current") == "true"]


@pytest.mark.parametrize("number", range(1, len(HITS) + 1))
def test_the_current_hit_is_said_and_leads_to_its_neighbours(client: Client, document: Document, number: int) -> None:
    page = land(client, document, hit=number)
    before, after = (number - 2) % len(HITS) + 1, number % len(HITS) + 1
    assert f"hit {number} of {len(HITS)} for" in page.words
    assert current(page) == [f"hit-{number}"]
    bar = page.main.split('class="hit-bar"')[1].split("</nav>")[0]
    assert re.findall(r"hit=(\d+)#hit-\d+", bar) == [str(before), str(after)]
    assert page.read.mistakes == []


def test_without_a_number_no_hit_is_current_and_the_first_is_next(client: Client, document: Document) -> None:
    page = land(client, document)
    assert current(page) == []
    assert f"{len(HITS)} hits in this document for" in page.words
    assert "?q=every+OR+evening&hit=1#hit-1" in page.links()


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Every station", 3),
        ("must knock", 0),
        ("2. Measures", 0),
        ("the second is", 4),
        ("evening road", 4),
        ("seriously", 0),
    ],
)
def test_a_place_leads_to_the_first_hit_after_it_in_its_section(
    client: Client, document: Document, place: str, expected: int
) -> None:
    at = TEXT.index(place)
    page = land(client, document, at=at)
    assert current(page) == ([f"hit-{expected}"] if expected else [])
    section = max((one for one in document.sections.all() if one.start <= at), key=lambda one: one.start)
    assert page.read.ids.count(f"s{section.path}-hit") == 1
    assert len(page.read.ids) == len(set(page.read.ids))


def test_hits_in_what_is_not_the_document_are_passed_over(client: Client, document: Document) -> None:
    inside = [place for place in HITS if place < len(ASIDE)]
    assert current(land(client, document, at=0)) == [f"hit-{len(inside) + 1}"]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"hit": 99}, "There is no hit 99; the last one is 4."),
        ({"hit": 0}, "greater than or equal to 1"),
        ({"hit": "abc"}, "Enter a whole number"),
        ({"hit": "9" * 5000}, "Enter a whole number"),
        ({"at": -1}, "greater than or equal to 0"),
        ({"q": "x" * 1001}, "at most 1000 characters"),
        ({"q": "every\x00"}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_landed_on_is_complained_of(
    client: Client, document: Document, parameters: dict[str, object], expected: str
) -> None:
    page = land(client, document, **parameters)
    assert page.response.status_code == 200
    assert expected in page.words
    assert page.read.mistakes == []


@pytest.mark.parametrize("at", [0, 44, len(TEXT) - 1, len(TEXT), len(TEXT) + 1, 10**9])
@pytest.mark.parametrize("q", ["every", "zebra", "(((", "theme:visits", "e"])
def test_every_place_can_be_asked_for(client: Client, document: Document, q: str, at: int) -> None:
    page = land(client, document, q=q, at=at)
    assert page.response.status_code == 200
    assert page.read.mistakes == []


def test_a_document_has_a_search_box_of_its_own_and_marks_can_be_removed(client: Client, document: Document) -> None:
    page = land(client, document)
    assert f'action="/documents/{document.pk}/"' in page.main
    assert 'value="every OR evening"' in page.main
    assert f"/documents/{document.pk}/" in page.links()
    plain = Page(client.get(f"/documents/{document.pk}/"))
    assert "<mark" not in plain.main
    assert "hit-bar" not in plain.main
    assert '<input id="find-q"' in plain.main


def test_what_was_chosen_of_the_variants_stays_chosen(client: Client, document: Document) -> None:
    page = land(client, document, exact="1", variant=["a, b", "c"], hit=1)
    chosen = "q=every+OR+evening&exact=1&variant=a%2C+b&variant=c"
    assert f"?{chosen}&hit=2#hit-2" in page.links()
