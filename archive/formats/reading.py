"""What a reader returns, how it refuses, and the limits that every reader keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MEGABYTE = 1024 * 1024

UPLOAD_LIMIT_DEFAULT = 20 * MEGABYTE
"""Bytes of one file as received."""
UNPACKED_LIMIT = 64 * MEGABYTE
"""Bytes of everything inside one zip, and of the text read out of one file."""
MEMBER_LIMIT = 5_000
"""Members of one zip."""
RATIO_LIMIT = 200
"""Unpacked to packed bytes; deflate reaches 1,032 on nothing but repetition, office files stay below 50."""
PAGE_LIMIT = 2_000
"""Pages of one PDF."""
PIXEL_LIMIT = 50_000_000
"""Pixels of one picture, or of one page of a TIFF."""
SCAN_LIMIT = 200
"""Pages of one file that text recognition reads."""
RECOGNITION_SECONDS = 600.0
"""Time for the text recognition of one file."""
ROW_LIMIT = 10_000
"""Rows of a table that is filled in beside the files of a batch."""
COLUMN_LIMIT = 50
PAGE_BREAK = "\n\f"
"""Between the pages of a file that has pages."""

Code = Literal[
    "empty",
    "too-large",
    "unknown-type",
    "encrypted",
    "broken",
    "no-text",
    "macro",
    "bomb",
    "timeout",
    "wrong-encoding",
    "unavailable",
]

READER_VERSIONS = {
    "plain": 1,
    "html": 1,
    "docx": 1,
    "odt": 1,
    "epub": 1,
    "rtf": 1,
    "doc": 1,
    "pdf": 3,
    "pdf+ocr": 2,
    "ocr": 1,
}
"""Counted up when a reader gives another text for the same file, so that what it read before can be found."""


class UnreadableFile(Exception):
    """A file that gives no text. `reason` is a sentence for people: what is wrong, and what to do."""

    def __init__(self, reason: str, code: Code) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code: Code = code


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of one file.

    `encoding` is the name of the character set that decoded the bytes ("" where the format fixes it itself).
    `warnings` are sentences for the person who uploads; the text was read nevertheless.
    `title` is the title that the file states outside its text (HTML's `<title>`, a docx's properties), "" if none.
    `program` is the outside program, with its version, that had a part in the text, "" if none.
    """

    text: str
    media_type: str
    reader: str
    reader_version: int
    encoding: str = ""
    warnings: tuple[str, ...] = ()
    title: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What the reader of one format gives back from its child process.

    `scans` are the pages, counted from 0, whose text is only to be had from their picture. `picture` is a page as a
    grey bitmap (PGM), from the reader that makes such.
    """

    text: str
    title: str = ""
    warnings: tuple[str, ...] = ()
    scans: tuple[int, ...] = ()
    picture: bytes = b""
