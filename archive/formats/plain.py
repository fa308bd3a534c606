"""Plain text and Markdown: the decoded file, character by character."""

from __future__ import annotations

import re

from .encodings import decode
from .kinds import Kind
from .mojibake import traces
from .reading import READER_VERSIONS, Reading, UnreadableFile

_MEDIA_TYPE: dict[Kind, str] = {"text": "text/plain", "markdown": "text/markdown"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_SHARE = 0.002
"""More control characters than this are no text; a stray one (a typist's Ctrl-Z) is."""


def read(data: bytes, kind: Kind, encoding: str | None) -> Reading:
    """The decoded file. A byte-order mark goes; line ends, blanks and tabs stay as they are, so that every offset
    counts characters of the file itself."""
    decoded = decode(data, encoding)
    text = decoded.text
    _refuse_junk(text)
    if not text.strip("\ufeff\u200b \t\r\n\f\v\x1a\u3000\xa0"):
        raise UnreadableFile("There is nothing but blank space in this file. Upload the one with the text.", "no-text")
    warnings = (*decoded.warnings, *traces(text))
    return Reading(text, _MEDIA_TYPE[kind], "plain", READER_VERSIONS["plain"], decoded.encoding, warnings)


def _refuse_junk(text: str) -> None:
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > max(2, len(text) * _CONTROL_SHARE):
        raise UnreadableFile(
            "This is not text: it holds control characters. Upload the circular as txt, html, docx or PDF.",
            "unknown-type",
        )
