"""Thirteen documents for the properties of search, and strategies for queries and filters over them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples
from hypothesis import strategies as st

from archive.models import Document
from archive.search import Grain, indexer
from tests.search_fixtures import direct, make_document

WORDS = ["mass", "line", "masses", "police", "the", "公安", "群众", "路线", "visit"]
SAME_ROWS = examples(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def documents(db: None) -> list[Document]:
    """Thirteen documents in which the words are spread unevenly."""
    made = []
    for number in range(13):
        texts = [
            f"{' '.join(WORDS[(number * 3 + part * 5 + i) % 9] for i in range(number % 4 + 1))}.\n"
            for part in range(number % 3 + 1)
        ]
        made.append(
            make_document(
                *texts,
                title=f"Title {number % 5}",
                year=2008 + number % 4 if number % 5 else None,
                themes=[["visits"], ["service"], ["visits", "service"], []][number % 4],
                kind=["notice", "essay", "plan"][number % 3],
                language="zh" if number % 6 == 0 else "en",
                issuer=["mps", "bureau", ""][number % 3],
                found_at=["joke-site", ""][number % 2],
            )
        )
        direct_some(made[-1], number)
    indexer.catch_up()
    return made


def direct_some(document: Document, number: int) -> None:
    """Some directives, several in one section among them; the last is rejected and must not be seen."""
    for place in range(min(number % 4, len(document.text) - 1)):
        direct(
            document,
            place,
            len(document.text) - place,
            modality=["obligation", "prohibition", "recommendation"][(number + place) % 3],
            actor=["stations", "officers", ""][(number * place) % 3],
            themes=[["visits"], ["petitions", "service"], []][(number + place) % 3],
            status="rejected" if place == 2 else "suggested",
        )


def leafs() -> st.SearchStrategy[str]:
    words = st.sampled_from(WORDS)
    return st.one_of(
        words,
        st.lists(words, min_size=1, max_size=3).map(lambda some: f'"{" ".join(some)}"'),
        words.map(lambda word: f"{word[:2]}*"),
        st.tuples(words, words, st.integers(0, 3)).map(lambda some: f'"{some[0]} {some[1]}"~{some[2]}'),
        st.sampled_from(["title:title", "title:3"]),
    )


QUERIES = st.recursive(
    leafs(),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        inner.map(lambda one: f"(NOT {one})"),
    ),
    max_leaves=6,
)
FILTERS = st.fixed_dictionaries(
    {
        "themes": st.sampled_from([(), ("visits",), ("visits", "service"), ("petitions",)]),
        "sources": st.sampled_from([(), (), ("mps",), ("joke-site", "bureau")]),
        "issuers": st.sampled_from([(), (), ("mps",)]),
        "places": st.sampled_from([(), (), (), ("joke-site",)]),
        "actors": st.sampled_from([(), (), ("stations",), ("stations", "officers")]),
        "modalities": st.sampled_from([(), (), ("prohibition",), ("obligation", "recommendation")]),
        "languages": st.sampled_from([(), ("zh",)]),
        "kinds": st.sampled_from([(), ("essay",), ("essay", "plan")]),
        "year_from": st.sampled_from([None, 2009]),
        "year_to": st.sampled_from([None, 2009, 2010]),
    }
)
GRAINS = st.sampled_from(list(Grain))
