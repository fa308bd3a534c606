"""A document's page, its file, and the pages of its directives, also when they are gone."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from archive.models import Actor, Directive, Document, Formulation, Section, Theme
from archive.reader.rules import in_words
from tests import page_rows as rows
from tests.markup import Pieces
from tests.page_rows import ASIDE, TEXT, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    return rows.document(issuer=rows.source(), found_at=rows.source("lantern-digest", "Lantern Digest"))


def page_of(client: Client, document: Document, query: str = "") -> Page:
    return Page(client.get(f"/documents/{document.pk}/{query}"))


def text_of(page: Page) -> str:
    """What stands in the headings and paragraphs of the text."""
    found = re.findall(r'<(h\d|p) class="t"[^>]*>(.*?)</\1>', page.main, re.DOTALL)
    return "".join(Pieces(html).text for _, html in found)


@pytest.mark.parametrize("query", ["", "?q=evening+road", "?q=e", "?q=%28%28%28"])
def test_the_page_holds_the_text_exactly(client: Client, document: Document, query: str) -> None:
    assert text_of(page_of(client, document, query)) == TEXT


def test_sections_have_an_id_and_a_visible_link_to_themselves(client: Client, document: Document) -> None:
    page = page_of(client, document)
    for section in Section.objects.filter(document=document):
        assert page.read.ids.count(section.anchor) == 1
    assert page.main.count('class="permalink"') == 4
    assert 'href="#s2.1"' in page.main
    assert '<h2 class="t" id="s2">2. Measures. </h2>' in page.main
    assert re.search(r'<p class="t" id="s2\.1">One is ', page.main)


def test_contents_list_leads_to_the_parts(client: Client, document: Document) -> None:
    contents = page_of(client, document).main.split('class="contents"')[1].split("</nav>")[0]
    assert re.findall(r'href="(#[^"]+)"', contents) == ["#s1", "#s2"]


def test_directives_are_marked_and_noted(client: Client, document: Document) -> None:
    page = page_of(client, document)
    orders = list(Directive.objects.filter(document=document))
    for number, directive in enumerate(orders, 1):
        assert page.read.ids.count(f"d{directive.pk}") == 1
        note = re.search(rf'<li class="note {directive.modality} s\d+">.*?>{number}</a>.*?</li>', page.main, re.DOTALL)
        assert note
        assert f"/directives/{directive.pk}/" in note[0]
        assert in_words(directive.rule)[0] in note[0]
    assert "Stations</a>" in page.main
    assert "Visits and contact</a>" in page.main


def test_what_people_decided_is_said(client: Client, document: Document) -> None:
    Directive.objects.filter(modality="prohibition").update(status=Directive.Status.ACCEPTED)
    Directive.objects.filter(modality="recommendation").update(status=Directive.Status.REJECTED)
    page = page_of(client, document)
    assert page.main.count('<span class="status">confirmed</span>') == 1
    assert 'class="note recommendation' not in page.main


def test_formulations_are_links_and_boilerplate_is_folded(client: Client, document: Document) -> None:
    page = page_of(client, document)
    assert '<a class="formulation" href="/formulations/evening-road/">evening road</a>' in page.main
    aside = page.main.split('<details class="aside">')[1].split("</details>")[0]
    assert ASIDE.strip() in aside
    assert "1. Aims" not in aside


def test_provenance(client: Client, document: Document) -> None:
    words = page_of(client, document).words
    for expected in (
        "Issued by Harbour Bureau",
        "Found at Lantern Digest",
        "rounds.txt",
        document.upload.sha256,
        "encoding utf-8",
        "Captured",
        "4 directives, read out by machine",
    ):
        assert expected in words


def test_hits_of_a_query_are_marked_numbered_and_linked(client: Client, document: Document) -> None:
    page = page_of(client, document, "?q=every+OR+evening")
    assert "3 hits in this document for" in page.words
    assert [one for one in page.read.ids if one and one.startswith("hit-")] == [f"hit-{n}" for n in range(1, 4)]
    assert {"?q=every+OR+evening&hit=1#hit-1", "?q=every+OR+evening&hit=3#hit-3"} <= set(page.links())
    assert '<meta name="robots" content="noindex, follow">' in page.html


@pytest.mark.parametrize(
    "q", ["zebra", "(((", "*", '"', "AND", "a" * 5000, "\x00", "title:x", "<script>alert(1)</script>"]
)
def test_no_query_breaks_the_page(client: Client, document: Document, q: str) -> None:
    page = Page(client.get(f"/documents/{document.pk}/", {"q": q}))
    assert page.response.status_code == 200
    assert page.read.mistakes == []
    assert "<script>" not in page.html


def test_original_is_a_download_that_cannot_run(client: Client) -> None:
    document = rows.document("<script>alert(1)</script>", name='通知 "1".html')
    response = client.get(f"/documents/{document.pk}/original")
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E9%80%9A%E7%9F%A5")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_original_that_is_not_in_the_store_is_not_found(client: Client, document: Document) -> None:
    document.upload.file.storage.delete(document.upload.file.name)
    assert client.get(f"/documents/{document.pk}/original").status_code == 404


def test_directive_page_shows_the_quote_in_its_place_and_why(client: Client, document: Document) -> None:
    directive = Directive.objects.get(document=document, modality="obligation", actor__isnull=False)
    page = Page(client.get(f"/directives/{directive.pk}/"))
    assert f"<mark>{directive.quote}</mark>" in page.main
    assert "1. Aims. " in page.words
    assert f"/documents/{document.pk}/#d{directive.pk}" in page.links()
    assert f"/documents/{document.pk}/#s1" in page.links()
    assert "because of knock" in page.words
    assert "not yet confirmed by a person" in page.words


def test_withdrawn_document_leaves_a_tombstone(client: Client) -> None:
    document = rows.document(state="withdrawn", issuer=rows.source(), number="No. 9 of 2009")
    directive = Directive.objects.filter(document=document).first()
    for address in (f"/documents/{document.pk}/", f"/documents/{document.pk}/original"):
        page = Page(client.get(address))
        assert page.response.status_code == 410
        assert {"Asked for by the bureau", "Harbour Bureau", "No. 9 of 2009"} <= set(
            re.findall(r"Asked for by the bureau|Harbour Bureau|No\. 9 of 2009", page.words)
        )
        assert "knock on each door" not in page.html
    gone = Page(client.get(f"/directives/{directive.pk}/"))
    assert gone.response.status_code == 410
    assert directive.quote[:20] not in gone.html


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"retired_at": timezone.now()}, "no longer taken for a directive"),
        ({"status": Directive.Status.REJECTED}, "A person has judged"),
    ],
)
def test_retired_directive_says_so(client: Client, document: Document, fields: dict, expected: str) -> None:
    directive = Directive.objects.filter(document=document).first()
    Directive.objects.filter(pk=directive.pk).update(**fields)
    page = Page(client.get(f"/directives/{directive.pk}/"))
    assert page.response.status_code == 410
    assert expected in page.words
    assert f"d{directive.pk}" not in page_of(client, document).read.ids


def test_markup_in_a_document_stays_text(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    source = rows.source("evil", evil, place=evil, url="javascript:alert(1)")
    document = rows.document(
        f"1. Aims {evil}\n{TEXT[46:]}",
        title=evil,
        number=evil[:20],
        category=evil,
        issuer=source,
        found_at=source,
        addressees=[evil],
        url="javascript:alert(1)",
        name=evil,
    )
    rows.document(title=evil, issuer=source)
    Directive.objects.exclude(modality="obligation").update(actor=None, actor_text=evil, rule=evil)
    for model in (Theme, Actor):
        model.objects.update(name_en=evil, name_zh=evil)
    Formulation.objects.update(text_en=evil, text_zh=evil)
    directive = Directive.objects.filter(document=document).first()
    for address in (
        "/",
        "/documents/",
        f"/documents/{document.pk}/?q=alert",
        "/directives/",
        "/sources/",
        "/sources/evil/",
        "/themes/visits/",
        "/actors/",
        "/actors/stations/",
        "/formulations/",
        "/formulations/evening-road/",
        "/about/coverage/",
        f"/directives/{directive.pk}/",
        f"/documents/?source={evil}",
    ):
        page = Page(client.get(address))
        assert page.response.status_code == 200
        assert "<script>alert" not in page.html
        assert not [link for link in page.links() if link.startswith("javascript:")]
        assert page.read.mistakes == []


@pytest.mark.parametrize(
    "text",
    ["", "\n", " ", "\x0c", "one", "a\r\nb\rc", "\u2028\ufeff\u202e", "x" * 5000, "。" * 3000, "\n" * 500],
    ids=[
        "empty",
        "line break",
        "blank",
        "form feed",
        "word",
        "mixed breaks",
        "odd signs",
        "no space",
        "stops",
        "breaks",
    ],
)
def test_strange_texts_are_shown(client: Client, text: str) -> None:
    page = page_of(client, rows.document(text))
    assert page.response.status_code == 200
    assert page.read.mistakes == []
    assert text_of(page).replace("\r", "") == text.replace("\r", "")


def test_a_long_document_opens_with_few_queries(client: Client, django_assert_max_num_queries) -> None:
    text = "".join(f"{number}. Part. The station must keep ledger {number} in order.\n" for number in range(600))
    document = rows.document(text)
    made = [
        Section(
            document=document,
            ordinal=n + 1,
            path=str(n + 1),
            level=1,
            kind="heading",
            marker=f"{n}.",
            rule="test",
            heading_start=one.start(),
            own_end=one.end(),
            **rows.quoted(text, rows.Span(one.start(), one.start() + len(f"{n}. Part"))) | {"end": one.end()},
        )
        for n, one in enumerate(re.finditer(r"[^\n]+\n", text))
    ]
    Section.objects.bulk_create(made)
    Directive.objects.bulk_create(
        Directive(document=document, modality="obligation", rule="must", **rows.quoted(text, rows.Span(*one.span())))
        for one in re.finditer(r"The station[^\n]+", text)
    )
    with django_assert_max_num_queries(12):
        page = page_of(client, document, "?q=ledger")
    assert page.main.count('class="note ') == 600
    assert text_of(page) == text
