"""What of a section is searched: its own text without what belongs to the web page it was found on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from archive.spans import Span, furniture


class Whole(Protocol):
    """A document, or what is known of one."""

    @property
    def boilerplate(self) -> Any: ...
    @property
    def title(self) -> str: ...
    @property
    def title_in_text(self) -> bool: ...


class Place(Protocol):
    """A section, or what is known of one."""

    @property
    def document(self) -> Whole: ...
    @property
    def ordinal(self) -> int: ...
    @property
    def start(self) -> int: ...


Boilerplate = Sequence[Sequence[int | str]]
"""`Document.boilerplate`: [start, end, kind] over the document's text."""


def searchable(text: str, start: int, boilerplate: Boilerplate) -> str:
    """A section's text with what its issuer did not write blanked out, offsets kept; `start` is its place."""
    return blanked(text, start, furniture(boilerplate))


def blanked(text: str, start: int, pieces: Iterable[Span]) -> str:
    """A text from a place on with these pieces as white space."""
    end = start + len(text)
    for piece in pieces:
        first, last = max(piece.start, start), min(piece.end, end)
        if first < last:
            text = text[: first - start] + " " * (last - first) + text[last - start :]
    return text


def shown_text(section: Place, own: str) -> str:
    """The part of a section's own text that belongs to the document: what extracts are cut from."""
    return searchable(own, section.start, section.document.boilerplate)


def indexed_text(section: Place, own: str) -> str:
    """What is searched of a section: the first has the document's title too, when the text does not carry it."""
    text, document = shown_text(section, own), section.document
    return text if section.ordinal or document.title_in_text else f"{text}\n\n{document.title}"
