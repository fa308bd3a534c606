"""HTML on this side of the child process: which character set a page is in, and its way to the reader."""

from __future__ import annotations

from . import process
from .mojibake import traces
from .page_encoding import decode_page
from .reading import READER_VERSIONS, Reading


def read(data: bytes, encoding: str | None) -> Reading:
    """The page's text; `encoding` is a person's choice, else what the page says of itself is checked and taken."""
    decoded = decode_page(data, encoding)
    found = process.extract("html", decoded.text.encode("utf-8", "replace"))
    warnings = (*decoded.warnings, *found.warnings, *traces(found.text))
    return Reading(found.text, "text/html", "html", READER_VERSIONS["html"], decoded.encoding, warnings, found.title)
