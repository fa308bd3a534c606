"""Every page of the reader: it answers, it is sound HTML, it says what it should, and it asks the database little."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.test import Client

from archive.models import Directive, Document, Formulation
from tests import page_rows as rows
from tests.page_rows import Page

pytestmark = pytest.mark.django_db

LISTS = (
    *("/", "/documents/", "/directives/", "/themes/", "/sources/", "/actors/", "/formulations/"),
    *("/directives/matrix/", "/directives/matrix/?modality=prohibition", "/years/", "/kinds/"),
    *("/sources/?sort=name&letter=H", "/directives/?sort=newest&from=1990&q=door"),
)
ONES = (
    "/themes/visits/",
    "/sources/harbour-bureau/",
    "/actors/stations/",
    "/formulations/evening-road/",
    "/formulations/evening-road/?year=2009",
    "/years/2009/",
    "/years/undated/",
    "/documents/{document}/",
    "/documents/{document}/?q=evening+road",
    "/directives/{directive}/",
)
MOST_QUERIES = 12


@pytest.fixture
def library() -> Document:
    """Two English documents and a Chinese one."""
    rows.document(issuer=rows.source(), **rows.dated(2009))
    chinese = rows.source("澜县公安局", "", name_zh="澜县公安局")
    rows.document("一、总体要求\n必须走访。\n", language="zh", title="关于走访的通知", issuer=chinese)
    return rows.document(issuer=rows.source(), found_at=rows.source("lantern-digest", "Lantern Digest"))


def get(client: Client, address: str, library: Document | None = None) -> Page:
    return Page(client.get(get_address(address, library) if library else address))


def get_address(address: str, library: Document) -> str:
    return address.format(document=library.pk, directive=Directive.objects.filter(document=library).first().pk)


@pytest.mark.parametrize("address", [*LISTS, *ONES])
def test_page_is_sound(client: Client, library: Document, address: str) -> None:
    page = get(client, address, library)
    assert page.response.status_code == 200
    assert page.read.mistakes == []
    tags = [tag for tag, _ in page.read.tags]
    assert tags.count("h1") == 1
    assert tags.count("main") == 1
    assert len(page.read.ids) == len(set(page.read.ids))
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", [*LISTS, *ONES, "/no/such/page"])
def test_page_keeps_the_content_security_policy(client: Client, library: Document, address: str) -> None:
    page = get(client, address, library)
    assert "default-src 'none'" in page.response.headers["Content-Security-Policy"]
    assert not [given for _, given in page.read.tags if "style" in given or any(name[:2] == "on" for name in given)]
    scripts = [given for tag, given in page.read.tags if tag == "script"]
    assert all("src" in given or given["type"] == "application/ld+json" for given in scripts)
    assert "<style" not in page.html


@pytest.mark.parametrize("address", [*LISTS, *ONES])
def test_page_asks_the_database_little_however_much_it_holds(
    client: Client, library: Document, address: str, django_assert_max_num_queries
) -> None:
    for number in range(12):
        rows.document(issuer=rows.source(f"bureau-{number}", f"Bureau {number}"), **rows.dated(1990 + number))
    address = get_address(address, library)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert get(client, address).response.status_code == 200


@pytest.mark.parametrize("address", [*LISTS, *ONES])
def test_page_can_be_read_in_chinese(client: Client, library: Document, address: str) -> None:
    page = Page(client.get(get_address(address, library), headers={"accept-language": "zh-CN"}))
    assert page.response.status_code == 200
    assert '<html lang="zh-hans">' in page.html


def test_pages_answer_reading_requests_only(client: Client, library: Document) -> None:
    for address in (*LISTS, *ONES):
        assert client.post(get_address(address, library)).status_code == 405
        assert client.head(get_address(address, library)).status_code == 200


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_archive_says_so(client: Client, address: str) -> None:
    page = get(client, address)
    assert page.response.status_code == 200
    assert page.read.mistakes == []


def test_home_counts_what_it_leads_to(client: Client, library: Document) -> None:
    page = get(client, "/")
    assert re.search(r"documents 3 sections 8 directives 8 year 2009", page.words)
    assert "Visits and contact 3 documents, 4 directives" in page.words
    assert "/documents/?year=2009" in page.links()
    assert "/documents/?theme=visits&year=undated" in page.links()
    assert re.search(r"2009 1 .* undated 2", page.words)
    assert "Harbour Bureau 2" in page.words


def test_years_without_documents_are_shown_too(client: Client) -> None:
    for year in (2009, 2012):
        rows.document(**rows.dated(year))
    words = re.sub(r"(?<= 0)( 0)+", "", get(client, "/").words)
    assert re.search(r"2012 1 .* 2011 0 2010 0 2009 1 ", words)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 3),
        ("?theme=visits", 3),
        ("?theme=discipline", 0),
        ("?theme=visits,discipline", 3),
        ("?source=harbour-bureau", 2),
        ("?source=lantern-digest", 1),
        ("?source=lantern-digest&source=澜县公安局", 2),
        ("?year=2009", 1),
        ("?year=2009-05-01", 1),
        ("?lang=zh", 1),
        ("?kind=notice&lang=en", 2),
        ("?kind=law", 0),
        ("?theme=&source=&year=", 3),
    ],
)
def test_filters_of_documents(client: Client, library: Document, query: str, expected: int) -> None:
    page = get(client, f"/documents/{query}")
    assert page.html.count('class="entry"') == expected
    assert f"{expected} document" in page.words
    assert "complaints" not in page.html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 8),
        ("?modality=prohibition", 2),
        ("?modality=prohibition&modality=recommendation", 4),
        ("?theme=visits", 4),
        ("?theme=visits&modality=prohibition", 0),
        ("?actor=stations", 2),
        ("?source=lantern-digest", 4),
        ("?kind=notice&lang=en", 8),
        ("?lang=zh", 0),
        ("?year=2009", 4),
        ("?year=undated", 4),
        ("?from=2010", 0),
        ("?from=2008&to=2009", 4),
        ("?status=confirmed", 0),
        ("?status=suggested&q=KNOCK+winter", 2),
        ("?q=knock+entry", 0),
        ("?q=%25", 0),
        ("?sort=newest", 8),
    ],
)
def test_filters_of_directives(client: Client, library: Document, query: str, expected: int) -> None:
    page = get(client, f"/directives/{query}")
    assert page.main.count('class="quote"') == expected
    assert f"{expected} directive" in page.words


def test_a_chip_removes_its_filter_and_keeps_the_others(client: Client, library: Document) -> None:
    page = get(client, "/documents/?theme=visits&lang=en,zh&year=2009&page=1")
    assert "/documents/?lang=en%2Czh&year=2009" in page.links()
    assert "/documents/?theme=visits&lang=zh&year=2009" in page.links()
    assert "/documents/?theme=visits&lang=en%2Czh" in page.links()


def test_lists_are_paged(client: Client) -> None:
    for number in range(28):
        rows.document(f"Text {number}", title=f"Title {number}.")
    first, second = get(client, "/documents/?lang=en"), get(client, "/documents/?lang=en&page=2")
    assert (first.html.count('class="entry"'), second.html.count('class="entry"')) == (25, 3)
    assert "?lang=en&page=2" in first.links()
    assert {f"Title {number}." for number in range(28)} <= set(re.findall(r"Title \d+\.", first.html + second.html))


def test_theme_page(client: Client, library: Document) -> None:
    page = get(client, "/themes/visits/")
    assert "走访联系" in page.words
    assert "3 documents" in page.words
    assert "4 directives" in page.words
    assert "/directives/?theme=visits&actor=stations" in page.links()


def test_source_page_counts_a_document_once_that_it_issued_and_hosts(client: Client) -> None:
    both = rows.source()
    rows.document(issuer=both, found_at=both)
    page = get(client, "/sources/harbour-bureau/")
    assert "issued 1 document 1 document found there" in page.words
    assert page.html.count('class="entry"') == 1
    assert re.search(r"Harbour Bureau 1\b", get(client, "/").words)


def test_actor_page(client: Client, library: Document) -> None:
    page = get(client, "/actors/stations/")
    assert "派出所" in page.words
    assert "2 directives" in page.words
    assert "/directives/?actor=stations&theme=visits" in page.links()


def test_formulation_page_shows_each_place_in_its_context(client: Client, library: Document) -> None:
    Formulation.objects.update(text_zh="夜路", variants=["night road"])
    page = get(client, "/formulations/evening-road/")
    assert "夜路" in page.words
    assert "night road" in page.words
    assert page.main.count("<mark>evening road</mark>") == 2
    assert "Officers should take the evening road" in page.words


def test_chinese_text_is_marked_as_chinese(client: Client, library: Document) -> None:
    page = get(client, "/documents/?lang=zh")
    assert re.search(r'<a href="/documents/\d+/" lang="zh-Hans">关于走访的通知</a>', page.html)
    assert re.search(r'lang="zh-Hans">澜县公安局</a>', page.html)
