"""A draft is nowhere public: every public address is asked for it, in every format, and the index is looked into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from archive.actions.corrections import correct_metadata
from archive.actions.documents import discard, publish
from archive.actions.replacing import replace_file
from archive.actions.uploads import receive
from archive.models import Document, Source
from archive.search import indexer
from tests.factories import draft, published

pytestmark = pytest.mark.django_db
CANARY = "zyzzyva"
WORD = "quagga"
"""Both stand in the draft only; readers ask for the second, which their pages then repeat."""
SECRET = f"""Notice on the {CANARY} {WORD} campaign

1. Aims. Every {CANARY} station must visit the {WORD} households each month.
2. Measures. It is strictly forbidden to invent {CANARY} records.
"""
QUERIES = (
    "",
    f"?q={WORD}",
    f"?q={WORD}&in=directives",
    f"?q={WORD}*&in=documents",
    f"?source={WORD}-bureau",
    "?page=2",
)
TOKEN = re.compile(r"<(\w+):(\w+)>")


@pytest.fixture(params=["draft", "discarded", "replaced"])
def secret(request: pytest.FixtureRequest, index_folder: Path) -> Document:
    """A document that readers must not find, in an archive with another that they may."""
    published("Notice on lanterns\n\n1. Aims. Police stations must light the lantern each evening.", "shown.txt")
    document = draft(SECRET, f"{CANARY}.txt")
    document.issuer = Source.objects.create(slug=f"{WORD}-bureau", name_en=f"{CANARY} bureau")
    document.number = f"{CANARY} 12"
    correct_metadata(document=document, changed=["issuer", "number"], by=None)
    if request.param == "replaced":
        upload, _ = receive(data=f"{SECRET} Again.".encode(), name=f"{CANARY}2.txt", by=None)
        replace_file(document=document, upload=upload, by=None, reason=CANARY)
    if request.param == "discarded":
        discard(document=document, by=None)
    indexer.rebuild()
    return document


def addresses(document: Document) -> Iterator[str]:
    """Every public address with each part that could lead to the document."""
    numbers = [str(document.pk), str(document.directives.first().pk), "1", "2015"]
    values = {"number": numbers, "slug": [f"{WORD}-bureau", "documents", "visits"], "name": [f"{WORD}-bureau"]}
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLPattern) and not str(pattern.pattern).startswith("admin"):
            route = str(pattern.pattern)
            endings = (
                pattern.pattern.converters["ending"].regex.replace("\\", "").split("|") if "ending" in route else []
            )
            options = [values.get(kind, endings) for kind, _name in TOKEN.findall(route)]
            for chosen in product(*options):
                parts = iter(chosen)
                yield "/" + TOKEN.sub(lambda _token, parts=parts: next(parts), route)


def telling(client: Client, document: Document) -> list[str]:
    """The addresses, lists with each question too, that answer with the word that stands in the document only."""
    asked = [
        address + query
        for address in addresses(document)
        for query in ("" if re.search(r"\d", address) else query for query in QUERIES)
    ]
    return [address for address in dict.fromkeys(asked) if CANARY.encode() in body(client, address).lower()]


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_no_public_address_tells_of_it(client: Client, secret: Document):
    assert telling(client, secret) == []


def test_when_it_is_published_they_do(client: Client, index_folder: Path):
    document = draft(SECRET)
    publish(document=document, by=None)
    indexer.rebuild()
    told = telling(client, document)
    number = document.pk
    for address in (f"/documents/{number}/", f"/documents/{number}.json", f"/search/?q={WORD}", "/documents.csv"):
        assert address in told


def test_the_index_holds_nothing_of_it(secret: Document, index_folder: Path):
    files = [file for file in index_folder.rglob("*") if file.is_file()]
    assert files
    assert [file.name for file in files if CANARY.encode() in file.read_bytes().lower()] == []
