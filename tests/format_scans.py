"""Scans for the tests of text recognition: a committed picture, and PDFs and TIFFs made of it in code."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

from .format_samples import pdf_file, text_stream

FILES = Path(__file__).parent / "files"
SCAN = (FILES / "scan.png").read_bytes()
"""Five lines of our own, Chinese and English, in black and white."""


def _chunks(png: bytes) -> dict[bytes, bytes]:
    found, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        found[png[at + 4 : at + 8]] = png[at + 8 : at + 8 + length]
        at += 12 + length
    return found


def _size(png: bytes) -> tuple[int, int]:
    return struct.unpack_from(">II", png, 16)


def png_of_size(width: int, height: int) -> bytes:
    """The head of a picture of this size, and nothing of its content."""
    return SCAN[:16] + struct.pack(">II", width, height) + SCAN[24:]


def rows(png: bytes = SCAN) -> list[bytes]:
    """The lines of a black-and-white picture that was written without filters."""
    width, height = _size(png)
    stride = (width + 7) // 8 + 1
    content = zlib.decompress(_chunks(png)[b"IDAT"])
    return [content[at + 1 : at + stride] for at in range(0, stride * height, stride)]


def scanned_pdf(pages: Sequence[Sequence[str] | bytes], stamp: str = "") -> bytes:
    """A PDF whose pages are lines of text or pictures (PNG, black and white); `stamp` is text over each picture."""
    kids = " ".join(f"{4 + 3 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        first = 4 + 3 * number
        width, height = (
            (_size(page)[0] * 72 / 250, _size(page)[1] * 72 / 250) if isinstance(page, bytes) else (595, 842)
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.0f} {height:.0f}] /Contents {first + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> /XObject << /I {first + 2} 0 R >> >> >>".encode()
        )
        objects += _picture(page, width, height, stamp) if isinstance(page, bytes) else [text_stream(page), b"null"]
    return pdf_file(objects, "")


def _picture(png: bytes, width: float, height: float, stamp: str) -> list[bytes]:
    """The page's content and the picture; PDF knows the way in which a PNG packs its lines."""
    show = f"q {width:.0f} 0 0 {height:.0f} 0 0 cm /I Do Q BT /F1 6 Tf 5 5 Td ({stamp}) Tj ET".encode()
    columns, lines = _size(png)
    packed = _chunks(png)[b"IDAT"]
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {columns} /Height {lines} /BitsPerComponent 1 "
        f"/ColorSpace /DeviceGray /Filter /FlateDecode /Length {len(packed)} "
        f"/DecodeParms << /Predictor 15 /Colors 1 /BitsPerComponent 1 /Columns {columns} >> >>\nstream\n"
    )
    return [
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(show), show),
        head.encode() + packed + b"\nendstream",
    ]


def tiff(pages: int, *, width: int = 0, loop: bool = False, blank: bool = False) -> bytes:
    """A TIFF of the scan, so many times; `width` is what it says instead of its own, `loop` leads back to the first."""
    true_width, height = _size(SCAN)
    raster = b"".join(rows())
    if blank:
        raster = b"\xff" * len(raster)
    data = bytearray(b"II*\0" + struct.pack("<I", 8 + len(raster)) + raster)
    for number in range(pages):
        tags = {
            256: width or true_width,
            257: height,
            258: 1,
            259: 1,
            262: 1,
            273: 8,
            277: 1,
            278: height,
            279: len(raster),
        }
        following = len(data) + 2 + 12 * len(tags) + 4 if number < pages - 1 else 8 + len(raster) if loop else 0
        data += struct.pack("<H", len(tags))
        for tag, value in tags.items():
            data += struct.pack("<HHII", tag, 4, 1, value)
        data += struct.pack("<I", following)
    return bytes(data)
