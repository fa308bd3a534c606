"""The engine itself: what it answers and what it refuses; the rows of risks that a test answers are named."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.conf import settings
from haystack import connections
from haystack.backends import SQ
from haystack.exceptions import SearchBackendError
from haystack.inputs import AutoQuery, Exact, Raw
from haystack.query import SearchQuerySet
from whoosh.index import open_dir
from whoosh.query import Term

from archive.models import Section
from archive.search import SearchParams, indexer, search
from tests.search_fixtures import ask, backend, current, found, make_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


# reading


def test_the_index_is_an_ordinary_whoosh_index() -> None:
    document = make_document("The mass line.", "Another text.")
    indexer.catch_up()
    with open_dir(str(current()), readonly=True).searcher() as searcher:
        rows = list(searcher.docs_for_query(Term("text", "mass")))
        assert len(rows) == 1
        assert searcher.reader().column_reader("document")[rows[0]] == document.pk


def test_haystack_slices_are_exact() -> None:
    """R6: stock Haystack answers [7:12] with 6–10 and repeats hits on the last page."""
    documents = [make_document(f"word {number}") for number in range(13)]
    indexer.catch_up()
    everything = SearchQuerySet().filter(content="word").order_by("document")
    pks = [int(result.pk) for result in everything[0:13]]
    assert len(set(pks)) == len(documents)
    for start in range(14):
        for end in range(start + 1, 16):
            part = SearchQuerySet().filter(content="word").order_by("document")[start:end]
            assert [int(result.pk) for result in part] == pks[start:end]


def test_match_all_is_no_wildcard() -> None:
    """R9."""
    make_document("one", "two")
    indexer.catch_up()
    assert SearchQuerySet().count() == 2
    assert SearchQuerySet().filter(content="*").count() == 0


def test_directions_of_orders_may_differ() -> None:
    """R18."""
    old, new = make_document("word", "word", year=2001), make_document("word", year=2002)
    indexer.catch_up()
    rows = SearchQuerySet().filter(content="word").order_by("-date", "ordinal")
    sections = [*new.sections.all(), *old.sections.order_by("ordinal")]
    assert [int(row.pk) for row in rows] == [section.pk for section in sections]


@pytest.mark.parametrize("value", [Raw("text:word"), AutoQuery("word"), 5])
def test_raw_queries_are_refused(value: object) -> None:
    """R15: no reader's text reaches a parser of the engine."""
    indexer.catch_up()
    with pytest.raises(SearchBackendError):
        len(SearchQuerySet().filter(content=value))
    with pytest.raises(SearchBackendError):
        len(SearchQuerySet().raw_search("word"))


@pytest.mark.parametrize(
    "condition",
    [SQ(nonsense="x"), SQ(themes__startswith="x"), SQ(year__contains=2), SQ(content__fuzzy="x")],
)
def test_what_the_engine_cannot_do_is_an_error_and_not_an_empty_answer(condition: SQ) -> None:
    indexer.catch_up()
    with pytest.raises(SearchBackendError):
        len(SearchQuerySet().filter(condition))


def test_text_of_fields_cannot_be_a_facet() -> None:
    indexer.catch_up()
    with pytest.raises(SearchBackendError):
        SearchQuerySet().facet("title").facet_counts()


def test_nested_conditions_mean_what_they_say() -> None:
    rows = {name: make_document(text).pk for name, text in {"ab": "a b", "a": "a", "b": "b", "none": "c"}.items()}
    indexer.catch_up()

    def names(*conditions: SQ) -> str:
        asked = SearchQuerySet()
        for condition in conditions:
            asked = asked.filter(condition)
        sections = Section.objects.filter(pk__in=[row.pk for row in asked]).values_list("document_id", flat=True)
        return " ".join(name for name, document in rows.items() if document in sections)

    a, b = SQ(content=Exact("a")), SQ(content=Exact("b"))
    assert names(a & b) == "ab"
    assert names(a | b) == "ab a b"
    assert names(a, b) == "ab"
    assert names(~a) == "b none"
    assert names(~(a | b)) == "none"
    assert names(~(a & b)) == "a b none"
    assert names(a & ~b) == "a"
    assert names(~a, ~b) == "none"
    assert names(~(~a)) == "ab a"
    assert names((a | b) & ~(a & b)) == "a b"


def test_a_reader_needs_no_right_to_write() -> None:
    """R21. The superuser may write anywhere, so that nothing is written is seen from the files."""
    document = make_document("word")
    indexer.catch_up()
    root = settings.INDEX_DIR
    before = {path: path.stat().st_mtime_ns for path in [root, *root.rglob("*")]}
    for path in before:
        path.chmod(0o555 if path.is_dir() else 0o444)
    connections.reload("default")
    try:
        assert found(search(SearchParams(q="word"))) == [(document.pk, 0)]
        assert {path: path.stat().st_mtime_ns for path in [root, *root.rglob("*")]} == before
    finally:
        for path in before:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_no_file_stays_open_after_a_thread_has_ended() -> None:
    """R22."""
    make_document("word")
    indexer.catch_up()

    def opened() -> list[str]:
        links = [str(link.resolve()) for link in Path("/proc/self/fd").iterdir()]
        return sorted(link for link in links if str(settings.INDEX_DIR) in link)

    backend().reading.close()
    before = opened()
    seen: list[int] = []

    def read() -> None:
        seen.append(SearchQuerySet().count())

    for _ in range(5):
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert seen == [1] * 5
    assert opened() == before


def test_words_of_the_title_weigh_too() -> None:
    plain, titled = make_document("patrol by day", title="A"), make_document("patrol by day", title="Patrol")
    assert [document for document, _ in found(ask("patrol"))] == [titled.pk, plain.pk]
