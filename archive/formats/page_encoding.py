"""Which character set a page of HTML or XHTML is in: what it says of itself is checked against its bytes."""

from __future__ import annotations

import re
from dataclasses import replace

from .encodings import Decoded, decode

_DECLARED = re.compile(
    rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)|\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)", re.I
)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_HEAD = 8192
"""Bytes of a page in which its character set is looked for; the standard asks for 1,024, old pages need more."""


def decode_page(data: bytes, encoding: str | None = None) -> Decoded:
    """The source of a page without its XML declaration. `encoding` is a person's choice and obeyed."""
    declared = _DECLARED.search(data[:_HEAD])
    said = (declared[1] or declared[2]).decode("ascii") if declared else None
    decoded = decode(data, encoding, said)
    return replace(decoded, text=_XML_DECLARATION.sub("", decoded.text))
