"""Chinese markers made of words: 第三条 · 一是 · 首先 … 其次 · 其二 · 措施一： · 第一阶段 · 附件1"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from archive.analysis import lexicon
from archive.analysis.marker_words import NAMED, any_of, before, line_head
from archive.analysis.markers import NEXT, Found, Reading, Shape
from archive.analysis.numerals import HAN_NUMBER, number


def chinese_words(text: str) -> Iterator[Found]:
    """All candidates of this kind, in no order."""
    yield from _chinese_named(text)
    yield from _chinese_words(text)
    yield from _chinese_labels(text)


@cache
def _chinese() -> dict[str, Any]:
    words = lexicon.load("zh", "markers")
    named = "|".join(any_of(words[key]) for key, _ in NAMED[:4])
    num = rf"{HAN_NUMBER}|\d{{1,4}}"
    return {
        "named": re.compile(rf"第[^\S\r\n]?({num})[^\S\r\n]?({named})(?:之[{words['digits']}])?"),
        "is": re.compile(rf"(?<!\w)第?([{words['digits']}十]{{1,2}})(是|要|则|来|(?<=第.)[，,、：:])"),
        "of": re.compile(rf"(?<!\w)其([{words['digits']}])(?:[，,、：:]|是)?"),
        "words": re.compile(
            "(?<!\\w)(?:("
            + any_of(words["first_words"])
            + ")|("
            + any_of(words["second_words"])
            + ")|("
            + any_of(words["third_words"])
            + ")|("
            + any_of(words["last_words"])
            + ")(?=[，,]))[，,：:]?(?:是(?!否))?"
        ),
        "attachment": re.compile(rf"(?m)^[^\S\n]*((?:{any_of(words['attachments'])})[^\S\r\n]?({num})?[：:.、]?)"),
        "label": re.compile(rf"({any_of(words['labels'])})[^\S\r\n]?({num})[：:、.]"),
        "stage": re.compile(rf"第({num})({any_of(words['labels'])})(?=[：:，,（(])"),
        "article_after": re.compile(words["article_reference_after"]),
        "shape": {word: shape for key, shape in NAMED[:4] for word in words[key]},
    }


def _chinese_named(text: str) -> Iterator[Found]:
    words = _chinese()
    for match in words["named"].finditer(text):
        line = line_head(text, match.start())
        spaced = text[match.end() : match.end() + 1].isspace()
        if not line and not (spaced and before(text, match.start()).rstrip()[-1:] in "。；："):
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
            weight = -0.7 if match[2] in "要则来" else 0.0
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
