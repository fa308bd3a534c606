"""What is taken away: every format is read back by another program and holds what the archive holds, exactly."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import bibtexparser
import pytest
import rispy
from django.test import Client
from lxml import etree

from archive.interchange import tables
from archive.models import Directive, Document, DocumentTheme, Section
from tests import page_rows as rows

pytestmark = pytest.mark.django_db
HOSTILE = '=cmd()|"x" </script><b> ]]> & {brace 100% \\ \x0b'
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MOST_QUERIES = 12


@pytest.fixture
def library() -> Document:
    """A dated document with everything, a Chinese one, and one with a hostile title."""
    chinese = rows.source("lan-xian", "", name_zh="澜县公安局")
    rows.document("一、总体要求\n必须走访。\n", language="zh", title="关于走访的通知", issuer=chinese, name="zh.txt")
    rows.document(title=HOSTILE, issuer=rows.source("odd", "=Odd, {Bureau}"), name="odd.txt", **rows.dated(2001))
    return rows.document(
        issuer=rows.source(),
        found_at=rows.source("lantern-digest", "Lantern Digest"),
        number="No. 7 [2009]",
        translation="machine",
        **rows.dated(2009),
    )


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return body(response).decode("utf-8-sig")


def table(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(client, address), newline="")))


def test_text_is_the_text_and_nothing_else(client: Client, library: Document) -> None:
    assert text(client, f"/documents/{library.pk}.txt") == library.text
    section = library.sections.get(path="2")
    assert text(client, f"/documents/{library.pk}.txt?section=2") == library.text[section.start : section.end]


def test_json_holds_everything_with_its_places(client: Client, library: Document) -> None:
    found = json.loads(text(client, f"/documents/{library.pk}.json"))
    about = found["about"]
    assert (about["number"], about["document_number"], about["issued"]) == (library.pk, "No. 7 [2009]", "2009")
    assert (about["issuer"]["key"], about["found_at"]["name_en"]) == ("harbour-bureau", "Lantern Digest")
    assert about["translation"] == "machine"
    assert found["file"]["sha256"] == library.upload.sha256
    assert found["text"] == library.text
    assert [one["path"] for one in found["sections"]] == ["0", "1", "2", "2.1", "2.2"]
    for one in [*found["directives"], *found["formulations"]]:
        assert library.text[one["start"] : one["end"]] == one["quote"]
    assert len(found["directives"]) == 4
    assert found["directives"][0]["address"].startswith("http://testserver/directives/")


def test_what_people_confirmed_is_told_from_what_a_machine_suggests(client: Client, library: Document) -> None:
    first, second, third, *_rest = library.directives.order_by("start")
    Directive.objects.filter(pk=first.pk).update(status="accepted")
    Directive.objects.filter(pk=second.pk).update(status="rejected")
    DocumentTheme.objects.filter(document=library).update(by_person=True)
    found = json.loads(text(client, f"/documents/{library.pk}.json"))
    assert [(one["number"], one["status"], one["by"]) for one in found["directives"]][:2] == [
        (first.pk, "accepted", "person"),
        (third.pk, "suggested", "machine"),
    ]
    assert found["about"]["themes"][0]["by"] == "person"
    listed = {row["directive"]: row for row in table(client, "/directives.csv?status=confirmed")}
    assert set(listed) == {str(first.pk)}
    assert listed[str(first.pk)]["by"] == "person"
    root = etree.fromstring(text(client, f"/documents/{library.pk}.xml").encode())
    assert root.find(f"directives/directive[@number='{first.pk}']").get("by") == "person"
    assert root.find(f"directives/directive[@number='{second.pk}']") is None


def test_xml_holds_the_text_section_in_section(client: Client, library: Document) -> None:
    root = etree.fromstring(text(client, f"/documents/{library.pk}.xml").encode())
    assert "".join(own.text or "" for own in root.iter("own")) == library.text
    assert [one.get("path") for one in root.findall("text/section")] == ["1", "2"]
    assert [one.get("path") for one in root.findall("text/section[@path='2']/section")] == ["2.1", "2.2"]
    for one in root.findall("directives/directive"):
        assert library.text[int(one.get("start")) : int(one.get("end"))] == one.findtext("words")


def test_xml_is_well_formed_whatever_the_text_holds(client: Client) -> None:
    odd = "a\x0bb ]]> <b> & \r\n\x01 \ufffe </text>"
    made = rows.document(odd, title=HOSTILE)
    root = etree.fromstring(text(client, f"/documents/{made.pk}.xml").encode())
    own = "".join(one.text or "" for one in root.iter("own"))
    assert own == odd.translate(dict.fromkeys(map(ord, "\x0b\x01\ufffe"), "\ufffd"))
    assert root.findtext("about/title") == HOSTILE.replace("\x0b", "\ufffd")


@pytest.mark.parametrize("path", ["", "?section=2.1"])
def test_citation_files_are_read_by_parsers(client: Client, library: Document, path: str) -> None:
    (bib,) = bibtexparser.parse_string(text(client, f"/documents/{library.pk}.bib{path}")).entries
    (ris,) = rispy.loads(text(client, f"/documents/{library.pk}.ris{path}"))
    (csl,) = json.loads(text(client, f"/documents/{library.pk}.csl.json{path}"))
    expected = "One is" if path else library.title
    assert {bib["title"].strip("{}"), ris["title"], csl["title"]} == {expected}
    assert {bib["author"].strip("{}"), *ris["authors"], csl["author"][0]["literal"]} == {"Harbour Bureau"}
    anchor = "#s2.1" if path else ""
    assert {bib["url"], *ris["urls"], csl["URL"]} == {f"http://testserver/documents/{library.pk}/{anchor}"}


def test_a_list_is_the_same_in_every_format(client: Client, library: Document) -> None:
    numbers = [str(one.pk) for one in Document.objects.newest()]
    assert [row["document"] for row in table(client, "/documents.csv")] == numbers
    assert [str(one["number"]) for one in json.loads(text(client, "/documents.json"))["items"]] == numbers
    feed = etree.fromstring(text(client, "/documents.atom").encode())
    assert [one.text.rsplit("/", 2)[1] for one in feed.findall("a:entry/a:id", ATOM)] == numbers
    library_of = bibtexparser.parse_string(text(client, "/documents.bib"))
    assert not library_of.failed_blocks
    assert [one.key for one in library_of.entries] == [f"massline-{number}" for number in numbers]
    assert [one["id"] for one in rispy.loads(text(client, "/documents.ris"))] == [
        f"massline-{number}" for number in numbers
    ]


def test_no_cell_is_a_formula(client: Client, library: Document) -> None:
    odd = next(row for row in table(client, "/documents.csv") if "cmd" in row["title"])
    assert odd["title"] == f"'{HOSTILE}"
    assert odd["issuer"] == "'=Odd, {Bureau}"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/documents.csv?theme=visits", 3),
        ("/documents.csv?lang=zh", 1),
        ("/documents.csv?source=lantern-digest", 1),
        ("/documents.csv?page=2", 3),
        ("/directives.csv?modality=prohibition", 2),
        ("/directives.csv?theme=visits&source=harbour-bureau", 2),
        ("/themes.csv", 15),
        ("/sources.csv", 4),
        ("/actors.csv", 1),
        ("/formulations.csv", 1),
    ],
)
def test_lists_take_the_parameters_of_their_pages(
    client: Client, library: Document, address: str, expected: int
) -> None:
    found = table(client, address)
    assert len(found) == expected
    as_json = json.loads(text(client, address.replace(".csv", ".json")))
    assert (as_json["total"], len(as_json["items"])) == (expected, expected)


def test_columns_are_what_the_cells_fill(client: Client, library: Document) -> None:
    for name in ("documents", "directives", "themes", "sources", "actors", "formulations"):
        first = next(csv.reader(io.StringIO(text(client, f"/{name}.csv"))))
        assert tuple(first) == getattr(tables, name.upper())
        assert all(None not in row and None not in row.values() for row in table(client, f"/{name}.csv"))


def test_a_feed_has_ids_that_stay_and_themes(client: Client, library: Document) -> None:
    feed = etree.fromstring(text(client, "/documents.atom?theme=visits&page=3").encode())
    entry = feed.find("a:entry", ATOM)
    day = library.published_at.strftime("%Y-%m-%d")
    assert entry.findtext("a:id", namespaces=ATOM) == f"tag:testserver,{day}:/documents/{library.pk}/"
    assert entry.find("a:category", ATOM).get("term") == "visits"
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "Harbour Bureau"
    links = {one.get("rel"): one.get("href") for one in feed.findall("a:link", ATOM)}
    assert links == {
        "self": "http://testserver/documents.atom?theme=visits",
        "alternate": "http://testserver/documents/?theme=visits",
    }
    assert feed.findtext("a:updated", namespaces=ATOM) == library.published_at.isoformat()
    empty = etree.fromstring(text(client, "/documents.atom?kind=law").encode())
    assert empty.findtext("a:updated", namespaces=ATOM)


@pytest.mark.parametrize(
    "address", ["/documents.csv?year=xyz", "/directives.json?actor=nobody", "/documents.bib?lang=x"]
)
def test_a_file_that_would_hold_too_much_is_not_made(client: Client, library: Document, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "left out" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "{0}.txt",
        "{0}.json",
        "{0}.xml",
        "{0}.bib",
        "{0}.ris?section=1",
        "{0}.csl.json",
        "{0}/cite",
        "{0}/cite?section=2",
    ],
)
@pytest.mark.parametrize(("state", "status"), [("draft", 404), ("discarded", 404), ("withdrawn", 410)])
def test_what_is_not_published_is_no_file(client: Client, address: str, state: str, status: int) -> None:
    made = rows.document(state=state)
    assert client.get(f"/documents/{address.format(made.pk)}").status_code == status
    directive = made.directives.first()
    assert client.get(f"/directives/{directive.pk}.json").status_code == status
    for listed in ("/documents.csv", "/directives.csv", "/actors.csv", "/formulations.csv", "/sources.csv"):
        assert table(client, listed) == []
    assert "evening" not in text(client, "/documents.atom") + text(client, "/directives.json")


@pytest.mark.parametrize("address", ["{0}.bib?section=99", "{0}.json?section=1", "{0}.pdf", "{0}/cite?section=%00"])
def test_what_is_not_there_is_not_found(client: Client, library: Document, address: str) -> None:
    assert client.get(f"/documents/{address.format(library.pk)}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/documents.csv",
            "/documents.json",
            "/documents.atom",
            "/documents.ris",
            "/directives.csv",
            "/directives.bib",
        ),
        *("/themes.csv", "/sources.json", "/formulations.csv", "/documents/{0}.json", "/documents/{0}/cite"),
    ],
)
def test_files_ask_the_database_little_however_much_they_hold(
    client: Client, library: Document, address: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(15):
        rows.document(issuer=rows.source(f"bureau-{number}", f"Bureau {number}"), **rows.dated(1990 + number))
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(address.format(library.pk))
        assert body(response)
    assert Section.objects.count() > 60


def test_head_sends_no_body(client: Client, library: Document) -> None:
    for address in ("/documents.csv", "/documents.json", "/documents.atom", f"/documents/{library.pk}.txt"):
        response = client.head(address)
        assert (response.status_code, body(response)) in ((200, b""), (200, "\ufeff".encode()))
