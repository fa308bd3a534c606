"""What may have been lost or garbled between a file and its text."""

from __future__ import annotations

from collections.abc import Iterator

from archive.spans import Concern, ConcernKind, Span

from . import legibility, mojibake

_PAGED = ("pdf", "pdf+ocr", "ocr")
_PACKED = ("docx", "doc", "odt", "rtf", "epub")
_PAGE_SIGNS = 40
"""Characters below which a page counts as empty: a page number and a running head."""
_EMPTY_SHARE = 1 / 4
_LARGE = 200_000
"""Bytes from which a packed file is expected to hold more than a page of text."""
_BYTES_PER_SIGN = 1_000
"""Without pictures a docx has about five bytes for a character, with a letterhead some hundred."""


def damage(text: str, *, reader: str, size: int) -> Iterator[Concern]:
    """What a person should compare with the file, of `size` bytes, that the reader of that name gave this text for."""
    for trace, _cause, at in sorted(mojibake.garbled(text), key=lambda one: one[2])[:1]:
        yield Concern(ConcernKind.GARBLED, 1, Span(at, at + len(trace)))
    lost = text.count("\ufffd")
    if lost:
        first = text.index("\ufffd")
        yield Concern(ConcernKind.LOST_CHARACTERS, lost, Span(first, first + 1))
    if reader in _PAGED and legibility.doubts(text):
        yield Concern(ConcernKind.CIPHER)
    yield from _missing(text, reader, size)


def _missing(text: str, reader: str, size: int) -> Iterator[Concern]:
    """Text that the file must have and the reading has not."""
    if reader in _PAGED:
        pages = text.split("\f")
        empty = sum(_signs(page) < _PAGE_SIGNS for page in pages)
        if empty > _EMPTY_SHARE * len(pages):
            yield Concern(ConcernKind.EMPTY_PAGES, empty)
    elif reader in _PACKED and size > _LARGE and _signs(text) * _BYTES_PER_SIGN < size:
        yield Concern(ConcernKind.LITTLE_TEXT, _signs(text))


def _signs(text: str) -> int:
    """Characters that leave ink."""
    return len("".join(text.split()))
