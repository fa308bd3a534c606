"""The concordance as a CSV file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.test import Client

from archive.models import Document
from archive.reader.sheets import plain
from archive.search import concordance, indexer
from archive.search.concordance import Order
from tests.concordance_fixtures import asked, library, shown
from tests.search_fixtures import make_document

__all__ = ["library"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def file_of(client: Client, **parameters: object) -> list[dict[str, str]]:
    response = client.get("/concordance.csv", parameters)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("order", [order.value for order in Order])
def test_the_file_has_the_same_lines_with_addresses(client: Client, library: dict[str, Document], order: str) -> None:
    found = file_of(client, q="lantern OR 灯笼", sort=order)
    lines = asked("lantern OR 灯笼", Order(order))
    assert [(row["before"], row["hit"], row["after"]) for row in found] == shown(lines)
    assert [int(row["start"]) for row in found] == [line.span.start for line in lines]
    for row in found:
        assert row["address"].startswith(f"http://testserver/documents/{row['document']}/?q=")
        assert client.get(row["address"]).status_code == 200
    assert {row["issued"] for row in found} == {"1999", "2011", ""}


def test_no_cell_of_the_file_is_a_formula(client: Client, index_folder: Path) -> None:
    make_document("", "=HYPERLINK() lantern\n-2+3", title="@SUM(1)", issuer="=cmd")
    indexer.rebuild()
    row = file_of(client, q="lantern")[0]
    assert row["title"] == "'@SUM(1)"
    assert row["issuer"] == "'=cmd"
    assert row["before"] == "'=HYPERLINK()"
    assert row["after"] == "'-2+3"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (5, 5),
    ],
)
def test_cells(cell: str | int, expected: str | int) -> None:
    assert plain(cell) == expected


def test_a_file_that_is_cut_says_so_in_its_last_row(
    client: Client, library: dict[str, Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concordance, "STREAMED", 2)
    found = file_of(client, q="lantern")
    assert len(found) == 3
    assert found[-1]["document"].startswith("There are more hits than this file holds")


@pytest.mark.parametrize("query", ["q=", "q=%00", "q=(((", "sort=up&q=a", "q=theme:visits", "q=a&theme=nothing&from=x"])
def test_no_parameter_breaks_the_file(client: Client, library: dict[str, Document], query: str) -> None:
    response = client.get(f"/concordance.csv?{query}")
    assert response.status_code == 200
    assert b"".join(response.streaming_content)
    assert client.head(f"/concordance.csv?{query}").status_code == 200
