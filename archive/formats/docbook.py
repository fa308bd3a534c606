"""What antiword writes of an old Word file (DocBook), in a child process: a line per paragraph, tabs between cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from .notes import NUMBERS_LOST
from .parts import local
from .reading import Extracted, UnreadableFile

_END = b"</book>"
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*>")
_NOTE = re.compile(r"^\[(\d+)\]", re.M)
_SPACE = re.compile(r"[ \r\n]+")
_LINES = frozenset(("para", "title", "subtitle"))
_INFO = frozenset(("bookinfo", "footnote"))


def extract(data: bytes) -> Extracted:
    """The text; notes, which antiword writes after the XML, at its end. UnreadableFile: broken, no-text."""
    at = data.rfind(_END) + len(_END)
    if at < len(_END):
        raise UnreadableFile("This document is damaged. Save it again in Word, as docx, and upload that.", "broken")
    root = etree.fromstring(
        _DOCTYPE.sub(b"", data[:at], count=1),
        etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True),
    )
    if root is None:
        raise UnreadableFile("This document is damaged. Save it again in Word, as docx, and upload that.", "broken")
    book = _Book()
    lines = [*book.lines(root), *_notes(data[at:])]
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        raise UnreadableFile("There is no text in this document, at most pictures. Upload the text as txt.", "no-text")
    title = root.find("bookinfo/title")
    numbered = root.find(".//orderedlist") is not None
    return Extracted(text, "" if title is None else _inline(title), (NUMBERS_LOST,) if numbered else ())


def _notes(tail: bytes) -> list[str]:
    """`[1]text` after a ruler → `[1] text`."""
    notes = tail.decode("utf-8", "replace").strip().lstrip("-").strip()
    return [_NOTE.sub(r"[\1] ", notes)] if notes else []


class _Book:
    """Walks the tree; counts the references to notes, whose place antiword marks and whose number it does not."""

    def __init__(self) -> None:
        self._notes = 0

    def lines(self, parent: etree._Element) -> Iterator[str]:
        for element in parent:
            name = local(element)
            if name == "row":
                yield "\t".join("\n".join(self._cell(entry)) for entry in element if local(entry) == "entry")
            elif name in _LINES:
                yield from self._paragraph(element)
            elif name not in _INFO:
                yield from self.lines(element)

    def _cell(self, entry: etree._Element) -> Iterator[str]:
        if any(local(element) in _LINES for element in entry):
            yield from self.lines(entry)
        else:
            yield from self._paragraph(entry)

    def _paragraph(self, element: etree._Element) -> Iterator[str]:
        """The text of a paragraph, and after it the lists and tables that antiword puts inside it."""
        pieces: list[str] = []
        inner: list[etree._Element] = []
        self._collect(element, pieces, inner)
        text = _SPACE.sub(" ", "".join(pieces)).strip(" ")
        if text or not inner:
            yield text
        for block in inner:
            yield from self.lines(block)

    def _collect(self, parent: etree._Element, pieces: list[str], inner: list[etree._Element]) -> None:
        pieces.append(parent.text or "")
        for element in parent:
            name = local(element)
            if name == "footnote":
                self._notes += 1
                pieces.append(f"[{self._notes}]")
            elif name in ("informaltable", "table", "itemizedlist", "orderedlist", "mediaobject"):
                inner.append(element)
            else:
                self._collect(element, pieces, inner)
            pieces.append(element.tail or "")


def _inline(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
