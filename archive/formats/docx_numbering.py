"""The automatic numbers of a docx: which label Word shows before a numbered paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from .docx_paragraphs import child, value
from .numerals import BY_FORMAT, integer
from .parts import local

_PLACE = re.compile(r"%([1-9])")
_AFTER = {"tab": "\t", "": "\t", "space": " ", "nothing": ""}
_LEVELS = 9
_CHAIN = 20
"""Styles that are based on styles are followed so far."""


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is written: `text` with `%1` … for the numbers of the levels."""

    start: int
    format: str
    text: str
    after: str
    legal: bool
    restart: int | None
    style: str


class Numbering:
    """The lists of a document and where each of them stands; `label` is called once per paragraph, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles = {value(style, "styleId"): style for style in _each(styles, "style")}
        self._abstract = {value(item, "abstractNumId"): item for item in _each(numbering, "abstractNum")}
        self._nums = {value(item, "numId"): item for item in _each(numbering, "num")}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, style: str, number: str, level: int | None) -> str:
        """What Word puts before a paragraph of this style, list and level, up to its text; "" if nothing."""
        if not number:
            number, level = self._of_style(style, level)
        if number not in self._nums:
            return ""
        levels = self._levels_of(number)
        depth = min(max(level or 0, 0), _LEVELS - 1)
        if depth not in levels:
            return ""
        counts = self._count(number, depth, levels)
        return _written(levels, depth, counts)

    def _of_style(self, style: str, level: int | None) -> tuple[str, int | None]:
        """The list that a style, or one it is based on, brings with it; the list may tie its levels to styles."""
        own = style
        for _ in range(_CHAIN):
            properties = child(self._styles.get(style), "pPr", "numPr")
            number = value(child(properties, "numId"))
            if number:
                tied = [depth for depth, found in self._levels_of(number).items() if found.style in (own, style)]
                said = integer(value(child(properties, "ilvl")))
                return number, level if level is not None else said if said is not None else (tied or [0])[0]
            style = value(child(self._styles.get(style), "basedOn"))
            if not style:
                break
        return "", None

    def _abstract_of(self, number: str) -> str:
        """The definition behind a list; one that is only a link to a list style is followed once."""
        key = value(child(self._nums.get(number), "abstractNumId"))
        link = value(child(self._abstract.get(key), "numStyleLink"))
        if link:
            linked = value(child(self._styles.get(link), "pPr", "numPr", "numId"))
            key = value(child(self._nums.get(linked), "abstractNumId")) or key
        return key

    def _levels_of(self, number: str) -> dict[int, _Level]:
        """The levels of a list, with what it overrides in its definition."""
        if number not in self._levels:
            levels = dict(_read_levels(self._abstract.get(self._abstract_of(number))))
            for override in _each(self._nums.get(number), "lvlOverride"):
                levels.update(_read_levels(override))
            self._levels[number] = levels
        return self._levels[number]

    def _count(self, number: str, depth: int, levels: dict[int, _Level]) -> dict[int, int]:
        """Counts one member of a level. Lists of one definition count on together, until one says to start anew."""
        counts = self._counters.setdefault(self._abstract_of(number), {})
        for override in _each(self._nums.get(number), "lvlOverride"):
            place, start = integer(value(override, "ilvl")), integer(value(child(override, "startOverride")))
            if place is not None and start is not None and (number, place) not in self._started:
                self._started.add((number, place))
                counts[place] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [place for place in counts if place > depth and _restarts(levels.get(place), depth)]:
            del counts[deeper]
        return counts


def _restarts(level: _Level | None, above: int) -> bool:
    """A level starts anew after any higher one, or only after the one that it names (0: never)."""
    if level is None or level.restart is None:
        return True
    return level.restart != 0 and above < level.restart


def _written(levels: dict[int, _Level], depth: int, counts: dict[int, int]) -> str:
    level = levels[depth]
    if level.format == "bullet":
        return (level.text if level.text and not "\ue000" <= level.text[0] <= "\uf8ff" else "•") + level.after

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        found = levels.get(place, level)
        style = "decimal" if level.legal and place != depth else found.format
        return BY_FORMAT.get(style, str)(counts.get(place, found.start))

    text = _PLACE.sub(number, level.text)
    return text + level.after if text else ""


def _read_levels(parent: etree._Element | None) -> Iterator[tuple[int, _Level]]:
    for element in _each(parent, "lvl"):
        depth = integer(value(element, "ilvl"))
        if depth is None or not 0 <= depth < _LEVELS:
            continue
        start, legal = integer(value(child(element, "start"))), child(element, "isLgl")
        yield (
            depth,
            _Level(
                start=0 if start is None else start,
                format=value(child(element, "numFmt")) or "decimal",
                text=value(child(element, "lvlText")),
                after=_AFTER.get(value(child(element, "suff")), "\t"),
                legal=legal is not None and value(legal) not in ("0", "false", "off"),
                restart=integer(value(child(element, "lvlRestart"))),
                style=value(child(element, "pStyle")),
            ),
        )


def _each(parent: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (element for element in (() if parent is None else parent) if local(element) == name)
