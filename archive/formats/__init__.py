"""Bytes → text, one reader per media type. The text is what the file says, never tidied.

`read` is the one door for a document, `members` for a zip of documents, `table` for a sheet of metadata; all refuse
with `UnreadableFile` and nothing else. A new format is a kind in `kinds.py` and a reader beside the others; one that
parses more than characters runs in the child process (`process.py`, `child.py`).

What the text of each format is:

    txt, md   the decoded file, character by character; only a byte-order mark is left out, `\\r\\n` stays `\\r\\n`
    html      what a browser shows, blocks divided by line ends, cells by tabs (the rules of `innerText`)
    docx, odt, doc, rtf   a line per paragraph with its automatic number, cells divided by tabs, notes at the end; no
              running heads
    epub      the chapters in the order of the book, a blank line between them
    pdf       the text layer, a line per line; between pages a line end and a form feed; scanned pages recognised
    pictures  what text recognition reads; pages as in a pdf

What needs an outside program (antiword or LibreOffice for doc, tesseract for pictures and scanned pages) is refused
with its name where it is not installed; `readable` is the table of what can be read here.
"""

from __future__ import annotations

from dataclasses import replace

from . import doc, plain, process, scans, web
from .archives import is_archive, members
from .kinds import Kind, recognise
from .mojibake import traces
from .readable import Format, readable
from .reading import (
    MEGABYTE,
    READER_VERSIONS,
    RECOGNITION_SECONDS,
    UPLOAD_LIMIT_DEFAULT,
    Extracted,
    Reading,
    UnreadableFile,
)
from .sheets import table

__all__ = [
    "SUFFIXES",
    "UPLOAD_LIMIT_DEFAULT",
    "Format",
    "Reading",
    "UnreadableFile",
    "is_archive",
    "members",
    "read",
    "readable",
    "table",
]

# fmt: off
SUFFIXES = (
    ".txt", ".md", ".html", ".htm", ".docx", ".doc", ".odt", ".rtf", ".epub", ".pdf", ".png", ".jpg", ".jpeg", ".tif",
    ".tiff", ".webp", ".zip",
)
# fmt: on
"""What an upload form may offer; the content decides, whatever the name says."""

_MEDIA_TYPES: dict[Kind, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "epub": "application/epub+zip",
    "rtf": "application/rtf",
    "doc": "application/msword",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
    "webp": "image/webp",
}


def read(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    limit: int = UPLOAD_LIMIT_DEFAULT,
    seconds: float = RECOGNITION_SECONDS,
) -> Reading:
    """The text of one file. `name` is the file's name as received, `limit` the most bytes it may have.

    `encoding` is a person's choice for text and HTML; other formats fix it themselves and ignore it. `seconds` is the
    most time that text recognition may take; all else is read in less than a minute and a half.
    Raises UnreadableFile, and nothing else, for everything that gives no text.
    """
    if not data:
        raise UnreadableFile("This file is empty. Upload the one with the text.", "empty")
    if len(data) > limit:
        raise UnreadableFile(
            f"This file has {len(data) / MEGABYTE:.1f} MB; at most {limit / MEGABYTE:.0f} MB are read. "
            "Take the pictures out, or split it.",
            "too-large",
        )
    kind, notes = recognise(data, name)
    reading = _read(data, kind, encoding, seconds)
    return replace(reading, warnings=(*notes, *reading.warnings))


def _read(data: bytes, kind: Kind, encoding: str | None, seconds: float) -> Reading:
    if kind in ("text", "markdown"):
        return plain.read(data, kind, encoding)
    if kind == "html":
        return web.read(data, encoding)
    if kind == "zip":
        raise UnreadableFile("This is a zip of files, not a document. Import it, or unpack it first.", "unknown-type")
    if kind in ("png", "jpeg", "tiff", "webp"):
        picture = scans.read_picture(data, kind, seconds)
        return _reading(picture.found, kind, "ocr", picture.program)
    if kind == "pdf":
        pages = scans.fill(data, process.extract("pdf", data), seconds)
        return _reading(pages.found, kind, "pdf+ocr" if pages.program else "pdf", pages.program)
    if kind == "doc":
        old = doc.read(data)
        return _reading(old.found, kind, "doc", old.program)
    return _reading(process.extract(kind, data), kind, kind)


def _reading(found: Extracted, kind: Kind, reader: str, program: str = "") -> Reading:
    return Reading(
        found.text,
        _MEDIA_TYPES[kind],
        reader,
        READER_VERSIONS[reader],
        warnings=(*found.warnings, *traces(found.text)),
        title=found.title,
        program=program,
    )
