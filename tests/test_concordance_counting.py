"""The numbers of hits: what the index says is what the texts have, and what is kept is as new as the corpus."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.models import Document, Source
from archive.search import SearchParams, concordance, counting, indexer
from archive.search.concordance import Order
from archive.search.counting import Hits
from archive.search.matching import words_wanted
from tests.concordance_fixtures import asked
from tests.page_rows import Page
from tests.search_fixtures import announce, make_document, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]

TEXTS = (
    "Police visit homes. The police-run station polices visits; policing is visited.",
    "The mass line: from the masses, to the masses. mass mass line LINE",
    "人人为我，我为人人。人民民警走访群众，群众路线。党的群众路线，党 的干部，党中的人。",
    "羣眾路線與群众 路线，公安机关police机关，Ｐｏｌｉｃｅ派出所１１０。",
    "Naïve cafés re-visit e-mail; it's the people's people’s police. mid\u00adnight ㍻ 平成",
    "visit",
)
QUESTIONS = (
    *("police", "polic*", '"police station"', "visit", "visits", '"mass line"', "mass line", "mass OR line", "the"),
    *('mass OR "mass line" OR line', "人", "人人", "人民", "群众", "群众路线", "人 OR 民 OR 人民", '"党 的"', "党的"),
    *("群众 OR 路线 OR 群众路线", "公安机关", '"police 机关"', "police机关", "110", "people's", "re-visit", "e-mail"),
    *(
        '"visit homes"~3',
        '"群众 走访"~5',
        "police -station",
        "naive",
        "midnight",
        "平成",
        "title:notice police",
        "notice",
    ),
)


def counted_and_read(q: str) -> tuple[Hits, Hits]:
    question = concordance.question(SearchParams(q=q))
    leaves = words_wanted(question.tree) if counting.countable(question.tree) else ()
    found = counting.found_by(concordance.asking(question.asked, question.tree), concordance.LINES, leaves)
    return (
        counting.counted(question.tree, found),
        counting.read_through(question.tree, found, concordance.LINES),
    )


@pytest.mark.parametrize("q", QUESTIONS)
def test_the_index_counts_what_the_texts_have(q: str) -> None:
    for text in TEXTS:
        make_document(text, *TEXTS, title="A notice of police visits", title_in_text=text != "visit", year=2001)
    indexer.rebuild()
    question = concordance.question(SearchParams(q=q))
    by_index, by_text = counted_and_read(q)
    assert by_index == by_text or not counting.countable(question.tree)
    assert concordance.concordance(SearchParams(q=q)).hits == by_text
    assert sum(by_text.numbers) == len(asked(q)) == len(asked(q, Order.LEFT))


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("police", True),
        ("群众路线 OR visit*", True),
        ('"mass line" -station', True),
        ('"总 则"', True),
        ('"群众 路线"', False),
        ('"mass line"~5', False),
        ('police "群众 路线"', False),
    ],
)
def test_words_that_stand_together_are_counted_by_the_index(q: str, *, expected: bool) -> None:
    assert counting.countable(concordance.question(SearchParams(q=q)).tree) is expected


WORDS = st.lists(st.sampled_from(["人", "民", "警", " ", "mass", "line", "Lines", "-", "。", "line's"]), max_size=12)


@given(texts=st.lists(WORDS.map("".join), min_size=1, max_size=4), asked_for=st.lists(WORDS, min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_the_index_counts_what_random_texts_have(texts: list[str], asked_for: list[list[str]]) -> None:
    Document.objects.all().delete()
    make_document(*(f"{text}." for text in texts))
    indexer.rebuild()
    q = " OR ".join(f'"{"".join(words)}"' for words in asked_for)
    by_index, by_text = counted_and_read(q)
    assert by_index == by_text or not counting.countable(concordance.question(SearchParams(q=q)).tree)


def test_a_document_that_waits_for_the_index_is_read() -> None:
    document = make_document("A lantern, and a lantern.")
    indexer.rebuild()
    Document.objects.filter(pk=document.pk).update(text="One lantern; one candle..")
    announce(document)
    assert len(asked("lantern")) == 1
    assert sum(concordance.concordance(SearchParams(q="lantern")).hits.numbers) == 1


def test_what_is_gone_between_counting_and_reading_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    document = make_document("A lantern.")
    make_document("Another lantern.")
    indexer.rebuild()
    found = concordance.concordance(SearchParams(q="lantern"))
    withdraw(document)
    assert [line.context.before for line in found.lines(found.order)] == ["Another"]
    assert "no longer" in caplog.text or "not there" in caplog.text


# what is kept


def hits_on_page(client: Client, **parameters: Any) -> str:
    words = Page(client.get("/concordance/", {"q": "lantern", **parameters})).words
    return next((f"{number} hits" for number in range(2, 9) if f" {number} hits " in words), "1 hit or none")


@pytest.mark.parametrize("sort", [order.value for order in Order])
def test_what_is_kept_changes_with_the_corpus(client: Client, sort: str) -> None:
    documents = [make_document("A lantern."), make_document("The lantern, our lantern.")]
    indexer.rebuild()
    assert hits_on_page(client, sort=sort) == "3 hits"
    documents.append(make_document("Lantern by lantern, a lantern."))
    assert hits_on_page(client, sort=sort) == "3 hits"
    indexer.catch_up()
    assert hits_on_page(client, sort=sort) == "6 hits"
    withdraw(documents[0])
    assert hits_on_page(client, sort=sort) == "5 hits"
    indexer.catch_up()
    assert hits_on_page(client, sort=sort) == "5 hits"


def test_what_the_database_found_is_not_kept(client: Client) -> None:
    make_document("A lantern, a lantern.")
    assert "The search index is not ready" in Page(client.get("/concordance/?q=lantern")).words
    indexer.rebuild()
    assert "The search index is not ready" not in Page(client.get("/concordance/?q=lantern")).words


def test_a_page_that_was_kept_reads_no_more_than_it_shows(client: Client, django_assert_max_num_queries) -> None:
    for _ in range(60):
        make_document("Lantern after lantern.")
    indexer.rebuild()
    first = client.get("/concordance/?q=lantern&sort=left").content
    with django_assert_max_num_queries(9):
        assert client.get("/concordance/?q=lantern&sort=left").content == first


def test_sources_that_are_named_otherwise_are_sorted_so_at_once(client: Client) -> None:
    make_document("First lantern.", issuer="a-bureau")
    make_document("Second lantern.", issuer="b-bureau")
    indexer.rebuild()
    for name, expected in (("", ["First", "Second"]), ("z-bureau", ["Second", "First"])):
        Source.objects.filter(slug="a-bureau", pk__gt=0).update(**({"name_en": name} if name else {"url": ""}))
        words = Page(client.get("/concordance/?q=lantern&sort=source")).words
        assert sorted(expected, key=words.index) == expected
