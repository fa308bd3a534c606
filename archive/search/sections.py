"""What of a section is searched: its own text without what belongs to the web page it was found on."""

from __future__ import annotations

from collections.abc import Sequence

Boilerplate = Sequence[Sequence[int | str]]
"""`Document.boilerplate`: [start, end, kind] over the document's text."""


def searchable(text: str, start: int, boilerplate: Boilerplate) -> str:
    """A section's text with its boilerplate blanked out, offsets kept; `start` is its place in the document."""
    end = start + len(text)
    for piece in boilerplate:
        first, last = max(int(piece[0]), start), min(int(piece[1]), end)
        if first < last:
            text = text[: first - start] + " " * (last - first) + text[last - start :]
    return text
