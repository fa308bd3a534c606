"""Sentences and clauses: what ends one, and what only looks as if it did."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.analysis.sentences import split
from archive.analysis.sentences_quotes import enclosed, masked
from archive.spans import Span


def sentences(text: str, language: str = "en") -> list[str]:
    (found,) = split(text, [Span(0, len(text))], language)
    return [sentence.span.of(text) for sentence in found]


def clauses(text: str, language: str = "en") -> list[str]:
    (found,) = split(text, [Span(0, len(text))], language)
    return [clause.of(text) for sentence in found for clause in sentence.clauses]


ENGLISH = [
    ("One step. Two steps.", ["One step.", "Two steps."]),
    ("Is it locked? It is.", ["Is it locked?", "It is."]),
    ("Return it to the. Owner at once.", ["Return it to the. Owner at once."]),
    ("Serve the people. , and listen to them.", ["Serve the people. , and listen to them."]),
    ("A matter of position. problem. Go on.", ["A matter of position. problem.", "Go on."]),
    ("The rate rose to 41. 7% in May.", ["The rate rose to 41. 7% in May."]),
    ("See No. 14 of the U.S. Code first.", ["See No. 14 of the U.S. Code first."]),
    ("Ask Dr. Li or Mr. Wu. They know.", ["Ask Dr. Li or Mr. Wu.", "They know."]),
    ("He said no. We went home.", ["He said no.", "We went home."]),
    ('She wrote, "Come early. Bring tea." Then she left.', ['She wrote, "Come early. Bring tea."', "Then she left."]),
    ('The old man said, "Stop. " Therefore we stopped.', ['The old man said, "Stop. "', "Therefore we stopped."]),
    ('"Knock. Then wait" is the motto.', ['"Knock. Then wait" is the motto.']),
    ("The lamp (bought in May. Still new) works.", ["The lamp (bought in May. Still new) works."]),
    ("The end.Start of a heading here", ["The end.", "Start of a heading here"]),
    (
        "Write to desk@town.example or www.Town.example today.",
        ["Write to desk@town.example or www.Town.example today."],
    ),
    ("General requirements\nTake the keys.", ["General requirements", "Take the keys."]),
    ("The keys hang\nby the door.", ["The keys hang\nby the door."]),
    ("The following:\nkeys and lamps", ["The following:", "keys and lamps"]),
    ("Dear residents: lock your doors.", ["Dear residents:", "lock your doors."]),
    ("the masses wait. it is necessary to open.", ["the masses wait.", "it is necessary to open."]),
]
CHINESE = [
    ("摸清底数。逐户登记！", ["摸清底数。", "逐户登记！"]),
    ("老人说：“早点来。别忘了。”说完就走了。", ["老人说：“早点来。别忘了。”", "说完就走了。"]),
    ("“早来。”的愿望", ["“早来。”的愿望"]),
    ("增长3.5%以上。", ["增长3.5%以上。"]),
    ("一、总体要求\n坚持预防为主。", ["一、总体要求", "坚持预防为主。"]),
    ("要走进社区，\n倾听民声。", ["要走进社区，\n倾听民声。"]),
    ("市民朋友们：请锁好门窗。", ["市民朋友们：", "请锁好门窗。"]),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text, "zh") == expected


def test_lines_of_a_wrapped_text_are_one_sentence() -> None:
    lines = [
        "Every officer on the night shift has to try the doors of the small shops",
        "Between the bridge and the mill, because the owners live on the far bank",
        "Of the river and cannot hear the alarm. The book in the guard room is to",
        "Be signed at two and at four, and the sergeant is to read it before noon",
        "And to ask the shops about it when he passes, which takes a quarter hour",
        "On a good day and half a morning when the fair is in the town. It is not",
        "Long.",
    ]
    found = sentences("\n".join(lines))
    assert [each.split()[0] for each in found] == ["Every", "The", "It"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Knock first; wait; go in.", "en", ["Knock first;", "wait;", "go in."]),
        ('Say "yes; no" once; go.', "en", ['Say "yes; no" once;', "go."]),
        ("先敲门；后进屋。", "zh", ["先敲门；", "后进屋。"]),
        ("讲“一是一；二是二”，（甲；乙）都讲。", "zh", ["讲“一是一；二是二”，（甲；乙）都讲。"]),
    ],
)
def test_clauses_between_semicolons(text: str, language: str, expected: list[str]) -> None:
    assert clauses(text, language) == expected


def test_pieces_stay_apart_and_paragraphs_are_numbered() -> None:
    text = "Open the gate. Close it.\n\nSweep the yard."
    first, second = split(text, [Span(0, 14), Span(14, len(text))], "en")
    assert [each.span.of(text) for each in first] == ["Open the gate."]
    assert [each.span.of(text) for each in second] == ["Close it.", "Sweep the yard."]
    assert second[0].paragraph != second[1].paragraph


def test_masking_keeps_the_length_and_hides_speech() -> None:
    text = 'He said "you must go" (and we should).'
    hidden = masked(text, Span(0, len(text)))
    assert len(hidden) == len(text)
    assert "must" not in hidden
    assert "should" not in hidden


def test_a_quotation_mark_without_partner_is_ignored() -> None:
    assert enclosed('the 5" pipe must be closed', Span(0, 26)) == ()
    assert enclosed("（没有另一半", Span(0, 6)) == ()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["The guard", " must", ".", "。", " ", "\n", '"', "“", "”", "(", ")", "；", ";", "要", "a"])
    ),
    st.sampled_from(["en", "zh"]),
    st.integers(0, 12),
)
def test_spans_are_in_order_and_in_range(tokens: list[str], language: str, cut: int) -> None:
    text = "".join(tokens)
    middle = min(cut, len(text))
    end = 0
    for piece, found in zip(
        (Span(0, middle), Span(middle, len(text))),
        split(text, [Span(0, middle), Span(middle, len(text))], language),
        strict=True,
    ):
        for sentence in found:
            assert piece.contains(sentence.span)
            assert sentence.span.start >= end
            assert sentence.span == sentence.span.strip(text)
            assert all(sentence.span.contains(clause) for clause in sentence.clauses)
            assert list(sentence.clauses) == sorted(sentence.clauses)
            end = sentence.span.end


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_no_letter_is_lost(text: str) -> None:
    (found,) = split(text, [Span(0, len(text))], "en")
    kept = "".join(sentence.span.of(text) for sentence in found)
    assert "".join(kept.split()) == "".join(text.split())
