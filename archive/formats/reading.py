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
]

READER_VERSIONS = {"plain": 1, "html": 1, "docx": 1, "pdf": 1}
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
    """

    text: str
    media_type: str
    reader: str
    reader_version: int
    encoding: str = ""
    warnings: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What the reader of one format gives back from its child process."""

    text: str
    title: str = ""
    warnings: tuple[str, ...] = ()
