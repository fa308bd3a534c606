"""Withdrawing takes a document out of every list, search, suggestion, count, feed, export and site map, at once.

Every public address of the site is asked before the document comes, while it is there, and after it was withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from archive.actions.documents import withdraw
from archive.models import Directive, Document
from archive.search import indexer
from tests.address_rows import Rows
from tests.factories import published
from tests.test_addresses import Line, lines

pytestmark = pytest.mark.django_db
WORD, NEIGHBOUR = "lanternfish", "moonquake"
"""The word that every page is asked for, and one beside it that only the document can have brought there."""
TEXT = f"""Notice on the {WORD} {NEIGHBOUR} campaign

Ministry of the {WORD} {NEIGHBOUR}, 3 March 1987

1. General requirements. Every {WORD} {NEIGHBOUR} warden must report to the "{WORD} {NEIGHBOUR} first" office.
2. Measures. It is strictly forbidden for the {NEIGHBOUR} bureau to make up records about the {WORD} {NEIGHBOUR}.
"""
NOT_READERS = ("admin", "/admin", "log", "index_status", "healthz")
CHANGES_BY_ITSELF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|<updated>[^<]*|"generated[^,]*')


def public_lines() -> list[Line]:
    return [line for line in lines().values() if not line.name.startswith(NOT_READERS)]


def addresses(rows: Rows) -> Iterator[str]:
    """Every public address, asked for the word."""
    for line in public_lines():
        yield f"{reverse(line.name, args=rows.arguments(line.kinds, 'published'))}?q={WORD}"


def addresses_of(document: Document, rows: Rows) -> Iterator[str]:
    """The addresses that lead to the document itself, and to a directive of it."""
    rows.documents["published"] = document
    yield reverse("year", args=[1987])
    for line in public_lines():
        if {"document", "directive"} & set(line.kinds.split()):
            yield reverse(line.name, args=rows.arguments(line.kinds, "published"))


def answers(found: Iterator[str]) -> dict[str, tuple[int, bytes]]:
    client = Client()
    return {address: answer(client, address) for address in found}


def answer(client: Client, address: str) -> tuple[int, bytes]:
    response = client.get(address)
    body = response.getvalue() if response.streaming else response.content
    return response.status_code, CHANGES_BY_ITSELF.sub(b"", body)


def with_document(found: dict[str, tuple[int, bytes]]) -> set[str]:
    return {address for address, (_, body) in found.items() if NEIGHBOUR.encode() in body.lower()}


def test_nothing_of_a_withdrawn_document_is_left(index_folder: Path) -> None:
    rows = Rows(None)
    indexer.rebuild()
    before = answers(addresses(rows))
    document = published(TEXT, "campaign.txt")
    indexer.catch_up()
    there = with_document(answers(addresses(rows)))
    names = {address.partition("?")[0] for address in there}
    assert {"/", "/documents/", "/search/", "/directives/", "/concordance/", "/concordance.csv"} <= names
    assert Directive.objects.public().filter(document=document).exists()

    withdraw(document=document, by=None, reason="A wrong copy.")
    assert with_document(answers(addresses(rows))) == set(), "before the indexer has heard of it"
    indexer.catch_up()
    after = answers(addresses(rows))
    changed = [address for address in before if before[address] != after[address]]
    assert changed == []

    gone = answers(addresses_of(document, rows))
    assert {status for status, _ in gone.values()} <= {404, 410}, {a: s for a, (s, _) in gone.items() if s < 400}
    assert gone[document.get_absolute_url()][0] == 410
    assert b"A wrong copy." in gone[document.get_absolute_url()][1]
