"""The text of an odt, in a child process: a line per paragraph, with the number that the program shows before it.

Own reader: odfpy, the one library for it, has had no release since 2020, and writes no automatic numbers. The lines
follow the docx reader's: cells divided by tabs, notes at the end, text boxes after the paragraph that they hang on.
Deleted and hidden text, comments, headers and footers are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .notes import HIDDEN
from .odt_numbering import Numbering
from .odt_paragraphs import Paragraphs, attribute
from .odt_styles import Styles
from .parts import Parts, local
from .reading import Extracted, UnreadableFile

# fmt: off
_CONTAINERS = frozenset((
    "section", "index-body", "index-title", "table-of-content", "illustration-index", "table-index", "object-index",
    "user-index", "alphabetical-index", "bibliography", "frame", "text-box", "custom-shape", "rect", "g", "a",
))
_ROW_GROUPS = frozenset(("table-header-rows", "table-rows", "table-row-group"))
# fmt: on


def extract(data: bytes) -> Extracted:
    """Text and title of an odt. UnreadableFile: encrypted, broken, bomb, no-text, and what `open_zip` refuses."""
    parts = Parts(data)
    _refuse_encrypted(parts)
    content = parts.parsed("content.xml")
    body = None if content is None else content.find("{*}body/{*}text")
    if content is None or body is None:
        raise UnreadableFile("The text is missing from this document. Save it again as odt or docx.", "broken")
    reader = _Reader(Styles(content, parts.parsed("styles.xml")))
    text = "\n".join([*reader.blocks(body), *reader.notes()])
    if not text.strip():
        raise UnreadableFile(
            "There is no text in this document, at most pictures. Upload the text as odt, docx or txt.", "no-text"
        )
    warnings = (HIDDEN,) if reader.hidden else ()
    return Extracted(text, _title(parts), warnings)


def _refuse_encrypted(parts: Parts) -> None:
    manifest = parts.parsed("META-INF/manifest.xml")
    if manifest is not None and manifest.find(".//{*}encryption-data") is not None:
        raise UnreadableFile(
            "This document is protected by a password. Remove the protection and upload it again.", "encrypted"
        )


def _title(parts: Parts) -> str:
    meta = parts.parsed("meta.xml")
    title = None if meta is None else meta.find(".//{http://purl.org/dc/elements/1.1/}title")
    return "" if title is None else " ".join((title.text or "").split())


class _Reader:
    """Walks the blocks of a document in order; lists count as they come by."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._numbering = Numbering(styles)
        self._paragraphs = Paragraphs(styles)
        self._sections_hidden = False

    @property
    def hidden(self) -> bool:
        return self._sections_hidden or self._paragraphs.hidden

    def blocks(self, parent: etree._Element) -> Iterator[str]:
        """The lines of all blocks below `parent`."""
        for element in parent:
            yield from self._block(element)

    def notes(self) -> Iterator[str]:
        """The notes that the text referred to, each after its number; a note may hold further references."""
        for number, body in self._paragraphs.notes():
            yield f"[{number}] " + "\n".join(self.blocks(body)).strip()

    def _block(self, element: etree._Element) -> Iterator[str]:
        name = local(element)
        if name in ("p", "h"):
            yield from self._paragraph(element, self._numbering.heading(element) if name == "h" else "")
        elif name == "list":
            with self._numbering.opened(element):
                yield from self._items(element)
        elif name == "table":
            yield from self._rows(element)
        elif name == "section" and attribute(element, "display") == "none":
            self._sections_hidden = True
        elif name in _CONTAINERS:
            yield from self.blocks(element)

    def _paragraph(self, element: etree._Element, label: str) -> Iterator[str]:
        paragraph = self._paragraphs.read(element)
        if paragraph is None:
            return
        yield (paragraph.number or label) + paragraph.text
        for box in paragraph.boxes:
            yield from self._block(box)

    def _items(self, parent: etree._Element) -> Iterator[str]:
        for item in parent:
            fresh = local(item) == "list-item"
            for element in item if fresh or local(item) == "list-header" else ():
                if fresh and local(element) in ("p", "h"):
                    fresh = False
                    yield from self._paragraph(element, self._numbering.count(item, element))
                elif local(element) in ("p", "h"):
                    yield from self._paragraph(element, "")
                else:
                    yield from self._block(element)

    def _rows(self, parent: etree._Element) -> Iterator[str]:
        """A line per row, a tab between cells; the paragraphs of one cell are lines of their own."""
        for element in parent:
            if local(element) == "table-row":
                cells = (cell for cell in element if local(cell) == "table-cell")
                yield "\t".join("\n".join(self.blocks(cell)) for cell in cells)
            elif local(element) in _ROW_GROUPS:
                yield from self._rows(element)
