"""Queries of death: each is answered, or said to be cut, and the work that it makes is bounded."""

from __future__ import annotations

import pytest
from haystack.query import SearchQuerySet

from archive.search import Grain, SearchPage, SearchParams, search
from archive.search.expansion import SEARCHED
from archive.search.families import families
from archive.search.nothing import PARTS
from archive.search.query import CHARACTERS, PREFIXES, TERMS, parse
from archive.search.tree import Prefix, leaves
from archive.search.understanding import understood
from tests.search_fixtures import ask, found, index_folder, make_document  # noqa: F401 - a fixture

DEATH = {
    "10,000 characters": "police " * 1429,
    "one word of 10,000 characters": "p" * 10_000,
    "10,000 Chinese characters": "群众路线" * 2500,
    "500 OR": " OR ".join(f"word{number}" for number in range(500)),
    "500 quotes": " ".join(f'"word {number}"' for number in range(500)),
    "*a*": "*a*",
    "a* b* c*": "a* b* c*",
    "prefixes": " OR ".join(f"{a}{b}*" for a in "abcdefghij" for b in "klmnopqrst"),
    "200 brackets": "(" * 200 + "police" + ")" * 200,
    "200 brackets that stay open": "(" * 200 + "police",
    "200 NOT": "NOT " * 200 + "police",
    "nearness": " ".join('"the of to and in"~50' for _ in range(60)),
    "names": " ".join("mass line OR" for _ in range(200)),
    "fields": " ".join("theme:visits OR" for _ in range(200)),
    "wrong spellings": " ".join(f"polcie{number}" for number in range(200)),
    "nothing at all": "\ud800\u202e" * 3000,
}
DEATH |= {f"{name}, cut": q[:CHARACTERS] for name, q in DEATH.items() if len(q) > CHARACTERS}


@pytest.mark.parametrize("q", DEATH.values(), ids=DEATH.keys())
def test_the_tree_is_bounded(q: str) -> None:
    tree = parse(q).tree
    every = list(leaves(tree))
    assert len(every) <= TERMS
    assert sum(isinstance(leaf, Prefix) for leaf in every) <= PREFIXES


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder")
class TestAnswers:
    @pytest.mark.parametrize("q", DEATH.values(), ids=DEATH.keys())
    def test_a_query_of_death_is_answered_and_the_next_one_too(self, q: str) -> None:
        document = make_document("Police visit.", "群众路线", title="A")
        for grain in Grain:
            page: SearchPage = ask(q, grain=grain)
            assert page.notice == ""
            assert page.total == len(page.hits)
        assert found(search(SearchParams(q="police"))) == [(document.pk, 0)]

    def test_what_was_cut_is_said(self) -> None:
        for name in ("10,000 characters", "500 OR, cut", "*a*", "a* b* c*", "prefixes", "200 brackets"):
            assert ask(DEATH[name]).warnings, name

    def test_variants_do_not_make_it_grow(self) -> None:
        assert families().of("mass line")
        made = understood(" OR ".join('"Fengqiao experience"' for _ in range(24)))
        assert len(list(leaves(made.tree))) <= TERMS + SEARCHED
        assert len(made.searched) <= SEARCHED

    def test_nothing_found_asks_a_bounded_number_of_questions(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_document("Police visit.")
        ask("police")
        asked: list[int] = []
        count = SearchQuerySet.__len__
        monkeypatch.setattr(SearchQuerySet, "__len__", lambda found: asked.append(1) or count(found))
        page = search(SearchParams(q=" ".join(f"polcie{number}" for number in range(60))))
        assert page.nothing is not None
        assert len(page.nothing.alone) <= PARTS
        assert len(asked) < 3 * PARTS
