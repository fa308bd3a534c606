"""Sections: markers of every kind, series over mixed glyphs, and what is no marker."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.analysis.boilerplate import boilerplate
from archive.analysis.language import detect_language
from archive.analysis.numerals import number
from archive.analysis.outline import sections
from archive.spans import FoundSection, SectionKind
from tests.outline_cases_en import ENGLISH
from tests.outline_cases_zh import CHINESE, NO_MARKERS


def read(text: str) -> tuple[FoundSection, ...]:
    language = detect_language(text)
    return sections(text, language, boilerplate(text, language))


def outline(text: str) -> list[tuple[int, str]]:
    return [(section.level, section.marker) for section in read(text)]


@pytest.mark.parametrize("name", ENGLISH)
def test_english_outlines(name: str) -> None:
    text, expected = ENGLISH[name]
    assert outline(text) == expected


@pytest.mark.parametrize("name", CHINESE)
def test_chinese_outlines(name: str) -> None:
    text, expected = CHINESE[name]
    assert outline(text) == expected


@pytest.mark.parametrize("name", NO_MARKERS)
def test_no_markers(name: str) -> None:
    assert outline(NO_MARKERS[name]) == []


def test_heading_ends_at_the_full_stop_the_line_or_the_next_marker() -> None:
    text = "1. Aims\nThe yard is swept.\n2. Sweep the yard daily. Use the broom.\n3. " + "very " * 60 + "long\n"
    found = [section.heading.of(text) for section in read(text)]
    assert found[:2] == ["Aims", "Sweep the yard daily"]
    assert len(found[2]) <= 200 and found[2].startswith("very very")


def test_a_wrapped_heading_goes_on_in_the_next_line() -> None:
    text = """(1) Learn to walk. Every guard of the lower harbour shall walk the whole of
the mole at least once in each watch and shall look into every boat that lies
along it. No guard may ride a bicycle on the mole, because the planks are old
and some of them are loose, as the accident of last autumn has shown everybody.

(2) Learn to look at the water and not at the lamps, which any child in the
harbour can see without help from a guard. The water tells more than the lamps,
and it tells it sooner to those who have learned how to look at it in the night.
"""
    first, second = read(text)
    assert first.heading.of(text) == "Learn to walk"
    assert " ".join(second.heading.of(text).split()).endswith("in the harbour can see without help from a guard")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Do it so: (1) early; (2) late; (3) twice. That is all.", "iii"),
        ("1. Sweep.\nThe yard is large. It takes an hour.\n2. Rest.\n", "hi"),
        ("1. Do it in this order:\n(1) sweep;\n(2) rest.\n2. Go home.\n", "hiii"),
        ("一是扫院。院子很大。扫完要一个小时。二是休息。", "hi"),
    ],
)
def test_kind_is_heading_where_two_sentences_or_members_hang_on_it(text: str, kinds: str) -> None:
    assert "".join("h" if section.kind is SectionKind.HEADING else "i" for section in read(text)) == kinds


def test_paths_are_unique_and_follow_the_levels() -> None:
    text, _ = CHINESE["四级"]
    found = [(section.path, section.level) for section in read(text)]
    assert [path for path, _ in found] == ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.2", "1.1.2", "1.2", "2"]
    assert all(path.count(".") == level - 1 for path, level in found)


def test_no_section_starts_inside_boilerplate() -> None:
    text = "Home > Notices > Text\n\n1. Sweep.\n2. Rest.\n\nCopied to: 1. Harbour office. 2. Market office.\n"
    assert outline(text) == [(1, "1."), (1, "2.")]


@pytest.mark.parametrize(
    ("sign", "value"),
    [
        *(("12", 12), ("XIV", 14), ("iv", 4), ("twelve", 12), ("twenty-third", 23), ("Twenty third", 23), ("十", 10)),
        *(("二十一", 21), ("一百零三", 103), ("二〇", 20), ("IIX", None), ("abc", None), ("", None)),
    ],
)
def test_numbers(sign: str, value: int | None) -> None:
    assert number(sign) == value


PIECES = [
    *(
        "1.",
        "(2)",
        "3)",
        "iv.",
        "(ii)",
        "A.",
        "(b)",
        "First,",
        "the second is",
        "Three,",
        "Finally,",
        "One is",
        "(two)",
    ),
    *("Article 4", "Chapter II", "Section 3", "Step one", "Attachment 1", "Fifth people", "1.2.3", "16,", "III."),
    *(
        "一、",
        "（二）",
        "第三条",
        "第一章",
        "一是",
        "其二，",
        "首先，",
        "最后，",
        "①",
        "1、",
        "附件2",
        "措施一：",
        "第二，",
    ),
    *(
        " ",
        "\n",
        "\n\n",
        ". ",
        "; ",
        "。",
        "；",
        "：",
        ": ",
        "\r\n",
        "\u3000",
        "\f",
        "“",
        '"',
        "# ",
        "to",
        "灯",
        "lamp",
        "7",
    ),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=120).map("".join) | st.text(max_size=200))
def test_any_soup_gives_nested_sections_in_order(text: str) -> None:
    found = read(text)
    check(text, found)


def check(text: str, found: tuple[FoundSection, ...]) -> None:
    starts = [section.span.start for section in found]
    assert starts == sorted(set(starts))
    assert len({section.path for section in found}) == len(found)
    for i, section in enumerate(found):
        assert 0 <= section.span.start < section.span.end <= len(text)
        assert section.span.contains(section.own) and section.span.contains(section.heading)
        assert text.startswith(section.marker, section.span.start)
        assert section.own.end == (starts[i + 1] if i + 1 < len(found) else len(text))
        below = [other for other in found[i + 1 :] if other.span.start < section.span.end]
        assert all(other.level > section.level and section.span.contains(other.span) for other in below)
        assert 0 <= section.confidence <= 1
