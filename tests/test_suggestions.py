"""Suggestions while typing: what is offered, in which order, and that each finds what it names."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from django.test import Client

from archive.models import Document, Formulation
from archive.search import SearchParams, indexer, search, suggest
from archive.search.suggest import Kind, Suggestion, Suggestions, in_quotes
from tests import page_rows as rows
from tests.page_rows import Page
from tests.search_fixtures import announce, withdraw

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"

NAMES = (
    Suggestion("big visit", '"big visit"', Kind.FORMULATION, 3),
    Suggestion("Big visiting", '"Big visiting"', Kind.FORMULATION, 1),
    Suggestion("大走访", '"大走访"', Kind.FORMULATION, 2),
    Suggestion("Visits and contact", "theme:visits", Kind.THEME, 9),
    Suggestion("Visiting officers", "actor:visitors", Kind.ACTOR, 2),
    Suggestion("On big visits: a “plan”", 'title:"On big visits: a plan"', Kind.TITLE, 1),
    Suggestion("關於走訪的通知", 'title:"關於走訪的通知"', Kind.TITLE, 1),
    Suggestion("Café rules", 'title:"Café rules"', Kind.TITLE, 1),
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("big", ["big visit", "Big visiting", "On big visits: a “plan”"]),
        ("BIG  V", ["big visit", "Big visiting", "On big visits: a “plan”"]),
        ('"big vi', ["big visit", "Big visiting", "On big visits: a “plan”"]),
        ("visit", ["Visits and contact", "Visiting officers", "big visit", "Big visiting", "On big visits: a “plan”"]),
        ("contact", ["Visits and contact"]),
        ("ontact", []),
        ("走访", ["大走访", "關於走訪的通知"]),
        ("走訪", ["大走访", "關於走訪的通知"]),
        ("关于", ["關於走訪的通知"]),
        ("cafe", ["Café rules"]),
        ("", []),
        ("   ", []),
        ('"', []),
        ("…", []),
        ("zebra", []),
        ("\x00", []),
        ("x" * 5000, []),
    ],
)
def test_beginnings_of_names_and_of_their_words(typed: str, expected: list[str]) -> None:
    assert [one.text for one in Suggestions(NAMES).beginning(typed)] == expected


def test_no_more_than_a_few_are_shown_and_none_twice() -> None:
    many = [Suggestion(f"visit {number}", f"visit {number}", Kind.TITLE) for number in range(50)]
    found = Suggestions([*many, *many]).beginning("v")
    assert len(found) == suggest.SHOWN
    assert len({one.query for one in found}) == suggest.SHOWN


@pytest.mark.parametrize(
    ("text", "expected"),
    [("big visit", '"big visit"'), ("the “last\nlamp”", '"the last lamp"'), ("「走访」", '"走访"'), ("“”…", "")],
)
def test_in_quotes(text: str, expected: str) -> None:
    assert in_quotes(text) == expected


@pytest.fixture
def library(index_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Document:
    """A document, a Chinese one, and one that nobody may know of."""
    monkeypatch.setattr(suggest, "_kept", suggest._Kept())
    made = rows.document(title="Evening “rounds” of the harbour")
    chinese = rows.document("一、总体要求\n必须走访。\n", language="zh", title="關於走訪的通知")
    hidden = rows.document(title="Evening secrets", state="draft")
    phrase = Formulation.objects.create(slug="secret-phrase", text_en="evening secret", variants=["evening ghost"])
    hidden.occurrences.update(formulation=phrase, quote="evening secret")
    for document in (made, chinese, hidden):
        announce(document)
    indexer.rebuild()
    return made


def asked(client: Client, q: str) -> list[dict[str, str]]:
    return client.get("/suggest/", {"q": q}).json()["suggestions"]


@pytest.mark.django_db
def test_each_suggestion_finds_what_it_names(client: Client, library: Document) -> None:
    found = asked(client, "evening")
    assert [(one["text"], one["kind"]) for one in found] == [
        ("evening road", "formulation"),
        ("Evening “rounds” of the harbour", "title"),
    ]
    for one in [*found, *asked(client, "走"), *asked(client, "visits"), *asked(client, "派出")]:
        page = search(SearchParams(q=one["query"]))
        assert page.total, one
        assert page.warnings == (), one
    assert {one["kind"] for one in asked(client, "走")} == {"theme", "title"}
    assert [one["query"] for one in asked(client, "派出")] == ["actor:stations"]


@pytest.mark.django_db
def test_what_is_not_published_is_not_suggested(client: Client, library: Document) -> None:
    for typed in ("evening", "secret", "ghost"):
        assert "secret" not in client.get("/suggest/", {"q": typed}).content.decode().lower().replace(typed, "")
    withdraw(library)
    assert asked(client, "harbour") == []
    assert asked(client, "evening road") == []


@pytest.mark.django_db
def test_a_list_in_memory_needs_two_queries(client: Client, library: Document, django_assert_num_queries) -> None:
    asked(client, "evening")
    with django_assert_num_queries(2):
        assert asked(client, "harbour")


@pytest.mark.django_db
def test_what_is_new_is_suggested_when_the_list_has_rested(
    client: Client, library: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(client, "evening")
    announce(rows.document(title="Zebra crossings"))
    assert asked(client, "zebra") == []
    monkeypatch.setattr(suggest, "REST", 0.0)
    assert [one["text"] for one in asked(client, "zebra")] == ["Zebra crossings"]


@pytest.mark.django_db
def test_browsers_get_the_form_that_they_ask_for(client: Client, library: Document) -> None:
    response = client.get("/suggest/", {"q": "evening r", "format": "opensearch"})
    assert response.headers["Content-Type"] == "application/x-suggestions+json"
    typed, queries, labels, addresses = response.json()
    assert typed == "evening r"
    assert queries == ['"evening road"', 'title:"Evening rounds of the harbour"']
    assert labels[0] == "formulation, 1 document"
    assert addresses[0] == "http://testserver/search/?q=%22evening+road%22"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["", "q=", "q=%00", "q=" + "x" * 4000, "q=%ff", "format=opensearch", "q=(((&format=x"]
)
def test_nothing_typed_breaks_it(client: Client, library: Document, query: str) -> None:
    assert client.get(f"/suggest/?{query}").status_code == 200


@pytest.mark.django_db
def test_the_description_names_addresses_that_answer(client: Client, library: Document) -> None:
    page = Page(client.get("/"))
    link = next(given for tag, given in page.read.tags if tag == "link" and given.get("rel") == "search")
    assert link["type"] == "application/opensearchdescription+xml"
    response = client.get(str(link["href"]))
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml"
    described = ElementTree.fromstring(response.content)
    assert described.findtext(f"{OPENSEARCH}ShortName") == "Massline"
    urls = described.findall(f"{OPENSEARCH}Url")
    assert {url.get("type") for url in urls} >= {"text/html", "application/x-suggestions+json"}
    for url in urls:
        address = str(url.get("template")).replace("{searchTerms}", "evening%20road")
        assert address.startswith("http://testserver/")
        assert client.get(address).status_code == 200
