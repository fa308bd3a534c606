"""HTML on this side of the child process: which character set a page is in, and its way to the reader."""

from __future__ import annotations

import re

from . import process
from .encodings import decode
from .mojibake import traces
from .reading import READER_VERSIONS, Reading

_DECLARED = re.compile(
    rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)|\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)", re.I
)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_HEAD = 8192
"""Bytes of a page in which its character set is looked for; the standard asks for 1,024, old pages need more."""


def read(data: bytes, encoding: str | None) -> Reading:
    """The page's text; `encoding` is a person's choice, else what the page says of itself is checked and taken."""
    declared = _DECLARED.search(data[:_HEAD])
    said = (declared[1] or declared[2]).decode("ascii") if declared else None
    decoded = decode(data, encoding, said)
    page = _XML_DECLARATION.sub("", decoded.text)
    found = process.extract("html", page.encode("utf-8", "replace"))
    warnings = (*decoded.warnings, *found.warnings, *traces(found.text))
    return Reading(found.text, "text/html", "html", READER_VERSIONS["html"], decoded.encoding, warnings, found.title)
