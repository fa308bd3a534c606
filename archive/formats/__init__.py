"""Bytes → text, one reader per media type. The text is what the file says, never tidied.

`read` is the one door for a document, `members` for a zip of documents; both refuse with `UnreadableFile` and
nothing else. A new format is a kind in `kinds.py` and a reader beside the others.
"""

from __future__ import annotations

from dataclasses import replace

from . import plain
from .kinds import recognise
from .reading import MEGABYTE, UPLOAD_LIMIT_DEFAULT, Reading, UnreadableFile

__all__ = ["SUFFIXES", "UPLOAD_LIMIT_DEFAULT", "Reading", "UnreadableFile", "read"]

SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".zip")
"""What an upload form may offer; the content decides, whatever the name says."""


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
    if kind not in ("text", "markdown"):
        raise UnreadableFile("Files of this kind are not read yet. Save it as plain text.", "unknown-type")
    reading = plain.read(data, kind, encoding)
    return replace(reading, warnings=(*notes, *reading.warnings))
