"""Words, folding, hits and extracts, on plain text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.folding import fold
from archive.search.arrays.fields import Occurrences, Runs, by_term
from archive.search.finding import CERTAIN
from archive.search.matching import marks, matches, satisfies
from archive.search.page import Snippet
from archive.search.query import parse
from archive.search.sections import searchable
from archive.search.snippets import WIDTH, WIDTH_HAN, snippet
from archive.search.spacing import INVISIBLE, closed
from archive.search.tokens import _kept_apart, number_key, occurrences, stem, terms, tokens, units

SCRIPTS = st.text(alphabet="ab C’'-é\u0301ß１Ａ㈠公安，羣眾。乾\n", max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Mass Line", "mass line"),
        ("１１０ ＡＢＣ", "110 abc"),
        ("羣眾路線", "群众路线"),
        ("答覆，瞭解計畫；警衞執著", "答复,了解计划;警卫执着"),
        ("naïve cafe\u0301", "naive cafe"),
        ("people’s", "people's"),
        ("㈠ ⑿ …", "一 12 …"),
        ("po\u00adlice", "police"),
        ("한국", "한국"),
        ("が", "が"),
        ("\ud800a", " a"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(SCRIPTS | st.text() | st.text(min_size=50, alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_each_character_is_folded_by_itself(text: str) -> None:
    assert fold(text).text == "".join(fold(character).text for character in text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("… — !", []),
        ("The people’s police, W-2 (G20)", ["The", "people’s", "police", "W", "2", "G20"]),
        ("cafe\u0301 naïve", ["cafe\u0301", "naïve"]),
        ("110报警", ["110", "报", "警"]),
        ("snake_case", ["snake", "case"]),
        ("㈠总", ["㈠", "总"]),
    ],
)
def test_words_of_a_text_as_typed(text: str, words: list[str]) -> None:
    assert [token.span.of(text) for token in tokens(text)] == words


def test_only_han_characters_that_touch_have_neighbouring_numbers() -> None:
    assert [(token.text, token.position) for token in tokens("公安，机关 110 报\n警")] == [
        ("公", 0),
        ("安", 1),
        ("机", 3),
        ("关", 4),
        ("110", 5),
        ("报", 6),
        ("警", 8),
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("公", [("公", 0)]),
        ("公安", [("公安", 0)]),
        ("公安机关", [("公安", 0), ("安机", 1), ("机关", 2)]),
        ("拨打110报警", [("拨打", 0), ("110", 2), ("报警", 3)]),
        ("一，二", [("一", 0), ("二", 2)]),
        ("W-2", [("w", 0), ("2", 1)]),
    ],
)
def test_a_query_asks_for_pairs_of_han_characters(text: str, asked: list[tuple[str, int]]) -> None:
    assert [(unit.text, unit.offset) for unit in units(text)] == asked


def test_terms_hold_stems_words_and_han() -> None:
    found = terms("Visits, visited 走访群")
    assert found.stems == {"visit": [0, 1]}
    assert found.words == {"visits": [0], "visited": [1]}
    assert found.han == {"走": [2], "访": [3], "群": [4], "走访": [2], "访群": [3]}


@given(SCRIPTS | st.text() | st.text("a' ’_-\x1f\u2028“é", max_size=20))
def test_an_index_is_given_all_terms(text: str) -> None:
    (words, places), runs = occurrences(text)
    assert by_term(Occurrences(words, places)) == terms(text).words
    assert by_term(Runs(*runs)) == terms(text).han


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        *[("visits", "visit"), ("policing", "polic"), ("people's", "peopl"), ("公安", "公安")],
        *[("public", "public"), ("publicity", "publicity"), ("publicly", "public"), ("publications", "publication")],
        *[("office", "offic"), ("officers", "officer"), ("officer's", "officer"), ("official", "offici")],
        *[("organisation", "organiz"), ("organizing", "organiz"), ("organs", "organ"), ("neighbour", "neighbor")],
    ],
)
def test_stems(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_words_with_a_stem_of_their_own_begin_as_it_does() -> None:
    kept = _kept_apart()
    assert [word for word, found in kept.items() if not word.startswith(found[:-CERTAIN])] == []
    assert [word for word in kept if fold(word).text != word] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("第一章　总　则\n第一条", "第一章　总则\n第一条"),
        ("国 家 应 急 预 案 的 函", "国家应急预案的函"),
        ("  通  知  ", "  通知  "),
        ("附　则 第一条", "附　则 第一条"),
        ("省长　王予波\n韦 韬", "省长　王予波\n韦韬"),
        ("公安 机关", "公安 机关"),
        ("公\n安", "公\n安"),
        ("a b", "a b"),
    ],
)
def test_headings_that_are_set_with_spaces(text: str, shown: str) -> None:
    assert closed(text).replace(INVISIBLE, "") == shown
    assert len(closed(text)) == len(text)


def test_a_heading_set_with_spaces_is_found_and_marked_whole() -> None:
    assert [span.of("一、总　则\n附则") for span in marks(parse("总则").tree, "一、总　则\n附则")] == ["总　则"]


@pytest.mark.parametrize(
    "number",
    ["公通字〔2013〕12号", "公通字(2013)12号", "公通字［２０１３］第 12 號", "公通字【2013】012号", "公通字2013年12号"],
)
def test_spellings_of_a_number_are_one(number: str) -> None:
    assert number_key(number) == "公通字-2013-12"


def test_a_number_has_digits() -> None:
    assert number_key("公通字") == ""


@given(SCRIPTS)
def test_tokens_are_in_order_and_inside_the_text(text: str) -> None:
    found = list(tokens(text))
    for before, after in pairwise(found):
        assert before.position < after.position
        assert before.start <= after.start
        assert before.end <= after.end
    assert all(0 <= token.start < token.end <= len(text) for token in found)


@given(st.text(alphabet="公安羣眾群众，。 ", max_size=40), st.text(alphabet="公安羣眾群众", min_size=1, max_size=6))
def test_chinese_is_found_exactly_where_its_characters_stand(text: str, wanted: str) -> None:
    plain, asked = fold(closed(text)).text, fold(wanted).text
    assert satisfies(parse(wanted).tree, text, "", lambda field: False) == (asked in plain)


HITS = [
    ("visit", "Visits and visiting; a visitor.", ["Visits", "visiting"]),
    ('"visit"', "Visits and a visit.", ["visit"]),
    ('"power to the people"', "Power people. Power to the people!", ["Power to the people"]),
    ('"to be or not to be"', "to be to be or not to be", ["to be or not to be"]),
    ("mass-line", "The mass lines, the mass of a line.", ["mass lines"]),
    ("mass line", "a line of masses", ["line", "masses"]),
    ("mass OR line", "one mass", ["mass"]),
    ("mass -line", "mass", ["mass"]),
    ("polic*", "Police, policing and politics", ["Police", "policing"]),
    ("mass-lin*", "mass line, mass rally", ["mass line"]),
    (
        '"police masses"~2',
        "the masses and the police; the masses far away from all the police",
        ["masses and the police; the masses"],
    ),
    ("公安", "公安机关。安全第一，公平", ["公安"]),
    ("群众", "羣眾路線", ["羣眾"]),
    ("羣", "群众", ["群"]),
    ("群众路线", "群众，路线；群众路线", ["群众路线"]),
    ("110报警", "拨打１１０报警", ["１１０报警"]),
    ("高高兴兴", "高高高兴兴兴", ["高高兴兴"]),
    ("title:mass", "mass", []),
    ("cafe", "the café and the cafe\u0301", ["café", "cafe\u0301"]),
    ("the mass", "The mass of the people", ["mass"]),
    ("the", "The mass", ["The"]),
    ('"the mass"', "The mass of the people", ["The mass"]),
    ("", "mass", []),
]


@pytest.mark.parametrize(("q", "text", "shown"), HITS)
def test_hits(q: str, text: str, shown: list[str]) -> None:
    assert [span.of(text) for span in marks(parse(q).tree, text)] == shown


@given(SCRIPTS, st.sampled_from(["a", "公安", '"a b"', "a*", '"a 公"~2', "ab OR 羣"]))
def test_marks_are_in_order_and_never_overlap(text: str, q: str) -> None:
    spans = marks(parse(q).tree, text)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_a_hit_knows_its_word() -> None:
    assert [match.leaf for match in matches(parse("mass line").tree, "line mass")] == [1, 0]


def of(cut: Snippet) -> list[str]:
    return [span.of(cut.text) for span in cut.hits]


def test_an_extract_shows_the_place_with_most_words() -> None:
    text = "mass " + "filler " * 200 + "the mass line here " + "filler " * 200
    cut = snippet(parse("mass line").tree, text)
    assert of(cut) == ["mass", "line"]
    assert cut.cut_before
    assert cut.cut_after
    assert len(cut.text) <= WIDTH


def test_an_extract_begins_and_ends_between_words() -> None:
    text = "consideration " * 40 + "mass " + "consideration " * 40
    cut = snippet(parse("mass").tree, text)
    assert set(cut.text.split()) == {"consideration", "mass"}


def test_an_extract_without_hits_is_the_beginning() -> None:
    cut = snippet(parse("nothing").tree, "\n  The first words " + "and more " * 100)
    assert cut.text.startswith("The first words")
    assert (cut.hits, cut.cut_before, cut.cut_after) == ((), False, True)


def test_a_chinese_extract_is_shorter() -> None:
    cut = snippet(parse("走访").tree, "群众路线" * 100 + "走访" + "群众路线" * 100)
    assert of(cut) == ["走访"]
    assert len(cut.text) <= WIDTH_HAN


@given(SCRIPTS.map(lambda text: text * 30), st.sampled_from(["a", "公安", '"a b"', "b* 羣", '"a b c a b c"~9']))
def test_an_extract_is_a_part_of_the_text_with_its_hits(text: str, q: str) -> None:
    cut = snippet(parse(q).tree, text)
    assert cut.text in text
    assert bool(cut.hits) == bool(marks(parse(q).tree, text))
    assert all(0 <= span.start < span.end <= len(cut.text) for span in cut.hits)
    assert all(before.end <= after.start for before, after in pairwise(cut.hits))


def test_boilerplate_is_blanked_and_offsets_stay() -> None:
    assert searchable("home > news. Text", 100, [[90, 112, "breadcrumb"]]) == " " * 12 + " Text"
    assert searchable("Text", 100, [[0, 50, "breadcrumb"], [104, 110, "footer"]]) == "Text"
    assert searchable("To all stations:", 0, [[0, 16, "addressing"]]) == "To all stations:"
