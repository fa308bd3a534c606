"""A paragraph of a docx: its text, and which list it belongs to."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from .numerals import integer
from .parts import local

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""The two name spaces of WordprocessingML: transitional, which Word writes, and strict."""

_SKIPPED = frozenset((
    "pPr", "rPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "Fallback", "sdtPr", "fldData",
    "tblPr", "docPr", "cNvPr",
))  # fmt: skip
_SIGNS: dict[str, str] = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}


class Notes:
    """The references to foot- and endnotes that the text has made so far, numbered as one sequence."""

    def __init__(self) -> None:
        self._referred: list[tuple[str, str]] = []
        self.hidden = False

    def refer(self, kind: str, identity: str) -> str:
        """The sign to put into the text."""
        self._referred.append((kind, identity))
        return f"[{len(self._referred)}]"

    def referred(self, kind: str) -> list[tuple[int, str]]:
        """(number, id) of every reference to a note of this kind."""
        return [(number, identity) for number, (of, identity) in enumerate(self._referred, 1) if of == kind]


def value(element: etree._Element | None, name: str = "val") -> str:
    """An attribute in the name space of WordprocessingML; "" if it, or the element, is not there."""
    if element is None:
        return ""
    return next(
        (str(element.get(f"{{{space}}}{name}")) for space in WORD if f"{{{space}}}{name}" in element.attrib), ""
    )


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element on a path of names, each right below the one before."""
    for name in path:
        if element is None:
            return None
        element = next((below for below in element if local(below) == name), None)
    return element


def number_of(paragraph: etree._Element) -> tuple[str, str, int | None]:
    """(style, list, level) as the paragraph itself says; "" and None where it leaves that to its style."""
    properties = child(paragraph, "pPr")
    numbering = child(properties, "numPr")
    return (
        value(child(properties, "pStyle")),
        value(child(numbering, "numId")),
        integer(value(child(numbering, "ilvl"))),
    )


def paragraph_text(paragraph: etree._Element, notes: Notes, boxes: list[etree._Element]) -> str:
    """The visible text of a paragraph. Text boxes anchored in it are collected in `boxes`, to come after it."""
    parts: list[str] = []
    _collect(paragraph, parts.append, notes, boxes)
    return "".join(parts)


def _collect(parent: etree._Element, write: Callable[[str], None], notes: Notes, boxes: list[etree._Element]) -> None:
    for element in parent:
        name = local(element)
        if name == "t":
            write(element.text or "")
        elif name in _SIGNS:
            write(_SIGNS[name])
        elif name == "sym":
            write(_symbol(element))
        elif name in ("footnoteReference", "endnoteReference"):
            write(notes.refer(name.removesuffix("Reference") + "s", value(element, "id")))
        elif name == "txbxContent":
            boxes.append(element)
        elif name == "r" and _is_hidden(element):
            notes.hidden = True
        elif name and (name not in _SKIPPED or (name == "pict" and child(parent, "Choice") is None)):
            _collect(element, write, notes, boxes)


def _is_hidden(run: etree._Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and value(vanish) not in ("0", "false", "off")


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font, by its number there."""
    try:
        return chr(int(value(element, "char"), 16))
    except (ValueError, OverflowError):
        return ""
