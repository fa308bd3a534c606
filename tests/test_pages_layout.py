"""Texts as blocks of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reader.layout import Block, BlockKind, Outline, blocks
from archive.spans import Span

SENTENCE = "The station keeps a ledger of every household. "


def quotes(text: str, found: list[Block]) -> list[str]:
    return [block.span.of(text) for block in found]


def kinds(found: list[Block]) -> str:
    return " ".join(block.kind.value for block in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.", ["One line."]),
        ("", [""]),
        ("One.\nTwo.", ["One.\n", "Two."]),
        ("One.\n\n\nTwo.\n", ["One.\n\n\n", "Two.\n"]),
        ("\n\nOne.", ["\n\nOne."]),
        ("One.\r\n\r\nTwo.\rThree.", ["One.\r\n\r\n", "Two.\r", "Three."]),
        ("　　第一段。\n　　第二段。", ["　　第一段。\n", "　　第二段。"]),
    ],
)
def test_each_line_is_a_paragraph_and_keeps_its_break(text: str, expected: list[str]) -> None:
    assert quotes(text, blocks(text)) == expected


def test_wrapped_lines_make_one_paragraph() -> None:
    wrapped = "\n".join(["x" * 70] * 9 + ["short end."] + ["y" * 70] * 9)
    assert [len(quote.splitlines()) for quote in quotes(wrapped, blocks(wrapped))] == [10, 9]


def test_a_heading_section_opens_a_heading_and_an_item_does_not() -> None:
    text = "Front.\n1. Requirements. Go out. One is to knock; the second is to listen."
    at = text.index("1."), text.index("One is"), text.index("the second")
    outline = [
        Outline(0, 0, is_heading=False, is_front=True),
        Outline(at[0], at[0] + len("1. Requirements"), is_heading=True),
        Outline(at[1], at[1] + 6, is_heading=False),
        Outline(at[2], at[2] + 6, is_heading=False),
    ]
    found = blocks(text, outline)
    assert kinds(found) == "paragraph heading paragraph item item"
    assert quotes(text, found)[1:3] == ["1. Requirements. ", "Go out. "]
    assert [block.opens for block in found] == [(0,), (1,), (), (2,), (3,)]


@pytest.mark.parametrize(
    ("text", "heading_end", "heading"),
    [
        ("一、总体要求\n坚持群众路线。", 16, "一、总体要求"),
        ("（一）摸清底数。逐户登记。", 7, "（一）摸清底数。"),
        ("Second, the tasks: go out.", 17, "Second, the tasks: "),
        ("Second, a heading that was cut in the mid of a word", 20, None),
        ("First, " + "very " * 60 + "long heading. Rest.", 320, None),
    ],
)
def test_headings_end_with_their_line_or_sentence(text: str, heading_end: int, heading: str | None) -> None:
    found = blocks(text, [Outline(0, heading_end, is_heading=True)])
    headings = [block.span.of(text).rstrip("\n") for block in found if block.kind is BlockKind.HEADING]
    assert headings == ([heading] if heading else [])


def test_what_is_not_the_documents_is_a_block_of_its_own() -> None:
    text = "Site - News - Title\n\nTitle\nBody. Copied to: all.\n"
    aside = [Span(0, 19), Span(text.index("Copied"), len(text))]
    found = blocks(text, boilerplate=aside)
    assert kinds(found) == "boilerplate paragraph paragraph boilerplate"
    assert quotes(text, found)[0] == "Site - News - Title\n\n"


def test_a_paragraph_without_end_is_broken_softly_after_sentences() -> None:
    text = SENTENCE * 100
    found = blocks(text)
    assert len(found) > 3
    assert [block.soft for block in found] == [False] + [True] * (len(found) - 1)
    assert all(quote.endswith("household. ") for quote in quotes(text, found))


def test_a_directive_is_not_broken_softly() -> None:
    text = SENTENCE * 100
    assert len(blocks(text, unbroken=[Span(0, len(text))])) == 1


@given(
    st.text(st.sampled_from('ab.。 \n\r"一'), max_size=80),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 20), st.booleans()), max_size=6),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 20)), max_size=4),
)
def test_blocks_cover_the_text_and_open_every_section_once(
    text: str, sections: list[tuple[int, int, bool]], asides: list[tuple[int, int]]
) -> None:
    outline = [
        Outline(start, min(start + length, len(text)), heading)
        for start, length, heading in sorted(sections)
        if start < len(text)
    ]
    found = blocks(text, outline, [Span(start, start + length) for start, length in asides])
    assert "".join(quotes(text, found)) == text
    assert sorted(number for block in found for number in block.opens) == list(range(len(outline)))
