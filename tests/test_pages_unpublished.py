"""What is not published appears nowhere, and nothing that a reader can type ends in a failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import path

from archive.models import Actor, Directive, Document, Formulation, Occurrence
from archive.reader import errors
from tests import page_rows as rows
from tests.page_rows import Page

pytestmark = pytest.mark.django_db
UNPUBLISHED = ("draft", "discarded")
SECRET = "unheard-of"
LISTS = ("/", "/documents/", "/directives/", "/themes/", "/themes/visits/", "/sources/", "/actors/", "/formulations/")
BAD = (
    "page=abc", "page=0", "page=99999", "page=1e9", "page=%00", "theme=unknown", "theme=%00", "theme=" + "x" * 3000,
    "source=unknown", "source=%F0%9F%98%80", "actor=unknown", "modality=command", "year=xyz", "year=0", "year=99999",
    "year=2017-02-30", "year=%D9%A2%D9%A0%D9%A1%D9%A7", "lang=xx", "kind=novel", "theme=a,b,c&theme=d",
    "&".join(f"theme=t{number}" for number in range(300)), "%ff=%fe", "page=1&page=2",
)  # fmt: skip


def forget(client: Client) -> list[str]:
    """The addresses of everything in a document that only an administrator may see."""
    document = Document.objects.get()
    directive = Directive.objects.first()
    return [
        f"/documents/{document.pk}/",
        f"/documents/{document.pk}/original",
        f"/directives/{directive.pk}/",
        "/sources/secret-source/",
        "/actors/secret-actor/",
        "/formulations/secret-phrase/",
    ]


@pytest.fixture(params=UNPUBLISHED)
def hidden(request: pytest.FixtureRequest) -> Document:
    source = rows.source("secret-source", f"{SECRET} source")
    made = rows.document(state=request.param, title=f"{SECRET} title", issuer=source, **rows.dated(1987))
    Directive.objects.update(actor=rows.actor("secret-actor", f"{SECRET} actor"))
    phrase = Formulation.objects.create(slug="secret-phrase", text_en=f"{SECRET} phrase")
    Occurrence.objects.update(formulation=phrase)
    return made


@pytest.mark.parametrize("address", LISTS)
def test_lists_do_not_name_or_count_what_is_not_published(client: Client, hidden: Document, address: str) -> None:
    page = Page(client.get(address))
    assert page.response.status_code == 200
    assert SECRET not in page.html
    assert "1987" not in page.html
    assert "1 document" not in page.words
    assert "knock on each door" not in page.html


def test_what_is_not_published_has_no_address(client: Client, hidden: Document) -> None:
    for address in forget(client):
        assert client.get(address).status_code == 404
    for query in ("source=secret-source", "actor=secret-actor"):
        assert SECRET not in Page(client.get(f"/directives/?{query}")).html


def test_what_a_person_rejected_is_not_counted(client: Client) -> None:
    rows.document()
    Directive.objects.update(status=Directive.Status.REJECTED)
    assert "0 directives" in Page(client.get("/directives/")).words
    assert "Visits and contact 1 document, 0 directives" in Page(client.get("/")).words
    assert client.get("/actors/stations/").status_code == 404
    assert Actor.objects.filter(slug="stations").exists()


@pytest.mark.parametrize("query", BAD)
@pytest.mark.parametrize("address", ["/documents/", "/directives/", "/sources/", "/actors/stations/", "/"])
def test_no_parameter_breaks_a_list(client: Client, address: str, query: str) -> None:
    rows.document(issuer=rows.source())
    page = Page(client.get(f"{address}?{query}"))
    assert page.response.status_code == 200
    assert page.read.mistakes == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/documents/?page=abc", "“abc” is not the number of a page; this is the first one."),
        ("/documents/?page=99999", "There is no page 99999; this is the last one."),
        ("/documents/?theme=unknown", "There is no theme “unknown” here; the filter was left out."),
        ("/documents/?year=xyz", "“xyz” is not a year like 2017; it was left out."),
        ("/directives/?modality=command", "There is no modality “command” here; the filter was left out."),
        ("/directives/?actor=nobody", "There is no actor “nobody” here; the filter was left out."),
    ],
)
def test_what_was_left_out_is_said(client: Client, address: str, expected: str) -> None:
    rows.document()
    assert expected in Page(client.get(address)).words


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/documents/0/",
        "/documents/007/",
        "/documents/-1/",
        "/documents/999/",
        "/documents/999999999999999999/",
        "/documents/99999999999999999999999/",
        "/documents/999/original",
        "/directives/999/",
        "/themes/nothing/",
        "/sources/nothing/",
        "/sources/%00/",
        "/sources/%F0%9F%98%80/",
        "/actors/nothing/",
        "/formulations/%00/",
        "/formulations/a%2Fb/",
    ],
)
def test_nothing_there_is_404(client: Client, address: str) -> None:
    page = Page(client.get(address))
    assert page.response.status_code == 404
    assert "Nothing is at this address" in page.words
    assert page.read.mistakes == []


def breaks(request: object) -> None:
    raise RuntimeError("a fault for the test")


urlpatterns = [path("breaks/", breaks)]
handler404, handler500 = errors.not_found, errors.server_error


@override_settings(ROOT_URLCONF="tests.test_pages_unpublished")
def test_a_failure_has_a_page_that_needs_nothing(client: Client, django_assert_num_queries) -> None:
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        page = Page(client.get("/breaks/"))
    assert page.response.status_code == 500
    assert "Something went wrong" in page.words
    assert page.read.mistakes == []
    assert "a fault for the test" not in page.html


def test_nothing_there_needs_no_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/nowhere").status_code == 404


def test_where_even_the_page_for_failures_fails_there_are_words(client: Client, settings, tmp_path: Path) -> None:
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path], "APP_DIRS": False}]
    response = errors.server_error(None)
    assert response.status_code == 500
    assert b"Something went wrong" in response.content
