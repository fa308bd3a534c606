"""How large a picture is, by its head alone: nothing is decoded before the limits are kept."""

from __future__ import annotations

import struct

from .reading import PIXEL_LIMIT, SCAN_LIMIT, UnreadableFile

Size = tuple[int, int]

_BROKEN = UnreadableFile("This picture is damaged or cut off. Make it again and upload it.", "broken")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset((0x01, *range(0xD0, 0xD9)))
_TIFF_WIDTH, _TIFF_HEIGHT = 256, 257
_TIFF_SHORT = 3


def checked_sizes(data: bytes, kind: str) -> list[Size]:
    """(width, height) in pixels of every page of a picture; only a TIFF has more than one.

    UnreadableFile: broken, too-large (more than PIXEL_LIMIT pixels, more than SCAN_LIMIT pages).
    """
    try:
        sizes = {"png": _png, "jpeg": _jpeg, "tiff": _tiff, "webp": _webp}[kind](data)
    except (struct.error, IndexError) as error:
        raise _BROKEN from error
    for width, height in sizes:
        if width <= 0 or height <= 0:
            raise _BROKEN
        if width * height > PIXEL_LIMIT:
            raise UnreadableFile(
                f"This picture has {width * height / 1e6:,.0f} million pixels; at most {PIXEL_LIMIT / 1e6:.0f} million "
                "are read. Scan it at 300 dots per inch, or cut it.",
                "too-large",
            )
    return sizes


def _png(data: bytes) -> list[Size]:
    if data[12:16] != b"IHDR":
        raise _BROKEN
    return [struct.unpack_from(">II", data, 16)]


def _jpeg(data: bytes) -> list[Size]:
    at = 2
    while True:
        if data[at] != 0xFF:
            raise _BROKEN
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return [(width, height)]
        elif marker in _BARE_MARKERS:
            at += 2
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            at += 2 + max(2, length)


def _webp(data: bytes) -> list[Size]:
    form = data[12:16]
    if form == b"VP8X":
        width, height = data[24:27], data[27:30]
        if len(height) < 3:
            raise _BROKEN
        return [(int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1)]
    if form == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return [((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)]
    if form == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return [(width & 0x3FFF, height & 0x3FFF)]
    raise _BROKEN


def _tiff(data: bytes) -> list[Size]:
    order = "<" if data.startswith(b"II") else ">"
    sizes: list[Size] = []
    seen: set[int] = set()
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    while at:
        if at in seen:
            raise _BROKEN
        seen.add(at)
        if len(sizes) == SCAN_LIMIT:
            raise UnreadableFile(
                f"This TIFF has more than {SCAN_LIMIT} pages, which is the most that text recognition reads. Split it.",
                "too-large",
            )
        (entries,) = struct.unpack_from(f"{order}H", data, at)
        sizes.append(_directory(data, order, at + 2, entries))
        (at,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * entries)
    if not sizes:
        raise _BROKEN
    return sizes


def _directory(data: bytes, order: str, at: int, entries: int) -> Size:
    """Width and height out of the directory of one page; 0 for one that is not given."""
    found = {_TIFF_WIDTH: 0, _TIFF_HEIGHT: 0}
    for entry in range(at, at + 12 * entries, 12):
        tag, kind = struct.unpack_from(f"{order}HH", data, entry)
        if tag in found:
            (found[tag],) = struct.unpack_from(f"{order}{'H' if kind == _TIFF_SHORT else 'I'}", data, entry + 8)
    return found[_TIFF_WIDTH], found[_TIFF_HEIGHT]
