"""Nothing found: what was understood, what each part finds, other spellings, and what filters hide."""

from __future__ import annotations

import pytest

from archive.search import Grain, SearchPage, SearchParams, Variants, search
from archive.search.page import Nothing
from archive.search.query import parse
from archive.search.spelling import distance, similar
from archive.search.tree import leaves
from archive.search.wording import as_typed, in_words, leaf_in_words
from tests.search_fixtures import ask, direct, index_folder, make_document  # noqa: F401 - a fixture


@pytest.mark.parametrize(
    ("one", "other", "most", "expected"),
    [
        ("police", "police", 2, 0),
        ("police", "polcie", 2, 1),
        ("police", "polise", 2, 1),
        ("police", "polie", 2, 1),
        ("police", "poolicee", 2, 2),
        ("police", "malice", 2, 2),
        ("police", "mice", 2, 3),
        ("police", "fire", 1, 2),
        ("", "ab", 2, 2),
        ("a", "bcd", 1, 2),
    ],
)
def test_distance(one: str, other: str, most: int, expected: int) -> None:
    assert distance(one, other, most) == distance(other, one, most) == expected


def test_similar_words_come_nearest_first() -> None:
    known = ["patrol", "patrols", "petrol", "parole", "control", "patrolling"]
    assert similar("patrol", known, 5) == ["patrols", "petrol", "parole"]
    assert similar("patroll", known, 5) == ["patrol", "patrols", "parole", "petrol"]
    assert similar("cat", ["cut", "coat", "dog", "ct", "cart"], 2) == ["cart", "coat"]
    assert similar("zebra", known, 5) == []


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("", ""),
        ("mass", "the word “mass”"),
        ('mass "the line" -police', "the word “mass” and exactly “the line” and not the word “police”"),
        ("(a OR b) c", "(the word “a” or the word “b”) and the word “c”"),
        ("medi*", "a word that begins with “medi”"),
        ('"a b"~5', "“a b” with at most 5 other words between"),
        ("title:visit theme:visits", "the word “visit” in the title and theme: visits"),
        ("year:2009", "year: 2009"),
        ("year:2009..", "year from 2009"),
        ("year:..2009", "year until 2009"),
        ("year:2009..2011", "year from 2009 to 2011"),
    ],
)
def test_a_query_in_words(q: str, words: str) -> None:
    assert in_words(parse(q).tree) == words


@pytest.mark.parametrize(
    "q",
    [
        *("mass", "well-being", "公安", "公*", "medi*", '"the line"', "“他说「好」”", '"他说“好”"', '"a b"~5'),
        *("title:visit", 'title:"mass line"', "title:vis*", 'source:"Ministry of Public Security"', "theme:visits"),
        *("number:公通字〔2013〕12号", "year:2009", "year:2009..", "year:..2009", "date:2009-03", "date:2009-03..2010"),
    ],
)
def test_a_part_of_a_query_is_a_query_that_means_the_same(q: str) -> None:
    (leaf,) = leaves(parse(q).tree)
    again = parse(as_typed(leaf))
    assert again.warnings == ()
    (same,) = leaves(again.tree)
    assert leaf_in_words(same) == leaf_in_words(leaf)
    assert type(same) is type(leaf)


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder")
class TestNothing:
    def why(self, q: str, **filters: object) -> Nothing:
        page: SearchPage = ask(q, **filters)
        assert page.total == 0
        assert page.nothing is not None
        return page.nothing

    @pytest.mark.parametrize("grain", list(Grain))
    def test_each_part_by_itself(self, grain: Grain) -> None:
        for number in range(3):
            direct(make_document("Officers patrol here." if number else "Stations patrol here."), 0, 21)
        assert ask("patrol", grain=grain).nothing is None
        why = self.why("stations officers -here zebra", grain=grain)
        assert [(part.words, part.q, part.count) for part in why.alone] == [
            ("the word “stations”", "stations", 1),
            ("the word “officers”", "officers", 2),
            ("the word “zebra”", "zebra", 0),
        ]
        assert self.why("zebra").alone == ()

    def test_filters_are_kept_and_their_part_is_told(self) -> None:
        make_document("Officers patrol.", themes=["visits"], year=2009)
        make_document("Stations rest.", themes=["service"], year=2010)
        why = self.why("patrol zebra", themes=("service",))
        assert [part.count for part in why.alone] == [0, 0]
        assert why.without_filters == 0
        assert self.why("patrol", themes=("service",)).without_filters == 1
        assert self.why("", themes=("petitions",)).without_filters == 2
        assert self.why("patrol zebra").without_filters is None

    @pytest.mark.parametrize("variants", [Variants(), Variants(exact=True)])
    @pytest.mark.parametrize("grouped", [True, False])
    @pytest.mark.parametrize("grain", list(Grain))
    def test_each_number_is_that_of_the_page_it_leads_to(self, grain: Grain, grouped: bool, variants: Variants) -> None:
        made = make_document("The Fengqiao experience.", "The Maple Bridge experience.", "Lanterns.", themes=["visits"])
        direct(made, 0, 20)
        make_document("Lanterns.", "Lanterns.", themes=["service"])
        more = {"grain": grain, "grouped": grouped, "variants": variants}
        why = self.why('"Fengqiao experience" lantern zebra theme:visits', themes=("visits",), **more)
        for part in why.alone:
            assert ask(part.q, themes=("visits",), **more).total == part.count, part.q
        why = self.why("lantern", themes=("petitions",), **more)
        assert why.without_filters == ask("lantern", **more).total

    @pytest.mark.parametrize(
        ("q", "suggestions"),
        [
            ("offciers", ("officers",)),
            ("patrl officers", ("patrol officers",)),
            ('"offcers patrol"', ('"officers patrol"',)),
            ("offciers patrll", ("officers patrol",)),
            ("patrol offciers OR zzzzzz", ("patrol officers OR zzzzzz",)),
            ("zzzzzz", ()),
            ("titel:notice patrol", ("title:notice patrol",)),
            ("foo:zzz patrol", ()),
            ("officerspatrol", ("officers patrol",)),
            ("nightofficers patrl", ("night officers patrol",)),
            ("走訪", ()),
            ("of", ()),
        ],
    )
    def test_other_spellings(self, q: str, suggestions: tuple[str, ...]) -> None:
        make_document("Officers patrol day and night.")
        assert self.why(q).suggestions == suggestions

    def test_what_was_left_out_is_not_said_to_be_searched_for(self) -> None:
        make_document("Officers patrol.")
        why = self.why("officers zebra (theme:nonsense OR -kind:nonsense)")
        assert why.understood == "the word “officers” and the word “zebra”"
        assert [part.q for part in why.alone] == ["officers", "zebra"]

    def test_what_is_not_published_any_more_is_not_suggested(self) -> None:
        make_document("Secret lanterns.", published=False)
        make_document("Officers patrol.")
        assert self.why("lantrens").suggestions == ()

    def test_a_page_beyond_the_last_is_not_nothing(self) -> None:
        make_document("Officers patrol.")
        page = search(SearchParams(q="patrol", page=7))
        assert (page.hits, page.nothing) == ((), None)
