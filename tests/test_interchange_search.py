"""The results of a search as files: all of them, once, whatever the page shows of them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from archive.models import Document
from archive.reader import list_files, search_files
from archive.search import indexer
from tests.search_fixtures import direct, make_document, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def library(index_folder: Path) -> list[Document]:
    """Seven documents with three passages about lanterns each, and a draft."""
    made = [
        make_document(
            "Front. ",
            "A lantern must hang low. ",
            "Red lanterns. ",
            "No lantern.",
            year=1990 + number,
            themes=["visits"],
        )
        for number in range(7)
    ]
    direct(made[3], 7, 32, actor="keepers", themes=["visits"])
    make_document("", "A secret lantern.", published=False)
    indexer.rebuild()
    return made


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8-sig")


def table(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client, address), newline="")))


@pytest.mark.parametrize("size", [2, 5, 250])
def test_every_passage_is_a_row_once(
    client: Client, library: list[Document], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(search_files, "AT_A_TIME", size)
    found = table(client, "/search.csv?q=lantern&page=2")
    assert len({row["address"] for row in found}) == len(found) == 21
    assert {row["document"] for row in found} == {str(one.pk) for one in library}
    assert all("antern" in row["extract"] for row in found)
    assert json.loads(body(client, "/search.json?q=lantern"))["total"] == 21


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=lantern&from=1992&to=1993", 6),
        ("q=lantern&in=documents", 7),
        ("q=lantern&in=directives", 1),
        ("q=zzz", 0),
        ("theme=visits&in=documents", 7),
    ],
)
def test_files_follow_the_question(client: Client, library: list[Document], query: str, expected: int) -> None:
    assert len(table(client, f"/search.csv?{query}")) == expected
    found = json.loads(body(client, f"/search.json?{query}"))
    assert (found["total"], len(found["items"])) == (expected, expected)
    assert body(client, f"/search.bib?{query}").count("@") == expected
    assert body(client, f"/search.ris?{query}").count("ER  - ") == expected
    assert len(etree.fromstring(body(client, f"/search.atom?{query}").encode()).findall("a:entry", ATOM)) == expected


@pytest.mark.parametrize("asked", ["q=110", "q=110&exact=1", "q=110&not-variant=1+10", "q=lantern&variant=red"])
def test_files_and_feeds_name_the_address_that_finds_the_same(
    client: Client, library: list[Document], asked: str
) -> None:
    make_document("", "Dial 110.", "The 1 10 desk.")
    indexer.rebuild()
    file = json.loads(body(client, f"/search.json?{asked}"))
    assert file["address"] == f"http://testserver/search.json?{asked}"
    assert file["page"] == f"http://testserver/search/?{asked}"
    again = json.loads(body(client, file["address"].removeprefix("http://testserver")))
    assert again["total"] == file["total"] > 0
    feed = etree.fromstring(body(client, f"/search.atom?{asked}").encode())
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {"self": f"http://testserver/search.atom?{asked}", "alternate": file["page"]}
    assert feed.findtext("a:id", namespaces=ATOM).endswith(f"/search.atom?{asked}")


def test_a_directive_is_told_as_in_the_register(client: Client, library: list[Document]) -> None:
    (found,) = table(client, "/search.csv?q=lantern&in=directives")
    (listed,) = table(client, "/directives.csv")
    assert found == listed
    assert (found["actor"], found["status"], found["by"]) == ("keepers", "suggested", "machine")


def test_citations_stop_where_they_say(
    client: Client, library: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_files, "MOST_CITATIONS", 5)
    monkeypatch.setattr(list_files, "MOST_CITATIONS", 5)
    assert body(client, "/search.ris?q=lantern").count("ER  - ") == 5
    assert body(client, "/documents.ris").count("ER  - ") == 5


def test_a_feed_has_what_came_in_last_first(client: Client, library: list[Document]) -> None:
    newest = make_document("", "An old lantern.", year=1900)
    indexer.catch_up()
    feed = etree.fromstring(body(client, "/search.atom?q=lantern").encode())
    assert feed.findtext("a:entry/a:link", namespaces=ATOM) is not None
    assert feed.find("a:entry/a:link", ATOM).get("href") == f"http://testserver/documents/{newest.pk}/#s1"


def test_what_is_withdrawn_is_in_no_file(client: Client, library: list[Document]) -> None:
    withdraw(library[0])
    for ending in ("csv", "json", "atom", "bib", "ris"):
        assert f"/documents/{library[0].pk}/" not in body(client, f"/search.{ending}?q=lantern")
        assert "secret" not in body(client, f"/search.{ending}?q=lantern")


def test_a_long_list_is_sent_in_pieces_with_few_queries(
    client: Client, library: list[Document], django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_files, "AT_A_TIME", 30)
    with django_assert_max_num_queries(12):
        response = client.get("/search.csv?q=lantern")
        assert response.streaming
        assert len(list(response.streaming_content)) >= 2


def test_without_an_index_a_file_says_that_it_may_not_be_whole(
    client: Client, library: list[Document], index_folder: Path
) -> None:
    (index_folder / "current").unlink()
    for folder in index_folder.glob("gen-*"):
        folder.rename(folder.with_name(f"away-{folder.name}"))
    found = table(client, "/search.csv?q=lantern")
    assert "The search index is not ready" in found[-1]["document"]
    assert len(found) == 22
    assert json.loads(body(client, "/search.json?q=lantern"))["notice"]
