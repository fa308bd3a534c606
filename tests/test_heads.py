"""What the heads of pages tell machines: addresses that count, other languages, and items for reference managers."""

from __future__ import annotations

import json
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.test import Client
from lxml import etree

from archive.models import Directive, Document
from archive.reader import sitemap
from archive.reader.rendering import data_block
from tests import page_rows as rows
from tests.page_rows import Page

pytestmark = pytest.mark.django_db
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}
HOSTILE = '</script><script>alert(1)</script> "&\u2028 走访'


@pytest.fixture
def library() -> Document:
    rows.document(title=HOSTILE, issuer=rows.source("odd", "Odd & Sons"), name="odd.txt")
    return rows.document(
        issuer=rows.source(), number="No. 7 [2009]", translation="machine", name="notice.pdf", **rows.dated(2009)
    )


def get(client: Client, address: str) -> Page:
    page = Page(client.get(address))
    assert page.response.status_code == 200
    return page


def metas(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag, given in page.read.tags:
        if tag == "meta" and (name := given.get("name") or given.get("property")):
            found.setdefault(name, []).append(str(given["content"]))
    return found


def linked(page: Page, rel: str, key: str) -> dict[str, str]:
    return {
        str(given.get(key)): str(given["href"])
        for tag, given in page.read.tags
        if tag == "link" and given.get("rel") == rel and given.get(key)
    }


def data(page: Page) -> list[dict]:
    pieces = page.html.split('<script type="application/ld+json">')[1:]
    return [json.loads(piece.split("</script>")[0]) for piece in pieces]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("/", "/"),
        ("/?utm_source=x", "/"),
        ("/documents/{0}/?q=door&hit=2&page=4&fbclid=x", "/documents/{0}/"),
        ("/documents/?page=2&theme=visits&sort=x&utm_medium=mail", "/documents/?theme=visits"),
        ("/documents/?lang=en&theme=visits", "/documents/?theme=visits&lang=en"),
        ("/search/?q=a+%22b%22&page=3", "/search/?q=a+%22b%22"),
        ("/search/?q=a&exact=1&hit=3&sort=title", "/search/?q=a&exact=1"),
        ("/search/?variant=c&q=a&not-variant=b&variant=b", "/search/?q=a&not-variant=b&variant=b&variant=c"),
        ("/concordance/?q=a&exact=1&sort=left", "/concordance/?q=a&exact=1"),
        ("/documents/?lang=en&exact=1", "/documents/?lang=en"),
        ("/themes/visits/?page=2", "/themes/visits/"),
        ("/documents/{0}/?hl=zh-hans", "/documents/{0}/?hl=zh-hans"),
        ("/documents/{0}/?hl=xx", "/documents/{0}/"),
    ],
)
def test_every_page_has_one_address_that_counts(client: Client, library: Document, asked: str, expected: str) -> None:
    page = get(client, asked.format(library.pk))
    links = [str(given["href"]) for tag, given in page.read.tags if tag == "link" and given.get("rel") == "canonical"]
    assert links == [f"http://testserver{expected.format(library.pk)}"]
    assert metas(page)["og:url"] == links


def test_the_address_of_the_settings_counts_before_that_of_the_request(
    client: Client, library: Document, settings
) -> None:
    settings.SITE_ADDRESS = "https://archive.example.org"
    page = get(client, f"/documents/{library.pk}/")
    assert metas(page)["og:url"] == [f"https://archive.example.org/documents/{library.pk}/"]
    assert "http://testserver" not in page.html
    assert "https://archive.example.org/sitemap.xml" in get(client, "/robots.txt").html


def test_other_languages_have_addresses(client: Client, library: Document) -> None:
    found = linked(get(client, f"/documents/{library.pk}/?q=door"), "alternate", "hreflang")
    base = f"http://testserver/documents/{library.pk}/"
    assert found == {"en": f"{base}?hl=en", "zh-hans": f"{base}?hl=zh-hans", "x-default": base}


def test_a_document_has_what_reference_managers_take(client: Client, library: Document) -> None:
    found = metas(get(client, f"/documents/{library.pk}/"))
    address = f"http://testserver/documents/{library.pk}/"
    expected = {
        "citation_title": "On evening rounds",
        "citation_author": "Harbour Bureau",
        "citation_publication_date": "2009",
        "citation_language": "en",
        "citation_technical_report_institution": "Harbour Bureau",
        "citation_technical_report_number": "No. 7 [2009]",
        "citation_fulltext_html_url": address,
        "DC.title": "On evening rounds",
        "DC.creator": "Harbour Bureau",
        "DC.identifier": address,
        "DCTERMS.issued": "2009",
        "og:title": "On evening rounds",
        "og:type": "article",
        "og:site_name": "Massline",
    }
    assert {name: found.get(name) for name in expected} == {name: [value] for name, value in expected.items()}
    assert found["description"][0].startswith("notice · Harbour Bureau · No. 7 [2009] · 2009: 1. Aims. Every station")
    assert len(found["description"][0]) <= 200


def test_a_pdf_is_named_where_the_original_is_one(client: Client, library: Document) -> None:
    assert "citation_pdf_url" not in metas(get(client, f"/documents/{library.pk}/"))
    library.upload.media_type = "application/pdf"
    library.upload.save()
    found = metas(get(client, f"/documents/{library.pk}/"))
    assert found["citation_pdf_url"] == [f"http://testserver/documents/{library.pk}/original"]


def test_a_section_and_a_directive_are_parts_of_their_document(client: Client, library: Document) -> None:
    section = metas(get(client, f"/documents/{library.pk}/cite?section=2.1"))
    assert (section["citation_title"], section["citation_book_title"]) == (["One is"], ["On evening rounds"])
    directive = library.directives.first()
    page = get(client, f"/directives/{directive.pk}/")
    assert metas(page)["citation_book_title"] == ["On evening rounds"]
    thing = data(page)[0]["@graph"][0]
    assert (thing["@type"], thing["text"]) == ("Quotation", directive.quote)
    assert thing["isPartOf"]["@id"] == f"http://testserver/documents/{library.pk}/"


def test_other_forms_are_named_and_there(client: Client, library: Document) -> None:
    directive = library.directives.first()
    for address in (
        f"/documents/{library.pk}/",
        f"/directives/{directive.pk}/",
        "/documents/?lang=en",
        "/",
        "/themes/",
    ):
        forms = linked(get(client, address), "alternate", "type")
        assert forms
        for kind, href in forms.items():
            assert client.get(href).headers["Content-Type"] == f"{kind}; charset=utf-8"


@pytest.mark.parametrize(
    ("kind", "expected"), [("notice", "Report"), ("law", "Legislation"), ("regulation", "Legislation")]
)
def test_a_document_is_described_as_what_it_is(client: Client, library: Document, kind: str, expected: str) -> None:
    Document.objects.update(kind=kind)
    document, way = data(get(client, f"/documents/{library.pk}/"))[0]["@graph"]
    assert (document["@type"], document["name"]) == (expected, "On evening rounds")
    assert (document["author"]["name"], document["datePublished"]) == ("Harbour Bureau", "2009")
    assert "No. 7 [2009]" in (document.get("reportNumber"), document.get("legislationIdentifier"))
    assert [step["name"] for step in way["itemListElement"]] == ["Massline", "Documents", "On evening rounds"]


def test_the_archive_says_how_it_is_searched(client: Client, library: Document) -> None:
    (site,) = data(get(client, "/"))[0]["@graph"]
    template = site["potentialAction"]["target"]["urlTemplate"]
    assert template == "http://testserver/search/?q={search_term_string}"


def test_no_title_ends_a_data_block(client: Client, library: Document) -> None:
    odd = Document.objects.get(title=HOSTILE)
    page = get(client, f"/documents/{odd.pk}/")
    assert data(page)[0]["@graph"][0]["name"] == " ".join(HOSTILE.split())
    assert "<script>alert" not in page.html
    assert json.loads(data_block({"x": HOSTILE})) == {"x": HOSTILE}
    assert not set("<>&\u2028") & set(data_block({"x": HOSTILE}))


@pytest.mark.parametrize("name", ['Odd "Sons" </script>', "走访\\", "O'Brien\n"])
def test_the_way_to_a_source_is_sound_json(client: Client, name: str) -> None:
    source = rows.source("odd", name)
    rows.document(issuer=source)
    (way,) = data(get(client, "/sources/odd/"))
    assert [step["name"] for step in way["itemListElement"]] == ["Massline", "Sources", name]


def test_lists_have_an_item_for_each_document(client: Client, library: Document) -> None:
    page = get(client, "/documents/")
    spans = [given for tag, given in page.read.tags if tag == "span" and given.get("class") == "Z3988"]
    read = [parse_qs(unescape(str(given["title"]))) for given in spans]
    assert [one["rft.aucorp"] for one in read] == [["Harbour Bureau"], ["Odd & Sons"]]
    assert read[0]["rft_id"] == [f"http://testserver/documents/{library.pk}/"]


def places(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return [str(one.text) for one in etree.fromstring(content).iterfind(".//m:loc", MAP)]


def test_the_site_map_leads_to_every_page_once(
    client: Client, library: Document, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries
) -> None:
    monkeypatch.setattr(sitemap, "ADDRESSES", 3)
    rows.document(state="draft", title="hidden")
    with django_assert_max_num_queries(12):
        files = places(client, "/sitemap.xml")
    found = [place for file in files for place in places(client, file.removeprefix("http://testserver"))]
    assert len(found) == len(set(found))
    for place in found:
        assert client.get(place.removeprefix("http://testserver")).status_code == 200
    numbered = [place.split("/")[3] for place in found if place.rstrip("/")[-1].isdigit()]
    assert numbered.count("directives") == Directive.objects.public().count()
    assert numbered.count("documents") == 2
    assert client.get("/sitemap-documents-2.xml").status_code == 404
    assert client.get("/sitemap-nothing-1.xml").status_code == 404


def test_robots_are_kept_out_of_the_search(client: Client) -> None:
    words = client.get("/robots.txt").content.decode()
    assert "Disallow: /search/\n" in words
    assert "Sitemap: http://testserver/sitemap.xml" in words
