"""Fingerprints and shared passages: tables, and what holds for any two texts."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parallels import LEAST, Comparison, bands, compared, fingerprint, likeness, skeleton
from archive.spans import Span

CIRCULAR = (
    "Police stations at all levels must carry out the big visit activity every month. Community police should listen "
    "to the opinions of the masses face to face. It is strictly forbidden to make up visiting records."
)
WEEKLY = CIRCULAR.replace("every month", "every single week")
ZH = "社区民警必须坚持群众路线，每月开展入户走访，面对面听取群众的意见和建议。严禁编造走访记录，严禁以电话代替走访。"
ZH_TRADITIONAL = (
    "社區民警必須堅持群眾路線,每月開展入戶走訪,面對面聽取群眾的意見和建議。嚴禁編造走訪記錄,嚴禁以電話代替走訪。"
)
ALPHABET = st.text("ab c，。A群眾众é\n", max_size=400)


def bare(text: str, span: Span) -> list[int]:
    return skeleton(span.of(text)).codes.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CIRCULAR, CIRCULAR.upper()),
        (CIRCULAR, CIRCULAR.replace(" ", "\n   ")),
        (CIRCULAR, CIRCULAR.replace(".", "。").replace("face to face", "face-to-face")),
        (ZH, ZH_TRADITIONAL),
        (ZH, "\u3000".join(ZH)),
        ("No. 12 of 2015", "Ｎｏ．１２ of ２０１５"),
    ],
)
def test_width_case_space_punctuation_and_script_do_not_count(one: str, other: str):
    assert fingerprint(one) == fingerprint(other)
    assert compared(one * 3, other * 3).left_share == 1.0


def test_what_is_left_out_does_not_count():
    page = f"Home > Documents\n{CIRCULAR}\nPrint this page"
    furniture = [Span(0, 17), Span(len(page) - 15, len(page))]
    assert fingerprint(page, furniture) == fingerprint(CIRCULAR)
    assert compared(page, CIRCULAR, left_without=furniture).left_share == 1.0


@pytest.mark.parametrize("text", ["", "。 ，\n", "***"])
def test_a_text_without_letters_is_like_nothing(text: str):
    made = fingerprint(text)
    assert (made.signature, bands(made.signature)) == (b"", [])
    assert likeness(made.signature, made.signature) == 0.0
    assert compared(text, CIRCULAR) == Comparison((), 0.0, 0.0)


def test_the_fingerprint_of_a_text_never_changes():
    """Stored ones are compared with new ones; another result needs another METHOD."""
    made = fingerprint(CIRCULAR)
    assert made.wording == "ec310db39a96372fff6fada370a5c2d10b583218a74cf08daf03159915aa0551"
    assert made.signature[:8].hex() == "57950f065fe30b00"
    assert bands(made.signature)[0] == 3445963426133641476


def test_near_duplicates_have_a_band_in_common_and_others_have_not():
    """200 pairs of which a fifth of the words differ (likeness about a half), and as many that differ altogether."""
    words, chance = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in "lmnrst"], random.Random(5)
    found = {"near": 0, "apart": 0}
    for _ in range(200):
        text = [chance.choice(words) for _ in range(250)]
        near = [chance.choice(words) if chance.random() < 0.08 else word for word in text]
        apart = [chance.choice(words) for _ in range(250)]
        signature = fingerprint(" ".join(text)).signature
        for kind, other in (("near", near), ("apart", apart)):
            found[kind] += bool(set(bands(signature)) & set(bands(fingerprint(" ".join(other)).signature)))
    assert found["near"] >= 198
    assert found["apart"] <= 4


def test_likeness_is_about_the_share_of_shingles_in_common():
    first, second = CIRCULAR + " " + "Other words follow here altogether. ", CIRCULAR
    assert 0.6 < likeness(fingerprint(first).signature, fingerprint(second).signature) < 1.0


@pytest.mark.parametrize(
    ("left", "right", "passages"),
    [
        (CIRCULAR, CIRCULAR, [(CIRCULAR[:-1], CIRCULAR[:-1], True)]),
        (f"Before it. {CIRCULAR}", f"{CIRCULAR} After it.", [(CIRCULAR[:-1], CIRCULAR[:-1], True)]),
        (CIRCULAR, WEEKLY, [(CIRCULAR[:-1], WEEKLY[:-1], False)]),
        (CIRCULAR, "Nothing of that kind was ever written in this text of ours.", []),
        (ZH, ZH_TRADITIONAL, [(ZH[:-1], ZH_TRADITIONAL[:-1], True)]),
        (ZH, ZH.replace("每月", "每周"), [(ZH[:-1], ZH.replace("每月", "每周")[:-1], False)]),
        ("social order", "social order", []),
    ],
)
def test_passages(left: str, right: str, passages: list[tuple[str, str, bool]]):
    found = compared(left, right).passages
    told = [(one.left.of(left), one.right.of(right), one.is_exact) for one in found]
    assert told == passages


def test_passages_in_another_order_are_found_apart():
    one, two = CIRCULAR, "The leading cadres of every bureau shall receive visitors in person on the first Monday."
    found = compared(f"{one} {two}", f"{two} {one}")
    assert [passage.left.of(f"{one} {two}")[:10] for passage in found.passages] == ["Police sta", "The leadin"]
    assert found.left_share > 0.99


@given(ALPHABET, ALPHABET)
def test_pieces_read_the_same_in_both_texts_and_stand_in_order(left: str, right: str):
    found = compared(left, right)
    assert 0.0 <= found.left_share <= 1.0
    assert 0.0 <= found.right_share <= 1.0
    last = 0
    for passage in found.passages:
        assert passage.left.start >= last
        last = passage.left.end
        assert passage.left.end <= len(left)
        assert passage.right.end <= len(right)
        for here, there in passage.pieces:
            assert passage.left.contains(here)
            assert passage.right.contains(there)
            assert bare(left, here) == bare(right, there)


@given(ALPHABET, ALPHABET, ALPHABET)
def test_a_planted_passage_is_found_whatever_stands_around_it(before: str, after: str, other: str):
    found = compared(f"{before} {CIRCULAR} {after}", f"{other} {CIRCULAR}")
    place = Span(len(before) + 1, len(before) + len(CIRCULAR))
    assert any(passage.left.contains(place) for passage in found.passages)


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [
        ("a" * 250_000, ("a" * 40 + "b") * 6_000, 0.0),
        ("a " * 250_000, ("a " * 40 + "b ") * 6_000, 1.0),
        ("字" * 250_000, ("字" * 13 + "b") * 18_000, 1.0),
        (("字" * 13 + "c") * 18_000, ("字" * 13 + "b") * 18_000, 13 / 14),
        ("ab " * 80_000, "ba " * 80_000, 0.0),
        ((CIRCULAR + " ") * 1_200, (CIRCULAR + "x ") * 1_200, 1.0),
    ],
    ids=["one-word", "a", "han", "han-cut", "ab", "circulars"],
)
def test_repetition_does_not_make_it_hang(left: str, right: str, share: float):
    assert compared(left, right).left_share == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize(
    ("left", "right", "common"),
    [
        (
            "must keep the order of the streets at night",
            "just keep the order of the streets at night",
            "keep the order of the streets at night",
        ),
        (
            "keep the order of the streets at night",
            "keep the order of the streets at nightfall",
            "keep the order of the streets at",
        ),
    ],
)
def test_words_are_shared_whole(left: str, right: str, common: str):
    (passage,) = compared(left, right).passages
    assert passage.left.of(left) == passage.right.of(right) == common


def test_short_things_in_common_are_no_passages():
    assert len(skeleton("carry out the big visit").codes) < LEAST
    assert not compared("Units carry out the big visit.", "They carry out the big visit again.").passages
