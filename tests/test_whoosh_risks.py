"""What stock Haystack on Whoosh gets wrong, row by row, and the test that keeps each from coming back.

Rows without a test elsewhere have it here. RISKS is the table; it is tested that it has no gap.
"""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from haystack import connections
from haystack.query import SearchQuerySet

from archive.models import Theme
from archive.reader.rendering import snippet
from archive.search import SearchParams, search
from tests.search_fixtures import ask, direct, found, index_folder, make_document  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]

ENGINE, SERVICE = "tests.test_engine", "tests.test_search"
GENERATIONS, DAMAGE = "tests.test_search_generations", "tests.test_search_damage"
HERE = "tests.test_whoosh_risks"

RISKS: dict[int, tuple[str, tuple[str, ...]]] = {
    1: (
        "rebuild_index deletes the live index first",
        (
            f"{GENERATIONS}:test_readers_never_see_half_an_index",
            f"{GENERATIONS}:test_haystacks_own_commands_leave_the_index_alone",
        ),
    ),
    2: ("a missing index is made anew, empty", (f"{GENERATIONS}:test_an_index_is_never_made_by_a_reader",)),
    3: (
        "a corrupt segment is an error for readers",
        (f"{DAMAGE}:test_a_damaged_generation_is_passed_over_then_built_anew",),
    ),
    4: ("locks; writes that are slow or lost", (f"{GENERATIONS}:test_there_is_one_indexer_and_one_build_at_a_time",)),
    5: ("the index differs from the database", (f"{SERVICE}:test_a_section_that_is_gone_is_left_out",)),
    6: (
        "the last page is wrong",
        (
            f"{ENGINE}:test_haystack_slices_are_exact",
            f"{SERVICE}:test_no_hit_is_lost_or_repeated_whatever_the_page_size",
        ),
    ),
    7: ("facets are stemmed words", ("tests.test_search_facets:test_slugs_are_counted_as_they_are",)),
    8: ("commas split values", (f"{HERE}:test_r8_a_slug_has_no_comma",)),
    9: ("match-all is a wildcard", (f"{ENGINE}:test_match_all_is_no_wildcard",)),
    10: ("Chinese is not found", (f"{HERE}:test_r10_chinese_words_are_found_in_running_text",)),
    11: ("characters that do not touch match", (f"{HERE}:test_r11_characters_of_a_word_stand_together",)),
    12: ("no extract of Chinese", (f"{SERVICE}:test_a_match_deep_in_a_long_section_has_its_extract",)),
    13: ("no extract after 32,768 characters", (f"{SERVICE}:test_a_match_deep_in_a_long_section_has_its_extract",)),
    14: ("quotes drop small words", (f"{HERE}:test_r14_a_slogan_with_small_words_is_exact",)),
    15: (
        "operators are dropped in silence",
        (f"{HERE}:test_r15_operators_mean_what_they_say", f"{ENGINE}:test_raw_queries_are_refused"),
    ),
    16: ("extracts are not escaped", (f"{HERE}:test_r16_an_extract_is_escaped",)),
    17: ("spelling suggestions are slow", (f"{HERE}:test_r17_spellings_are_looked_for_only_where_nothing_is_found",)),
    18: ("orders in both directions are refused", (f"{ENGINE}:test_directions_of_orders_may_differ",)),
    19: (
        "a page asks the engine again and again",
        (f"{HERE}:test_r19_a_page_asks_the_engine_a_fixed_number_of_times",),
    ),
    20: (
        "an index of another version is used",
        (f"{DAMAGE}:test_a_damaged_generation_is_passed_over_then_built_anew",),
    ),
    21: ("readers need the right to write", (f"{ENGINE}:test_a_reader_needs_no_right_to_write",)),
    22: ("files stay open", (f"{ENGINE}:test_no_file_stays_open_after_a_thread_has_ended",)),
    23: (
        "update_index --remove empties the index",
        (f"{GENERATIONS}:test_haystacks_own_commands_leave_the_index_alone",),
    ),
}


def test_every_risk_has_a_test() -> None:
    assert sorted(RISKS) == list(range(1, 24))


@pytest.mark.parametrize("test", sorted({test for _, tests in RISKS.values() for test in tests}))
def test_the_tests_of_the_table_are_there(test: str) -> None:
    module, name = test.split(":")
    assert callable(getattr(import_module(module), name))


def test_r8_a_slug_has_no_comma() -> None:
    """The database refuses one, so nothing could split it."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Theme.objects.create(key="work,mobilisation", name_en="a", name_zh="b")


@pytest.mark.parametrize("q", ["公安", "群众", "群众路线", "公安机关坚持群众路线", "走"])
def test_r10_chinese_words_are_found_in_running_text(q: str) -> None:
    document = make_document("公安机关坚持群众路线，走访群众。", language="zh")
    assert found(ask(q)) == [(document.pk, 0)]


def test_r11_characters_of_a_word_stand_together() -> None:
    make_document("安全第一，公平正义。公\n安。", language="zh")
    right = make_document("公安机关。", language="zh")
    assert found(ask("公安")) == [(right.pk, 0)]


def test_r14_a_slogan_with_small_words_is_exact() -> None:
    right = make_document("Power to the people.", "To be or not to be. W-2 forms.")
    make_document("Power people.", "Be.")
    assert found(ask('"power to the people"')) == [(right.pk, 0)]
    assert found(ask('"to be or not to be"')) == [(right.pk, 1)]
    assert found(ask("W-2")) == [(right.pk, 1)]


@pytest.mark.parametrize(
    ("q", "sections"),
    [
        ("mass OR fengqiao", {0, 1}),
        ("mass NOT fengqiao", {0}),
        ("fengqiao AND (circular OR line)", {1}),
        ("fengq*", {1}),
        ("title:circular fengqiao", {1}),
    ],
)
def test_r15_operators_mean_what_they_say(q: str, sections: set[int]) -> None:
    make_document("The mass line.", "Circular on Fengqiao.", title="Circular")
    assert {ordinal for _, ordinal in found(ask(q))} == sections


def test_r16_an_extract_is_escaped() -> None:
    make_document('The masses <img src=x onerror="alert(1)"> and <script>')
    html = snippet(ask("masses").hits[0].snippet)
    assert "<mark>masses</mark> &lt;img src=x" in html
    assert Template("{{ html }}").render(Context({"html": html})).count("<") == 2


def test_r17_spellings_are_looked_for_only_where_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    make_document("Officers patrol.")
    ask("patrol")
    backend = connections["default"].get_backend()
    asked: list[str] = []
    words = type(backend).words
    monkeypatch.setattr(
        type(backend), "words", lambda self, start, most: asked.append(start) or words(self, start, most)
    )
    assert search(SearchParams(q="patrol offcers OR patrol")).nothing is None
    assert asked == []
    assert search(SearchParams(q="offcers")).nothing is not None
    assert asked == ["o"]


@pytest.mark.parametrize("documents", [1, 12])
def test_r19_a_page_asks_the_engine_a_fixed_number_of_times(documents: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(documents):
        document = make_document(f"Patrol {number}.", themes=["visits"], year=2000 + number)
        direct(document, 0, 6, actor=f"actor-{number}")
    ask("patrol")
    backend = connections["default"].get_backend()
    asked: list[object] = []
    answer = type(backend).search
    monkeypatch.setattr(
        type(backend), "search", lambda self, *args, **kwargs: asked.append(1) or answer(self, *args, **kwargs)
    )
    search(SearchParams(q="patrol"))
    assert len(asked) == 2  # the hits with all facets, and all there is in each year
    asked.clear()
    search(SearchParams(q="patrol", themes=("visits",), actors=("actor-0",)))
    assert len(asked) == 4  # and each facet in which something is chosen
    assert SearchQuerySet().count() == documents
