"""The text layer of a PDF, in a child process. Pages are divided by a line end and a form feed, as pdftotext does."""

from __future__ import annotations

import re

import pypdfium2

from .reading import PAGE_LIMIT, Extracted, UnreadableFile

PAGE_BREAK = "\n\f"
_LINE_END = re.compile(r"\r\n?")
_BROKEN_WORD = re.compile("[\x02\ufffe]")
"""What pdfium writes for a hyphen and the line end after it."""
_UNMAPPED = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_UNMAPPED_SHARE = 0.02


def extract(data: bytes) -> Extracted:
    """Every page's lines in the file's order, `\\n` between lines, PAGE_BREAK between pages.

    UnreadableFile: encrypted, broken, too-large (more than PAGE_LIMIT pages), no-text (a scan).
    """
    document = _opened(data)
    if len(document) > PAGE_LIMIT:
        raise UnreadableFile(
            f"This PDF has {len(document):,} pages; at most {PAGE_LIMIT:,} are read. Split it and upload the parts.",
            "too-large",
        )
    pages = _pages(document)
    if not any(page.strip() for page in pages):
        raise UnreadableFile(
            "This PDF has no text layer: its pages are pictures, a scan. Run text recognition over it, "
            "or upload the text as txt or docx.",
            "no-text",
        )
    text = PAGE_BREAK.join(pages)
    return Extracted(text, _title(document), (*_bare(pages), *_unmapped(text)))


def _opened(data: bytes) -> pypdfium2.PdfDocument:
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


def _pages(document: pypdfium2.PdfDocument) -> list[str]:
    """Every page's text; "" for a damaged page, which the warning about bare pages then names, unless all are."""
    pages = [_page(document, number) for number in range(len(document))]
    if all(page is None for page in pages):
        raise _damaged()
    return [page or "" for page in pages]


def _page(document: pypdfium2.PdfDocument, number: int) -> str | None:
    try:
        page = document[number]
        text: str = page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        return None
    page.close()
    return _BROKEN_WORD.sub("-\n", _LINE_END.sub("\n", text))


def _title(document: pypdfium2.PdfDocument) -> str:
    title: str = document.get_metadata_value("Title")
    return " ".join(title.split())


def _bare(pages: list[str]) -> tuple[str, ...]:
    bare = [str(number) for number, page in enumerate(pages, start=1) if not page.strip()]
    if not bare:
        return ()
    shown = ", ".join(bare[:20]) + (" …" if len(bare) > 20 else "")
    return (f"{len(bare)} of {len(pages)} pages have no text layer and give no text: {shown}.",)


def _unmapped(text: str) -> tuple[str, ...]:
    """A font without a table of its characters gives a text layer that cannot be read."""
    share = len(_UNMAPPED.findall(text)) / len(text)
    if share <= _UNMAPPED_SHARE:
        return ()
    return (f"{share:.0%} of the characters have no meaning in this PDF's fonts; compare the text with the pages.",)
