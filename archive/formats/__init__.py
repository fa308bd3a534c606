"""Bytes → text, one reader per media type. The text is what the file says, never tidied.

`read` is the one door for a document, `members` for a zip of documents; both refuse with `UnreadableFile` and
nothing else. A new format is a kind in `kinds.py` and a reader beside the others; one that parses more than characters
runs in the child process (`process.py`, `child.py`).

What the text of each format is:

    txt, md   the decoded file, character by character; only a byte-order mark is left out, `\\r\\n` stays `\\r\\n`
    html      what a browser shows, blocks divided by line ends, cells by tabs (the rules of `innerText`)
    docx      a line per paragraph with its automatic number, cells divided by tabs, notes at the end; no running heads
    pdf       the text layer, a line per line; between pages a line end and a form feed
"""

from __future__ import annotations

from dataclasses import replace

from . import plain, process, web
from .archives import is_archive, members
from .kinds import Kind, recognise
from .reading import MEGABYTE, READER_VERSIONS, UPLOAD_LIMIT_DEFAULT, Reading, UnreadableFile

__all__ = ["SUFFIXES", "UPLOAD_LIMIT_DEFAULT", "Reading", "UnreadableFile", "is_archive", "members", "read"]

SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".zip")
"""What an upload form may offer; the content decides, whatever the name says."""

_MEDIA_TYPES: dict[Kind, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def read(data: bytes, name: str, *, encoding: str | None = None, limit: int = UPLOAD_LIMIT_DEFAULT) -> Reading:
    """The text of one file. `name` is the file's name as received, `limit` the most bytes it may have.

    `encoding` is a person's choice for text and HTML; other formats fix it themselves and ignore it.
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
    reading = _read(data, kind, encoding)
    return replace(reading, warnings=(*notes, *reading.warnings))


def _read(data: bytes, kind: Kind, encoding: str | None) -> Reading:
    if kind in ("text", "markdown"):
        return plain.read(data, kind, encoding)
    if kind == "html":
        return web.read(data, encoding)
    if kind == "zip":
        raise UnreadableFile("This is a zip of files, not a document. Import it, or unpack it first.", "unknown-type")
    found = process.extract(kind, data)
    return Reading(
        found.text, _MEDIA_TYPES[kind], kind, READER_VERSIONS[kind], warnings=found.warnings, title=found.title
    )
