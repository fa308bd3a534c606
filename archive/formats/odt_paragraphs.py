"""A paragraph of an odt: its text, its notes and the boxes that hang on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .numerals import integer
from .odt_styles import TEXT, Styles
from .parts import local

_SPACE = re.compile(r"[ \t\r\n]+")
_SKIPPED = frozenset((
    "annotation", "annotation-end", "ruby-text", "hidden-text", "hidden-paragraph", "soft-page-break", "number",
    "tracked-changes", "title", "desc", "image", "object", "object-ole", "forms", "event-listeners", "script",
    "note-citation", "bibliography-source",
))  # fmt: skip
_BOXES = frozenset(("text-box", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "caption"))
_BLANKS = 1_000
"""At most so many blanks come of one `text:s`, whatever number it gives."""
_KEPT = "\0"
"""A blank that is meant, until the others are collapsed; XML cannot hold this character."""


@dataclass(slots=True)
class Paragraph:
    """`number` is the label that the file itself gives to the paragraph, "" mostly; `boxes` come after the text."""

    text: str = ""
    number: str = ""
    boxes: list[etree._Element] = field(default_factory=list)


def attribute(element: etree._Element, name: str) -> str:
    """An attribute in the name space `text`; "" if it is not there."""
    return str(element.get(f"{{{TEXT}}}{name}", ""))


class Paragraphs:
    """Reads paragraph after paragraph and remembers the notes that they refer to."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._notes: list[etree._Element] = []
        self.hidden = False

    def notes(self) -> Iterator[tuple[int, etree._Element]]:
        """(number, body) of every note so far, and of those that come while they are read."""
        yield from enumerate(self._notes, 1)

    def read(self, element: etree._Element) -> Paragraph | None:
        """The visible text of a paragraph; None for a hidden one."""
        if self._styles.is_hidden("paragraph", attribute(element, "style-name")):
            self.hidden = True
            return None
        paragraph = Paragraph()
        pieces: list[str] = []
        self._collect(element, pieces, paragraph)
        paragraph.text = _SPACE.sub(" ", "".join(pieces)).strip(" ").replace(_KEPT, " ")
        paragraph.text = paragraph.text.replace("\x01", "\t").replace("\x02", "\n")
        return paragraph

    def _collect(self, parent: etree._Element, pieces: list[str], paragraph: Paragraph) -> None:
        pieces.append(parent.text or "")
        for element in parent:
            self._inline(element, pieces, paragraph)
            pieces.append(element.tail or "")

    def _inline(self, element: etree._Element, pieces: list[str], paragraph: Paragraph) -> None:
        name = local(element)
        if name == "s":
            pieces.append(_KEPT * min(integer(attribute(element, "c")) or 1, _BLANKS))
        elif name == "tab":
            pieces.append("\x01")
        elif name == "line-break":
            pieces.append("\x02")
        elif name == "number":
            paragraph.number = "".join(map(str, element.itertext()))
        elif name == "note":
            pieces.append(self._refer(element))
        elif name in _BOXES:
            paragraph.boxes.append(element)
        elif name == "span" and self._styles.is_hidden("text", attribute(element, "style-name")):
            self.hidden = True
        elif name and name not in _SKIPPED:
            self._collect(element, pieces, paragraph)

    def _refer(self, note: etree._Element) -> str:
        body = next((child for child in note if local(child) == "note-body"), None)
        if body is None:
            return ""
        self._notes.append(body)
        return f"[{len(self._notes)}]"
