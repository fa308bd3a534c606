"""The character sets that a file can be in, each with what its first lines would read, for a person to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass

CHOICES = ("utf-8", "gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be", "cp1252")
"""What circulars are found in; the wide sets only where the bytes come in pairs."""
_LINES = 4
_WIDTH = 160
_TAG = re.compile(r"(?is)<(script|style)\b.*?</\1\s*>|<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class Possible:
    """A character set, and the first lines of the file in it that hold more than ASCII; none if all sets read alike."""

    encoding: str
    lines: tuple[str, ...]


def possible_encodings(data: bytes) -> list[Possible]:
    """Every character set that decodes the whole of the bytes."""
    texts = ((name, _decoded(data, name)) for name in CHOICES)
    return [Possible(name, _lines_that_differ(text)) for name, text in texts if text is not None]


def _decoded(data: bytes, name: str) -> str | None:
    if name.startswith("utf-16") and (len(data) % 2 or b"\0" not in data):
        return None
    try:
        return data.decode(name).removeprefix("\ufeff")
    except UnicodeError:
        return None


def _lines_that_differ(text: str) -> tuple[str, ...]:
    """The first lines that are not ASCII alone, without the tags of a page."""
    lines = (" ".join(line.split()) for line in _TAG.sub(" ", text).splitlines())
    found: list[str] = []
    for line in lines:
        if len(found) == _LINES:
            break
        if not line.isascii():
            found.append(line[:_WIDTH])
    return tuple(found)
