"""The text of a docx, in a child process: a line per paragraph, with the number that Word shows before it.

Own reader, after trying docx2python 3.7.1, which the circulars' numbers do not survive: `一、` (`chineseCounting`)
comes out as `--`, `1.2` as `1)`, numbers that come with a heading's style not at all; it also writes text boxes
twice and HTML tags around links. Field codes, deleted and hidden text, comments, headers and footers are left out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from .docx_numbering import Numbering
from .docx_paragraphs import WORD, Notes, child, number_of, paragraph_text, value
from .notes import HIDDEN
from .parts import Parts, local
from .reading import Extracted, UnreadableFile


def extract(data: bytes) -> Extracted:
    """Text and title of a docx. UnreadableFile: broken, bomb, no-text, and what `open_zip` refuses."""
    package = _Package(Parts(data))
    notes = Notes()
    numbering = Numbering(package.parsed("numbering"), package.parsed("styles"))
    lines = list(_body(package.main(), numbering, notes))
    for kind in ("footnotes", "endnotes"):
        lines += _notes(package.parsed(kind), kind, numbering, notes)
    text = "\n".join(lines)
    if not text.strip():
        raise UnreadableFile(
            "There is no text in this document, at most pictures. Upload the text as docx or txt.", "no-text"
        )
    warnings = (HIDDEN,) if notes.hidden else ()
    return Extracted(text, package.title(), warnings)


class _Package:
    """The parts of the document, found by their relationships."""

    def __init__(self, parts: Parts) -> None:
        self._all = parts
        self._main_name = self._targets("_rels/.rels", "").get("officeDocument", "word/document.xml")
        folder, name = posixpath.split(self._main_name)
        self._parts = self._targets(f"{folder}/_rels/{name}.rels", folder)

    def main(self) -> bytes:
        content = self._all.content(self._main_name)
        if content is None:
            raise UnreadableFile("The text is missing from this document. Save it again as docx.", "broken")
        return content

    def parsed(self, kind: str) -> etree._Element | None:
        """The root of the part that the document calls its `kind`; None where it has none."""
        return self._all.parsed(self._parts.get(kind, ""))

    def title(self) -> str:
        root = self._all.parsed("docProps/core.xml")
        titles = [] if root is None else root.findall("{http://purl.org/dc/elements/1.1/}title")
        return " ".join((titles[0].text or "").split()) if titles else ""

    def _targets(self, rels: str, folder: str) -> dict[str, str]:
        """Kind of relationship → name of the part, for the parts inside the zip."""
        root = self._all.parsed(rels)
        if root is None:
            return {}
        inside = [item for item in root if isinstance(item.tag, str) and item.get("TargetMode") != "External"]
        return {
            str(item.get("Type", "")).rpartition("/")[2]: posixpath.normpath(
                posixpath.join("/", folder, str(item.get("Target", "")))
            ).lstrip("/")
            for item in inside
        }


def _body(content: bytes, numbering: Numbering, notes: Notes) -> Iterator[str]:
    """The lines of the document, block by block; each block is forgotten once it is written."""
    tags = [f"{{{namespace}}}{name}" for namespace in WORD for name in ("p", "tbl")]
    events = etree.iterparse(
        BytesIO(content), events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, element in events:
        if not _is_inner(element):
            yield from _block(element, numbering, notes)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _is_inner(element: etree._Element) -> bool:
    """True inside a table or, by a text box, inside a paragraph: the outer block writes it."""
    return any(local(parent) in ("p", "tbl") for parent in element.iterancestors())


def _block(element: etree._Element, numbering: Numbering, notes: Notes) -> Iterator[str]:
    if local(element) == "tbl":
        yield from _table(element, numbering, notes)
        return
    boxes: list[etree._Element] = []
    text = paragraph_text(element, notes, boxes)
    yield numbering.label(*number_of(element)) + text if text.strip() else text
    for box in boxes:
        yield from _blocks(box, numbering, notes)


def _blocks(parent: etree._Element, numbering: Numbering, notes: Notes) -> Iterator[str]:
    """The lines of all paragraphs and tables right below `parent`, through content controls and the like."""
    for element in parent:
        if local(element) in ("p", "tbl"):
            yield from _block(element, numbering, notes)
        elif local(element) in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _blocks(element, numbering, notes)


def _table(table: etree._Element, numbering: Numbering, notes: Notes) -> Iterator[str]:
    """A line per row, a tab between cells; the paragraphs of one cell are lines of their own."""
    for row in _below(table, "tr"):
        yield "\t".join("\n".join(_blocks(cell, numbering, notes)) for cell in _below(row, "tc"))


def _below(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _below(element, name)


def _notes(root: etree._Element | None, kind: str, numbering: Numbering, notes: Notes) -> Iterator[str]:
    """The notes that the text refers to, in the order of its references, each after its number."""
    if root is None:
        return
    by_id = {value(note, "id"): note for note in root if child(note, "p") is not None}
    for number, identity in notes.referred(kind):
        if identity in by_id:
            yield f"[{number}] " + "\n".join(_blocks(by_id[identity], numbering, notes)).strip()
