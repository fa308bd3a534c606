"""The text layer of a PDF, in a child process. Pages are divided by a line end and a form feed, as pdftotext does."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from .legibility import doubts, prepare
from .notes import DAMAGED_PAGES
from .reading import PAGE_BREAK, PAGE_LIMIT, Extracted, UnreadableFile
from .reading_order import in_order
from .wrapping import unwrapped

__all__ = ["extract", "opened", "prepare"]

_LINE_END = re.compile(r"\r\n?")
_BROKEN_WORD = re.compile("[\x02\ufffe]")
"""What pdfium writes for a hyphen and the line end after it."""
_SCANT = 40
"""A page with fewer characters than this, most of it covered by a picture, is a scan with a stamp on it."""
_COVERING = 0.5
"""Share of a page that such a picture covers."""


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    scanned: bool


def extract(data: bytes) -> Extracted:
    """Every page's lines in reading order, `\\n` between them, PAGE_BREAK between pages; and which pages are scans.

    Chinese that runs over the end of a line is one line.

    UnreadableFile: encrypted, broken, too-large (more than PAGE_LIMIT pages), no-text (blank pages only).
    """
    document = opened(data)
    if len(document) > PAGE_LIMIT:
        raise UnreadableFile(
            f"This PDF has {len(document):,} pages; at most {PAGE_LIMIT:,} are read. Split it and upload the parts.",
            "too-large",
        )
    pages, damaged = _pages(document)
    scans = tuple(number for number, page in enumerate(pages) if page.scanned)
    text = PAGE_BREAK.join(page.text for page in pages)
    if not text.strip() and not scans:
        raise UnreadableFile("The pages of this PDF are blank. Upload the one with the text.", "no-text")
    return Extracted(text, _title(document), (*damaged, *doubts(text)), scans)


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """The document; UnreadableFile (encrypted, broken) for one that pdfium does not open."""
    try:
        document = pypdfium2.PdfDocument(data)
        empty = len(document) == 0
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise UnreadableFile(
                "This PDF is protected by a password. Remove the protection and upload it again.", "encrypted"
            ) from error
        raise _damaged() from error
    if empty:
        raise _damaged()
    return document


def _damaged() -> UnreadableFile:
    return UnreadableFile("This PDF is damaged or cut off. Get it again from where it came, and upload it.", "broken")


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[_Page], tuple[str, ...]]:
    """Every page, and a warning that names those that are damaged, unless all are."""
    pages = [_page(document, number) for number in range(len(document))]
    damaged = [str(number) for number, page in enumerate(pages, 1) if page is None]
    if len(damaged) == len(pages):
        raise _damaged()
    said = {"count": len(damaged), "all": len(pages), "pages": ", ".join(damaged[:20])}
    warnings = (DAMAGED_PAGES % said,) if damaged else ()
    return [page or _Page("", False) for page in pages], warnings


def _page(document: pypdfium2.PdfDocument, number: int) -> _Page | None:
    try:
        page = document[number]
        layer = page.get_textpage()
        text = unwrapped(in_order(layer, layer.get_text_range()))
        text = _BROKEN_WORD.sub("-\n", _LINE_END.sub("\n", text)).replace("\f", "\n")
        found = _Page(text, _is_scan(page, len("".join(text.split()))))
    except pypdfium2.PdfiumError:
        return None
    page.close()
    return found


def _is_scan(page: pypdfium2.PdfPage, characters: int) -> bool:
    """True for a page that shows something and has no text, or hardly any beside a picture of the whole page."""
    if characters >= _SCANT:
        return False
    if characters == 0:
        return next(page.get_objects(max_depth=2), None) is not None
    width, height = page.get_size()
    boxes = (image.get_bounds() for image in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=2))
    return any((right - left) * (top - bottom) > _COVERING * width * height for left, bottom, right, top in boxes)


def _title(document: pypdfium2.PdfDocument) -> str:
    title: str = document.get_metadata_value("Title")
    return " ".join(title.split())
