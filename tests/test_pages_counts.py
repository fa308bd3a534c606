"""Every number that leads somewhere is the length of the list that it leads to, and follows every change at once."""

from __future__ import annotations

import random
import re
from html import unescape

import pytest
from django.test import Client

from archive.actions.documents import publish, withdraw
from archive.models import Actor, Directive, DirectiveTheme, Document, DocumentTheme, Theme
from tests import page_rows as rows
from tests.page_rows import Page

pytestmark = pytest.mark.django_db

COUNTED = re.compile(
    r'<a href="(?P<cell>[^"]+)"[^>]*>(?P<number>\d+)</a>'
    r'|<a href="(?P<named>[^"]+)"[^>]*>[^<]*</a> <span class="count">(?P<count>\d+)</span>'
    r'|<a href="(?P<worded>[^"]+)">(?:issued )?(?P<words>\d+) (?:document|directive)s?(?: found there)?</a>'
    r'|<a href="(?P<modality>[^"]+)"><span class="modality [a-z]+">[a-z]+</span> (?P<told>\d+)</a>'
)
TOTALS = re.compile(r'(?:<p class="total">|-title">(?:<a [^>]+>)?)(\d+) (?:document|directive|place)s?\b')
LANGUAGES = ("en", "zh")


def random_archive(seed: int) -> None:
    """Documents of few years, sources, kinds and themes; some unpublished, some directives rejected."""
    chance = random.Random(seed)
    sources = [rows.source(f"bureau-{number}", f"Bureau {number}") for number in range(3)] + [None]
    themes, actors = list(Theme.objects.all()[:4]), [rows.actor(), rows.actor("officers", "Officers"), None]
    for _ in range(9):
        made = rows.document(
            state=chance.choice(["published"] * 4 + ["draft", "withdrawn"]),
            language=chance.choice(LANGUAGES),
            kind=chance.choice(["notice", "plan"]),
            issuer=chance.choice(sources),
            found_at=chance.choice(sources),
            **(rows.dated(chance.randint(1999, 2003)) if chance.random() < 0.8 else {}),
        )
        made.documenttheme_set.all().delete()
        for rank, theme in enumerate(chance.sample(themes, chance.randint(0, 3)), 1):
            DocumentTheme.objects.create(document=made, theme=theme, rank=rank)
        for directive in made.directives.all():
            retag(directive, chance, themes, actors)


def retag(directive: Directive, chance: random.Random, themes: list[Theme], actors: list[Actor | None]) -> None:
    directive.actor = chance.choice(actors)
    directive.status = chance.choice(list(Directive.Status))
    directive.save()
    directive.directivetheme_set.all().delete()
    for rank, theme in enumerate(chance.sample(themes, chance.randint(0, 2)), 1):
        DirectiveTheme.objects.create(directive=directive, theme=theme, rank=rank)


def numbers(page: Page) -> set[tuple[str, int]]:
    """(address, number) of everything on a page that says how much it leads to."""
    found = set()
    for match in COUNTED.finditer(page.main):
        given = {name: value for name, value in match.groupdict().items() if value}
        href = next(given[name] for name in ("cell", "named", "worded", "modality") if name in given)
        number = next(given[name] for name in ("number", "count", "words", "told") if name in given)
        if not href.endswith(f"year={number}"):  # a year that leads to itself
            found.add((unescape(href), int(number)))
    return found


def total(page: Page) -> int:
    found = TOTALS.findall(page.main)
    assert found, page.words[:400]
    return int(found[-1])


@pytest.mark.parametrize("seed", range(2))
def test_every_number_is_that_of_its_list(client: Client, seed: int) -> None:
    random_archive(seed)
    pages = ["/", "/themes/", "/sources/", "/actors/", "/directives/matrix/", "/years/", "/kinds/", "/years/undated/"]
    pages += [f"/directives/matrix/?modality={one}" for one in Directive.Modality]
    pages += [f"/years/{year}/" for year in range(1999, 2004)] + ["/formulations/evening-road/"]
    pages += [f"/themes/{key}/" for key in Theme.objects.values_list("key", flat=True)[:5]]
    pages += [f"/sources/bureau-{number}/" for number in range(3)] + ["/actors/stations/", "/actors/officers/"]
    shown = {address: Page(answer) for address in pages if (answer := client.get(address)).status_code == 200}
    led = {(href, number, address) for address, page in shown.items() for href, number in numbers(page)}
    led = {(href if href.startswith("/") else address + href, number, address) for href, number, address in led}
    lists = {href: Page(client.get(href)) for href in {href for href, _, _ in led if "?" in href}}
    wrong = [(address, href, number) for href, number, address in led if "?" in href and total(lists[href]) != number]
    assert wrong == []
    assert len(lists) > 60


def test_numbers_follow_what_is_published_and_withdrawn(client: Client) -> None:
    made = rows.document(issuer=rows.source(), **rows.dated(2009))
    draft = rows.document(state="draft", issuer=rows.source(), **rows.dated(2011))
    expected = {"/": "documents 1 ", "/years/": "2009 1 document", "/sources/harbour-bureau/": "issued 1 document"}
    more = {"/": "documents 2 ", "/years/": "2011 1 document", "/sources/harbour-bureau/": "issued 2 documents"}
    assert all(words in Page(client.get(address)).words for address, words in expected.items())
    publish(document=draft, by=None)
    assert all(words in Page(client.get(address)).words for address, words in more.items())
    withdraw(document=Document.objects.get(pk=draft.pk), by=None, reason="Asked for")
    assert all(words in Page(client.get(address)).words for address, words in expected.items())
    assert "2011" not in Page(client.get("/years/")).words
    withdraw(document=made, by=None, reason="Asked for")
    assert client.get("/sources/harbour-bureau/").status_code == 404


def test_a_theme_that_is_renamed_has_its_name_on_the_next_page(client: Client) -> None:
    rows.document(**rows.dated(2009))
    client.get("/")
    Theme.objects.filter(key="visits").update(name_en="Calls at home")
    for address in ("/", "/themes/", "/themes/visits/", "/directives/matrix/", "/years/2009/"):
        assert "Calls at home" in Page(client.get(address)).words
