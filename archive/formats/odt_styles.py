"""The styles of an odt, as far as they bear on its text: what is hidden, and how the members of lists are numbered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from .numerals import integer
from .parts import local

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_LABEL_FORMATS = (
    f"{{{STYLE}}}num-list-format",
    "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format",
)
_AFTER = {"listtab": "\t", "space": " ", "nothing": ""}
_CHAIN = 20
"""Styles that are based on styles are followed so far."""
_LEVELS = 10


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is written. `pattern` has `%1%` … for the numbers of the levels; "" if none is given."""

    start: int
    format: str
    prefix: str
    suffix: str
    shown: int
    pattern: str
    bullet: str
    after: str


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    list_style: str | None
    hidden: bool


class Styles:
    """The styles of the content (automatic) and of styles.xml together, by family and name."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for element in (element for root in reversed(roots) if root is not None for element in _definitions(root)):
            self._define(element)

    def is_hidden(self, family: str, name: str) -> bool:
        return any(style.hidden for style in self._chain(family, name))

    def list_of(self, paragraph_style: str) -> str | None:
        """The list style that a paragraph style brings; "" where it says expressly none, None where it says nothing."""
        said = (style.list_style for style in self._chain("paragraph", paragraph_style))
        return next((name for name in said if name is not None), None)

    def levels(self, list_style: str) -> dict[int, Level]:
        """The levels of a list style, from 1; empty for one that is not defined."""
        return self._lists.get(list_style, {})

    def _chain(self, family: str, name: str) -> Iterator[_Style]:
        for _ in range(_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.parent

    def _define(self, element: etree._Element) -> None:
        name = str(element.get(f"{{{STYLE}}}name", ""))
        if local(element) == "list-style":
            self._lists[name] = dict(_levels(element))
        elif local(element) == "outline-style":
            self.outline = dict(_levels(element))
        else:
            properties = element.find(f"{{{STYLE}}}text-properties")
            self._styles[str(element.get(f"{{{STYLE}}}family", "")), name] = _Style(
                parent=str(element.get(f"{{{STYLE}}}parent-style-name", "")),
                list_style=element.get(f"{{{STYLE}}}list-style-name"),
                hidden=properties is not None and properties.get(f"{{{TEXT}}}display") == "none",
            )


def _definitions(root: etree._Element) -> Iterator[etree._Element]:
    for place in root:
        if local(place) in ("styles", "automatic-styles"):
            yield from (element for element in place if local(element) in ("style", "list-style", "outline-style"))


def _levels(definition: etree._Element) -> Iterator[tuple[int, Level]]:
    for element in definition:
        depth = integer(str(element.get(f"{{{TEXT}}}level", "")))
        if depth is not None and 1 <= depth <= _LEVELS:
            yield depth, _level(element)


def _level(element: etree._Element) -> Level:
    alignment = element.find(f".//{{{STYLE}}}list-level-label-alignment")
    follows = "listtab" if alignment is None else alignment.get(f"{{{TEXT}}}label-followed-by", "listtab")
    start = integer(str(element.get(f"{{{TEXT}}}start-value", "")))
    return Level(
        start=1 if start is None else start,
        format=str(element.get(f"{{{STYLE}}}num-format", "")),
        prefix=str(element.get(f"{{{STYLE}}}num-prefix", "")),
        suffix=str(element.get(f"{{{STYLE}}}num-suffix", "")),
        shown=integer(str(element.get(f"{{{TEXT}}}display-levels", ""))) or 1,
        pattern=next((str(element.get(name)) for name in _LABEL_FORMATS if element.get(name)), ""),
        bullet=str(element.get(f"{{{TEXT}}}bullet-char", "")),
        after=_AFTER.get(str(follows), "\t"),
    )
