"""Markers made of words: "First,", "The second is", "Article 12", "Step one", 第三条, 一是, 首先, 其二, 附件1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from archive.analysis import lexicon
from archive.analysis.markers import NEXT, Found, Reading, Shape
from archive.analysis.numerals import HAN_NUMBER, number, word_values

_NAMED = (
    ("parts", Shape.PART),
    ("chapters", Shape.CHAPTER),
    ("sections", Shape.SECTION),
    ("articles", Shape.ARTICLE),
    ("attachments", Shape.ATTACHMENT),
    ("labels", Shape.LABEL),
)


def word_markers(text: str, language: str) -> Iterator[Found]:
    """All candidates of this kind, in no order."""
    if language == "zh":
        yield from _chinese_named(text)
        yield from _chinese_words(text)
        yield from _chinese_labels(text)
    else:
        yield from _english_ordinals(text)
        yield from _english_is(text)
        yield from _english_cardinals(text)
        yield from _english_last(text)
        yield from _english_named(text)
        yield from _bare_ordinals(text)


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _english() -> dict[str, Any]:
    words = lexicon.load("en", "markers")
    every = sorted(word_values(), key=len, reverse=True)
    cardinals = set(words["cardinals"]) | set(words["tens"])
    ordinal = "|".join(word for word in every if word.split("-")[-1] not in cardinals)
    cardinal = "|".join(word for word in every if word.split("-")[-1] in cardinals)
    nouns = "|".join(words["member_nouns"])
    named = "|".join(_any(words[key]) for key, _ in _NAMED)
    num = rf"\d{{1,3}}|[IVXivx]{{1,6}}|[A-Z]|{ordinal}|{cardinal}"
    return {
        "ordinal": re.compile(
            rf"(?i)\b(the\s+)?(?:({ordinal})(?:ly)?|(\d{{1,2}})(?:st|nd|rd|th))"
            rf"(\s+of\s+all|\s+and\s+foremost)?(?:\s?[,:：，]|\s+[-–—]\s)(?!\s*(?:and\s+|or\s+)?(?:{ordinal})\b)"
        ),
        "place": re.compile(rf"(?i)\bin\s+the\s+({ordinal})\s+place\s?,"),
        "is": re.compile(
            rf"(?i)\b(?:(the\s+)?({ordinal})(?:\s+(?:{nouns})){{0,2}}|({cardinal}))"
            rf"(?:\s+(is|are|was|were|to)\b|,\s+(?:is)\b)"
        ),
        "cardinal": re.compile(rf"\b((?i:{cardinal}))(?:\s?[,:：，.、])(?!\s*(?i:{words['number_list_after']}))"),
        "last": re.compile(rf"(?i)\b(?:({_any(words['last'])})\s?[,:]|{_any(words['another'])}\b)"),
        "other": re.compile(rf"(?i)\b(?:{_any(words['other'])})\s+(?:is|are|was|were)\b"),
        "named": re.compile(rf"(?i:\b({named}))\s+(?:No\.\s*)?((?i:{num}))(?![\w%])(?!\.\d)[.:：、]?"),
        "turned": re.compile(rf"(?im)^\W{{0,3}}the\s+({ordinal})\s+(part|chapter|section|article|step|stage)\b"),
        "bare": re.compile(rf"\b((?i:{ordinal}))(?=\s+(?!(?:{words['ordinal_adjective']})\b)[a-z])"),
        "not_after": re.compile(words["ordinal_not_after"], re.I),
        "ref_before": re.compile(words["reference_before"], re.I),
        "ref_after": re.compile(words["reference_after"], re.I),
        "shape": {word: shape for key, shape in _NAMED for word in words[key]},
    }


def _before(text: str, start: int) -> str:
    return text[max(0, start - 24) : start]


def _english_ordinals(text: str) -> Iterator[Found]:
    for match in _english()["ordinal"].finditer(text):
        value = int(match[3]) if match[3] else number(match[2]) or 0
        start = match.start()
        if not value or (not match[1] and _english()["not_after"].search(_before(text, start))):
            continue
        if match[1] and not match[0].lstrip()[0].isupper():
            continue
        weight = -0.8 if match[4] else -0.3 if match[1] or match[3] else 0.0
        yield Found(start, len(match[0].rstrip()) + start, (Reading(Shape.ORDINAL, value),), weight)

    for match in _english()["place"].finditer(text):
        yield Found(match.start(), match.end(), (Reading(Shape.ORDINAL, number(match[1]) or 0),))


def _english_is(text: str) -> Iterator[Found]:
    for match in _english()["is"].finditer(text):
        value = number(match[2] or match[3] or "") or 0
        plain = not match[1] and not match[2]
        if value and not (plain and match[4] == "to" and value < 3):
            before = _english()["not_after"].search(_before(text, match.start()))
            weight = -0.4 if plain or match[4] in ("to", None) else 0.0
            if not before:
                yield Found(match.start(), match.end(), (Reading(Shape.IS, value),), weight)


def _english_cardinals(text: str) -> Iterator[Found]:
    for match in _english()["cardinal"].finditer(text):
        before = _before(text, match.start())
        if not _english()["ref_before"].search(before) and not _english()["not_after"].search(before):
            weight = 0.0 if match[1][0].isupper() else -0.6
            yield Found(match.start(), match.end(), (Reading(Shape.WORD_COMMA, number(match[1]) or 0),), weight)


def _english_last(text: str) -> Iterator[Found]:
    for match in _english()["last"].finditer(text):
        shape = Shape.ORDINAL if match[1] else Shape.IS
        yield Found(match.start(), match.end(), (Reading(shape, NEXT),))
    for match in _english()["other"].finditer(text):
        yield Found(match.start(), match.end(), (Reading(Shape.IS, 2),))


def _english_named(text: str) -> Iterator[Found]:
    words = _english()
    for match in words["named"].finditer(text):
        shape = words["shape"][match[1].casefold()]
        value = _letter_or_number(match[2], shape)
        cited = words["ref_before"].search(_before(text, match.start())) and not _line_head(text, match.start())
        if value and match[1][0].isupper() and not cited and not words["ref_after"].match(text, match.end()):
            tag = match[1].casefold() if shape is Shape.LABEL else ""
            yield Found(match.start(), match.end(), (Reading(shape, value),), 0.0, tag)
    for match in words["turned"].finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip(' \t"“#*'))
        shape = words["shape"][match[2].casefold()]
        tag = match[2].casefold() if shape is Shape.LABEL else ""
        yield Found(start, match.end(), (Reading(shape, number(match[1]) or 0),), 0.0, tag)


def _letter_or_number(sign: str, shape: Shape) -> int:
    value = number(sign) or 0
    if not value and len(sign) == 1:
        return ord(sign.upper()) - ord("A") + 1
    return value if shape is not Shape.ATTACHMENT or value < 60 else 0


def _line_head(text: str, start: int) -> bool:
    head = text[max(0, start - 12) : start].rstrip(' \t\u3000#*“"【[')
    return head[-1:] in "\r\n\f" if head else start <= 12


def _bare_ordinals(text: str) -> Iterator[Found]:
    """ "Twenty-third people's police must …": an article number whose noun the translation lost."""
    for match in _english()["bare"].finditer(text):
        if match[1][0].isupper():
            yield Found(match.start(), match.end(), (Reading(Shape.BARE_ORDINAL, number(match[1]) or 0),))


@cache
def _chinese() -> dict[str, Any]:
    words = lexicon.load("zh", "markers")
    named = "|".join(_any(words[key]) for key, _ in _NAMED[:4])
    num = rf"{HAN_NUMBER}|\d{{1,4}}"
    return {
        "named": re.compile(rf"第[^\S\r\n]?({num})[^\S\r\n]?({named})(?:之[{words['digits']}])?"),
        "is": re.compile(rf"(?<!\w)第?([{words['digits']}十]{{1,2}})(是|要|则|(?<=第.)[，,、：:])"),
        "of": re.compile(rf"(?<!\w)其([{words['digits']}])(?:[，,、：:]|是)?"),
        "words": re.compile(
            "(?<!\\w)(?:("
            + _any(words["first_words"])
            + ")|("
            + _any(words["second_words"])
            + ")|("
            + _any(words["third_words"])
            + ")|("
            + _any(words["last_words"])
            + ")(?=[，,]))[，,：:]?(?:是(?!否))?"
        ),
        "attachment": re.compile(rf"(?m)^[^\S\n]*((?:{_any(words['attachments'])})[^\S\r\n]?({num})?[：:.、]?)"),
        "label": re.compile(rf"({_any(words['labels'])})[^\S\r\n]?({num})[：:、.]"),
        "stage": re.compile(rf"第({num})({_any(words['labels'])})(?=[：:，,（(])"),
        "article_after": re.compile(words["article_reference_after"]),
        "shape": {word: shape for key, shape in _NAMED[:4] for word in words[key]},
    }


def _chinese_named(text: str) -> Iterator[Found]:
    words = _chinese()
    for match in words["named"].finditer(text):
        line = _line_head(text, match.start())
        spaced = text[match.end() : match.end() + 1].isspace()
        if not line and not (spaced and _before(text, match.start()).rstrip()[-1:] in "。；："):
            continue
        if not spaced and words["article_after"].match(text, match.end()):
            continue
        value = number(match[1]) or 0
        if value:
            yield Found(match.start(), match.end(), (Reading(words["shape"][match[2]], value),))


def _chinese_words(text: str) -> Iterator[Found]:
    words = _chinese()
    for match in words["is"].finditer(text):
        value = number(match[1]) or 0
        if value:
            shape = Shape.ORDINAL if match[0].startswith("第") else Shape.IS
            weight = -0.7 if match[2] in "要则" else 0.0
            yield Found(match.start(), match.end(), (Reading(shape, value),), weight)
    for match in words["of"].finditer(text):
        yield Found(match.start(), match.end(), (Reading(Shape.ORDINAL, number(match[1]) or 0),), -0.2)
    for match in words["words"].finditer(text):
        value = 1 if match[1] else 2 if match[2] else 3 if match[3] else NEXT
        yield Found(match.start(), match.end(), (Reading(Shape.ORDINAL, value),), -0.4 if value == 1 else 0.0)


def _chinese_labels(text: str) -> Iterator[Found]:
    words = _chinese()
    for match in words["label"].finditer(text):
        if not text[match.start() - 1 : match.start()].isalnum() or match.start() == 0:
            reading = Reading(Shape.LABEL, number(match[2]) or 0)
            yield Found(match.start(), match.end(), (reading,), 0.0, match[1])
    for match in words["stage"].finditer(text):
        if not text[match.start() - 1 : match.start()].isalnum() or match.start() == 0:
            reading = Reading(Shape.LABEL, number(match[1]) or 0)
            yield Found(match.start(), match.end(), (reading,), 0.0, match[2])
    for match in words["attachment"].finditer(text):
        whole_line = text[match.end() : match.end() + 2].strip(" \u3000\r") in ("", "\n")
        if match[2] or (whole_line and not match[1].endswith(("：", ":"))):
            yield Found(match.start(1), match.end(1), (Reading(Shape.ATTACHMENT, number(match[2] or "1") or 0),))
