"""The automatic numbers of an odt: which label the program shows before a list member or a heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lxml import etree

from .numerals import BY_FORMAT, integer
from .odt_paragraphs import attribute
from .odt_styles import Level, Styles

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_PLACE = re.compile(r"%(\d{1,2})%")
_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCounting", "壹": "chineseLegalSimplified", "壱": "chineseLegalSimplified",
    "甲": "ideographTraditional", "子": "ideographZodiac", "①": "decimalEnclosedCircle", "１": "decimalFullWidth",
    "〇": "taiwaneseDigital", "零": "taiwaneseDigital",
}  # fmt: skip
"""First sign of a `style:num-format` (`一, 二, 三, ...`) → the name of the same way of counting in Word."""


class Numbering:
    """The lists of a document and where each of them stands; called once per member, in order."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._open: list[tuple[str, dict[int, int]]] = []
        self._by_id: dict[str, dict[int, int]] = {}
        self._last_of: dict[str, dict[int, int]] = {}
        self._outline: dict[int, int] = {}

    @contextmanager
    def opened(self, element: etree._Element) -> Iterator[None]:
        """Inside, members belong to this `text:list`, which goes on from an earlier one if it says so."""
        style = attribute(element, "style-name") or (self._open[-1][0] if self._open else "")
        counts = self._open[-1][1] if self._open else self._counts_for(element, style)
        if element.get(_XML_ID):
            self._by_id[str(element.get(_XML_ID))] = counts
        self._open.append((style, counts))
        yield
        self._open.pop()

    def count(self, item: etree._Element, paragraph: etree._Element) -> str:
        """The label of a member with text of its own, whose first paragraph is given; it counts."""
        style, counts = self._open[-1]
        style = style or self._styles.list_of(attribute(paragraph, "style-name")) or ""
        self._last_of[style] = counts
        return _counted(self._styles.levels(style), counts, len(self._open), attribute(item, "start-value"))

    def heading(self, element: etree._Element) -> str:
        """The chapter number of a heading that is in no list; "" where its style takes it out of the numbering."""
        depth = integer(attribute(element, "outline-level")) or 1
        unnumbered = attribute(element, "is-list-header") == "true"
        if unnumbered or self._styles.list_of(attribute(element, "style-name")) == "":
            return ""
        return _counted(self._styles.outline, self._outline, depth, attribute(element, "start-value"))

    def _counts_for(self, element: etree._Element, style: str) -> dict[int, int]:
        before = self._by_id.get(attribute(element, "continue-list"))
        if before is None and attribute(element, "continue-numbering") == "true":
            before = self._last_of.get(style)
        return {} if before is None else before


def _counted(levels: dict[int, Level], counts: dict[int, int], depth: int, said: str) -> str:
    """Counts one member at `depth` (from 1) and writes its label; deeper levels start anew after it."""
    level = levels.get(depth)
    start = integer(said)
    counts[depth] = counts.get(depth, (level.start if level else 1) - 1) + 1 if start is None else start
    for deeper in [place for place in counts if place > depth]:
        del counts[deeper]
    return _written(levels, level, counts, depth) if level else ""


def _written(levels: dict[int, Level], level: Level, counts: dict[int, int], depth: int) -> str:
    if level.bullet:
        return ("•" if "\ue000" <= level.bullet <= "\uf8ff" else level.bullet) + level.after
    if not level.format:
        return ""

    def number(place: int) -> str:
        found = levels.get(place, level)
        return _way(found.format)(counts.get(place, found.start)) if found.format else ""

    if level.pattern:
        label = _PLACE.sub(lambda match: number(int(match[1])), level.pattern)
    else:
        first = max(1, depth - level.shown + 1)
        numbers = [number(place) for place in range(first, depth + 1)]
        label = level.prefix + ".".join(filter(None, numbers)) + level.suffix
    return label + level.after if label else ""


def _way(num_format: str) -> Callable[[int], str]:
    return BY_FORMAT[_FORMATS.get(num_format[:1], "decimal")]
