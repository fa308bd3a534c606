"""The text layer of PDFs: the order of its lines, and what is said when it cannot be what the pages show."""

from __future__ import annotations

import pytest

from archive.formats import read
from archive.formats.pdf import extract

from .format_samples import chinese_pdf, pdf, placed_pdf

ORDERS = {
    "as drawn": ([(72, 700, "one"), (72, 680, "two")], "one\ntwo"),
    "foot first": ([(300, 40, "- 1 -"), (72, 700, "one is long"), (72, 680, "two")], "one is long\ntwo\n- 1 -"),
    "upside down": (
        [(72, 600, "the last one"), (72, 640, "the second"), (72, 680, "first")],
        "first\nthe second\nthe last one",
    ),
    "columns": (
        [(72, 700, "left one"), (72, 680, "left two"), (300, 700, "right one"), (300, 680, "right two")],
        "left one\nleft two\nright one\nright two",
    ),
    "cells": ([(72, 700, "a"), (300, 700, "b"), (72, 680, "c"), (300, 680, "d")], "a\nb\nc\nd"),
    "columns above a foot": (
        [(72, 40, "the foot"), (72, 700, "left one"), (72, 680, "left two"), (300, 700, "right one")],
        "the foot\nleft one\nleft two\nright one",
    ),
    "blank line": ([(72, 600, "   "), (72, 700, "one")], "one"),
}


@pytest.mark.parametrize("placed, text", ORDERS.values(), ids=ORDERS.keys())
def test_the_order_of_lines(placed: list[tuple[int, int, str]], text: str) -> None:
    assert extract(placed_pdf(placed)).text.strip() == text


FULL = "公安机关应当建立健全走访制度深入社区"
"""A line from margin to margin in type of 12 points."""
WRAPPED = {
    "a sentence": ([(72, 700, FULL, 12), (72, 680, "走访群众。", 12)], f"{FULL}走访群众。"),
    "a paragraph set in": (
        [(96, 700, FULL[2:], 12), (72, 680, FULL, 12), (96, 660, "各地要", 12)],
        f"{FULL[2:]}{FULL}\n各地要",
    ),
    "what must not begin a line": ([(72, 700, FULL[:-1], 12), (72, 680, FULL, 12)], f"{FULL[:-1]}{FULL}"),
    "a line cut short": ([(72, 700, FULL[:-4], 12), (72, 680, FULL, 12)], f"{FULL[:-4]}\n{FULL}"),
    "a sentence that ends early": ([(72, 700, f"{FULL[:-2]}。", 12), (72, 680, FULL, 12)], f"{FULL[:-2]}。\n{FULL}"),
    "a paragraph further below": (
        [(72, 700, FULL, 12), (72, 680, FULL, 12), (72, 640, FULL, 12)],
        f"{FULL}{FULL}\n{FULL}",
    ),
    "a heading in larger type": ([(72, 700, FULL[:9], 24), (72, 680, FULL, 12)], f"{FULL[:9]}\n{FULL}"),
    "a section": ([(72, 700, FULL, 12), (72, 680, "第二条 本办法", 12)], f"{FULL}\n第二条 本办法"),
    "columns": (
        [(72, 700, FULL, 12), (72, 680, FULL, 12), (320, 700, FULL, 12), (320, 680, FULL, 12)],
        f"{FULL}\n{FULL}\n{FULL}\n{FULL}",
    ),
}


@pytest.mark.parametrize("placed, text", WRAPPED.values(), ids=WRAPPED.keys())
def test_chinese_that_runs_over_the_end_of_a_line(placed: list[tuple[int, int, str, int]], text: str) -> None:
    assert extract(chinese_pdf(placed)).text.strip() == text


def test_pages_are_divided_by_a_form_feed_and_blank_ones_kept() -> None:
    assert read(pdf([["one"], [], ["two"]]), "a.pdf").text == "one\n\f\n\ftwo"


NATURAL = (
    "The police stations of the district shall visit each household at least once a year and listen to the people.",
    "Officers are to record what they have heard, and to answer every question within ten days of the visit.",
    "A monthly report on the visits and on the answers given is sent to the bureau by the end of the month.",
    "It is forbidden to pass questions on to others, or to leave them without an answer for more than a month.",
)


def shifted(text: str, by: int) -> str:
    """A text under the numbers of its signs, as a font without a table of its characters gives it."""
    return "".join(chr(ord("a") + (ord(char) - ord("a") + by) % 26) if char.islower() else char for char in text)


@pytest.mark.parametrize("by", [3, 7, 12])
def test_a_text_layer_like_a_cipher_is_told(by: int) -> None:
    assert read(pdf([NATURAL]), "a.pdf").warnings == ()
    (warning,) = read(pdf([[shifted(line, by) for line in NATURAL]]), "a.pdf").warnings
    assert "reads like a cipher" in warning


def test_a_text_layer_of_signs_without_meaning_is_told() -> None:
    (warning,) = read(pdf([["abc\x01\x02\x03\x04\x05def"]]), "a.pdf").warnings
    assert "have no meaning in this PDF's fonts" in warning


def test_traces_of_wrong_decoding_in_a_text_layer_are_told() -> None:
    (warning,) = read(pdf([["caf\u00c3\u00a9 of the station"]]), "a.pdf").warnings
    assert "garbled" in warning
