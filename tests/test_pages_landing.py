"""Landing in a document: which hit the reader is at, and the ways to the others."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from archive.models import Document
from archive.reader import landing
from tests import page_rows as rows
from tests.page_rows import ASIDE, TEXT, Page

pytestmark = pytest.mark.django_db
HITS = [found.start() for found in re.finditer("(?i)every|evening", TEXT) if found.start() >= len(ASIDE)]


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
        ("Every station", 2),
        ("must knock", 0),
        ("2. Measures", 0),
        ("the second is", 3),
        ("evening road", 3),
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


def numbered(page: Page) -> list[str]:
    """The words of the hits that have a number, in the order of their numbers."""
    return re.findall(r'<mark id="hit-\d+"[^>]*>([^<]*)', page.main)


def underlined(page: Page) -> list[str]:
    return re.findall(r'<mark class="other">([^<]*)', page.main)


def bar(page: Page) -> str:
    return page.main.split('class="hit-bar"')[1].split("</nav>")[0] if 'class="hit-bar"' in page.main else ""


def test_hits_in_what_is_not_the_document_are_passed_over(client: Client, document: Document) -> None:
    assert current(land(client, document, at=0)) == ["hit-1"]
    page = land(client, document, q="lantern OR every")
    assert numbered(page) == ["Every"]
    assert "Lantern Digest" in page.main
    assert '<details class="aside"><summary' in page.main


@pytest.mark.parametrize(
    ("q", "expected", "others"),
    [
        ("every OR never", ["Every", "never"], []),
        ("ledger never", [], ["ledger", "never"]),
        ("station winter", ["station", "winter"], []),
        ("station winter knock", ["station", "knock", "winter"], []),
        ("evening officers", ["Officers", "evening"], ["evening"]),
        ("keep OR evening -officers", ["evening", "keep"], ["evening"]),
        ("evening lang:en", ["evening", "evening"], []),
        ("evening lang:zh", [], ["evening", "evening"]),
        ("evening kind:notice source:harbour-bureau", ["evening", "evening"], []),
        ("never modality:prohibition", ["never"], []),
        ("never modality:obligation", [], ["never"]),
        ("(station OR never) actor:stations", ["station"], ["never"]),
        ("never theme:visits", ["never"], []),
        ("never -theme:visits", [], ["never"]),
        ("never year:2009", ["never"], []),
        ("never year:2010..", [], ["never"]),
        ("never date:..2009-01-01", ["never"], []),
        ("never number:7-2009", ["never"], []),
        ("evening title:rounds", ["evening", "evening"], []),
        ("evening title:lantern", [], ["evening", "evening"]),
    ],
)
def test_hits_in_sections_that_match_are_numbered_and_others_underlined(
    client: Client, q: str, expected: list[str], others: list[str]
) -> None:
    document = rows.document(issuer=rows.source(), number="No. 7 [2009]", title_in_text=True, **rows.dated(2009))
    page = land(client, document, q=q)
    assert (numbered(page), underlined(page)) == (expected, others)
    assert ("words of it in other sections are underlined" in page.words) == bool(others)
    assert ("No section of this document matches" in page.words) == (bool(others) and not expected)
    assert page.read.mistakes == []


@pytest.mark.parametrize(
    ("q", "in_text", "expected", "has_bar"),
    [
        ("title:evening", True, ["evening"], False),
        ("title:rounds never", True, ["rounds"], True),
        ("theme:visits", True, [], False),
        ("-police", True, [], False),
        ("year:2009..", True, [], False),
        ("rounds", True, [], True),
        ("rounds", False, ["rounds"], True),
        ("zebra", False, [], True),
        ("(((", True, [], True),
    ],
)
def test_what_is_asked_for_in_the_title_is_marked_there(
    client: Client, q: str, in_text: bool, expected: list[str], has_bar: bool
) -> None:
    page = land(client, rows.document(title_in_text=in_text), q=q)
    title = page.main.split("<h1>")[1].split("</h1>")[0]
    assert re.findall("<mark>([^<]*)</mark>", title) == expected
    assert re.sub("<[^>]*>", "", title) == "On evening rounds"
    assert bool(bar(page)) == has_bar


def test_words_that_only_the_title_has_are_no_missing_hit(client: Client) -> None:
    page = land(client, rows.document(title="Of zebras", title_in_text=False), q="zebra")
    assert "<h1>Of <mark>zebras</mark></h1>" in page.main
    assert bar(page) == ""


@pytest.mark.parametrize(("asked", "marked"), [({}, (1, 4)), ({"hit": 9}, (8, 11)), ({"hit": 20}, (17, 20))])
def test_of_very_many_hits_those_around_the_reader_are_marked(
    client: Client, monkeypatch: pytest.MonkeyPatch, asked: dict[str, int], marked: tuple[int, int]
) -> None:
    monkeypatch.setattr(landing, "HITS_MARKED", 4)
    page = land(client, rows.document("A lamp. " * 20), q="lamp", **asked)
    numbers = [int(number) for number in re.findall(r'<mark id="hit-(\d+)"', page.main)]
    assert numbers == list(range(marked[0], marked[1] + 1))
    assert "of these 4 around this place are marked" in page.words
    assert f"hit {asked['hit']} of 20" in page.words if asked else "20 hits" in page.words


@pytest.mark.parametrize(("words", "expected"), [("to keep a ledger", 0), ("Officers should", 4), ("Every station", 2)])
def test_a_directive_leads_to_the_first_hit_in_it(
    client: Client, document: Document, words: str, expected: int
) -> None:
    directive = document.directives.get(quote__startswith=words)
    page = land(client, document, q="every OR evening OR station", at=directive.start)
    assert current(page) == ([f"hit-{expected}"] if expected else [])
    assert f'id="{directive.anchor}"' in page.main


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"hit": 99}, "There is no hit 99; the last one is 3."),
        ({"hit": 0}, "is not the number of a hit"),
        ({"hit": "abc"}, "“abc” is not the number of a hit"),
        ({"hit": "9" * 5000}, "is not the number of a hit"),
        ({"at": -1}, "“-1” is not a place in the text"),
        ({"q": "x" * 1001}, "The query has 1001 characters"),
        ({"q": "every\x00"}, "The query has a character that"),
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
