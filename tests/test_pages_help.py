"""The help page for searching: each of its examples finds, in the founding documents, what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from archive.actions.founding import take_in_founding_documents
from archive.models import Document
from archive.reader.search_help import Operator, groups
from archive.search import SearchPage, SearchParams, indexer, search
from archive.search.lexing import FIELDS, OPERATORS
from archive.search.matching import marks
from archive.search.query import CHARACTERS, PREFIXES, SLOP, TERMS
from archive.search.understanding import understood
from tests.page_rows import Page

OPERATORS_SHOWN = [operator for group in groups() for operator in group.operators]


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder")
def test_every_example_finds_what_the_page_says(subtests: pytest.Subtests) -> None:
    assert len(list(take_in_founding_documents())) == 5
    indexer.rebuild()
    for operator in OPERATORS_SHOWN:
        with subtests.test(operator.write):
            page = search(SearchParams(q=operator.write, page_size=200))
            assert page.notice == ""
            assert missed(operator, page) == []
            assert not operator.all_found or files(page) == {text.file for text in operator.finds}


def files(page: SearchPage) -> set[str]:
    return {hit.section.document.upload.name for hit in page.hits}


def missed(operator: Operator, page: SearchPage) -> list[str]:
    """What the page promises and the search does not find: texts, and words that are marked in them."""
    found = Document.objects.filter(pk__in={hit.section.document_id for hit in page.hits})
    tree = understood(operator.write).tree
    marked = {span.of(document.text).casefold() for document in found for span in marks(tree, document.text)}
    texts = [text.file for text in operator.finds if text.file not in files(page)]
    return texts + [words for words in operator.marks if words not in marked]


def test_every_operator_and_field_has_an_example() -> None:
    written = " ".join(operator.write for operator in OPERATORS_SHOWN)
    for sign in (*OPERATORS, '"', "*", "~", " -", "(", "..", *(f"{field}:" for field in set(FIELDS.values()))):
        assert sign in written


def test_every_text_of_the_page_is_a_founding_document() -> None:
    folder = Path(__file__).resolve().parent.parent / "archive" / "founding_documents"
    for operator in OPERATORS_SHOWN:
        for text in operator.finds:
            assert (folder / text.file).is_file()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "expected"), [("en", "Every word that begins so."), ("zh-CN", "以此开头的所有单词。")]
)
def test_the_page_says_it_in_the_readers_language(client: Client, language: str, expected: str) -> None:
    page = Page(client.get("/help/search/", headers={"accept-language": language}))
    assert page.read.mistakes == []
    assert expected in page.words
    for operator in OPERATORS_SHOWN:
        assert operator.write in page.words
    assert "/search/?q=mediat%2A" in page.links()


@pytest.mark.django_db
def test_the_limits_are_those_of_the_search(client: Client) -> None:
    words = Page(client.get("/help/search/")).words
    for limit in (CHARACTERS, TERMS, PREFIXES, SLOP):
        assert f"t most {limit} " in words


@pytest.mark.django_db
def test_the_page_needs_no_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/help/search/").status_code == 200
