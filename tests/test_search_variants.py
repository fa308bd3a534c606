"""Variants: what a query is widened by, what is only offered, and how both are chosen."""

from __future__ import annotations

import pytest

from archive.models import Actor, Formulation, Occurrence
from archive.search import SearchParams, Variants, indexer, search
from archive.search.expansion import OFFERED, SEARCHED, Families, Family, Kind, expand
from archive.search.families import families, made_in
from archive.search.matching import marks
from archive.search.query import parse
from archive.search.tree import Leaf, Phrase, leaves
from archive.search.understanding import understood
from tests.search_fixtures import ask, direct, found, index_folder, make_document  # noqa: F401 - a fixture

LAMP = Family(
    Kind.FORMULATION,
    ("the last lamp", "final lantern", "the last lamp of the night", "最后一盏灯", "末灯", "最后一盏灯行动"),
)
RUNNERS = Family(Kind.ACTOR, ("lamp runners", "lantern carriers", "提灯人"))
NUMBER = Family(Kind.SPELLING, ("110", "1 10"))
KNOWN = Families([LAMP, RUNNERS, NUMBER])


def said(leaf: Leaf) -> str:
    text = getattr(leaf, "text", str(leaf))
    return f'"{text}"' if isinstance(leaf, Phrase) else text


def widened(q: str, chosen: Variants = Variants()) -> list[str]:  # noqa: B008 - a value, never changed
    return [said(leaf) for leaf in leaves(expand(parse(q).tree, KNOWN, chosen).tree)]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ('"last lamp"', ['"last lamp"', '"final lantern"']),
        ('"The Last Lamp"', ['"The Last Lamp"', '"final lantern"']),
        ("last lamp", ["last", "lamp", '"final lantern"']),
        ("final lantern", ["final", "lantern", '"the last lamp"']),
        ("last lamp -winter", ["last", "lamp", '"final lantern"', "winter"]),
        ("(last lamp) OR winter", ["last", "lamp", '"final lantern"', "winter"]),
        ('winter "final lantern"', ["winter", '"final lantern"', '"the last lamp"']),
        ("最后一盏灯", ["最后一盏灯", '"末灯"']),
        ("末灯 冬天", ["末灯", '"最后一盏灯"', "冬天"]),
        ("1 10", ['"1 10"', '"110"']),
        ("110", ["110", '"1 10"']),
        ("１１０", ["１１０", '"1 10"']),
        # not exactly a form, or not to be widened
        ("last lamp winter", ["last", "lamp", "winter"]),
        ('"last lamps"', ['"last lamps"']),
        ('-"last lamp" winter', ['"last lamp"', "winter"]),
        ("lamp runners", ["lamp", "runners"]),
        ('"last lamp"~3', ["last lamp"]),
        ("last", ["last"]),
        ("", []),
    ],
)
def test_what_a_query_is_widened_by(q: str, expected: list[str]) -> None:
    assert widened(q) == expected


def test_words_in_titles_stay_as_typed() -> None:
    tree = parse('title:"last lamp"').tree
    assert expand(tree, KNOWN, Variants()).tree == tree


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Variants(exact=True), ['"last lamp"']),
        (Variants(without=("final lantern",)), ['"last lamp"']),
        (Variants(without=("something else",)), ['"last lamp"', '"final lantern"']),
        (Variants(added=("末灯",)), ['"last lamp"', '"final lantern"', '"末灯"']),
        (Variants(exact=True, added=("最后一盏灯",)), ['"last lamp"', '"最后一盏灯"']),
        (Variants(added=("no form of it",)), ['"last lamp"', '"final lantern"']),
    ],
)
def test_the_reader_chooses(chosen: Variants, expected: list[str]) -> None:
    assert widened('"last lamp"', chosen) == expected


def test_what_is_offered() -> None:
    made = expand(parse('"last lamp"').tree, KNOWN, Variants())
    assert [variant.form for variant in made.searched] == ["final lantern"]
    assert [variant.form for variant in made.offered] == ["最后一盏灯", "末灯"]
    assert {variant.of for variant in (*made.searched, *made.offered)} == {"last lamp"}
    made = expand(parse('"last lamp"').tree, KNOWN, Variants(without=("final lantern",)))
    assert made.searched == ()
    assert made.offered[0].form == "final lantern"
    actors = expand(parse("lamp runners").tree, KNOWN, Variants())
    assert [(variant.form, variant.kind) for variant in actors.offered] == [
        ("lantern carriers", "actor"),
        ("提灯人", "actor"),
    ]


def test_variants_are_bounded() -> None:
    many = Families([Family(Kind.FORMULATION, tuple(f"form {number}" for number in range(200)))])
    made = expand(parse('"form 1" OR "form 2"').tree, many, Variants())
    assert len(made.searched) == SEARCHED
    assert len(made.offered) <= 2 * OFFERED[Kind.FORMULATION]


@pytest.mark.django_db
def test_the_lexicon_is_known() -> None:
    assert {family.kind for family in families().of("群众路线")} == {Kind.FORMULATION}
    assert {family.kind for family in families().of("1 10")} == {Kind.SPELLING}


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder")
class TestInTheArchive:
    def test_variants_are_found_marked_and_named(self) -> None:
        typed = make_document("The Fengqiao experience.")
        other = make_document("The Maple Bridge experience.")
        page = ask('"Fengqiao experience"')
        assert sorted(found(page)) == [(typed.pk, 0), (other.pk, 0)]
        marked = {span.of(hit.snippet.text) for hit in page.hits for span in hit.snippet.hits}
        assert marked == {"Fengqiao experience", "Maple Bridge experience"}
        assert "Maple Bridge experience" in [variant.form for variant in page.searched]
        assert "枫桥经验" in [variant.form for variant in page.offered]

    def test_one_click_takes_a_variant_away_or_adds_one(self) -> None:
        typed, other, chinese = map(make_document, ["Fengqiao experience", "Maple Bridge experience", "枫桥经验"])
        q = '"Fengqiao experience"'
        assert found(ask(q, variants=Variants(without=("Maple Bridge experience",)))) == [(typed.pk, 0)]
        assert found(ask(q, variants=Variants(exact=True))) == [(typed.pk, 0)]
        assert len(found(ask(q, variants=Variants(added=("枫桥经验",))))) == 3
        assert other.pk != chinese.pk

    def test_110_however_it_is_spelt(self) -> None:
        made = [make_document(text) for text in ("Call 110 at once.", "The 1 10 police.", "On page 1 of 10.")]
        for q in ("110", "1 10", '"1 10"'):
            assert sorted(found(ask(q))) == [(made[0].pk, 0), (made[1].pk, 0)]

    def test_a_page_marks_what_the_search_found(self) -> None:
        text = "The Fengqiao model."
        assert [span.of(text) for span in marks(understood('"Fengqiao experience"').tree, text)] == ["Fengqiao model"]
        assert marks(understood('"Fengqiao experience"', Variants(exact=True)).tree, text) == ()

    def test_names_of_the_archive_count_once_they_are_published(self) -> None:
        known = Formulation.objects.create(slug="lamp", text_en="the last lamp", variants=["final lantern"])
        hidden = make_document("The final lantern", published=False)
        occurrence = {"start": 0, "end": 17, "quote": "The final lantern", "rule": "test", "stage_version": 1}
        Occurrence.objects.create(document=hidden, formulation=known, **occurrence)
        assert ask("last lamp").searched == ()
        shown = make_document("The final lantern")
        Occurrence.objects.create(document=shown, formulation=known, **occurrence)
        made_in.cache_clear()
        page = ask("last lamp")
        assert [variant.form for variant in page.searched] == ["final lantern"]
        assert found(page) == [(shown.pk, 0)]

    def test_actors_are_offered_under_their_other_names(self) -> None:
        document = make_document("Lamp runners must run.")
        direct(document, 0, 22, actor="runners")
        Actor.objects.filter(slug="runners").update(name_en="lamp runners", aliases=["lantern carriers"])
        made_in.cache_clear()
        page = ask("lamp runners")
        assert [variant.form for variant in page.offered] == ["runners", "lantern carriers"]
        assert page.searched == ()

    def test_without_an_index_variants_are_searched_too(self) -> None:
        document = make_document("The Maple Bridge experience.")
        page = search(SearchParams(q='"Fengqiao experience"'))
        assert page.notice
        assert found(page) == [(document.pk, 0)]
        assert page.searched
        indexer.catch_up()
