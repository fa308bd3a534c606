"""Pictures and scanned pages: text recognition, its limits, and what is said where there is none."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from archive.formats import UnreadableFile, outside, read, tesseract
from archive.formats.image_sizes import checked_sizes
from archive.formats.pdf import extract
from archive.formats.scans import fill, read_picture

from .format_scans import SCAN, png_of_size, scanned_pdf, tiff

needs_tesseract = pytest.mark.skipif(
    tesseract.installed() is None or "chi_sim" not in tesseract.installed().languages, reason=tesseract.INSTALL
)
LINES = [
    "关于开展入户走访的通知",
    "登记走访情况",
    "每月汇总一次",
    "Every station shall visit",
    "Officers should record",
]


def has_lines(text: str) -> bool:
    return all(line in text for line in LINES)


@pytest.fixture
def without_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PATH", str(tmp_path))


@needs_tesseract
def test_a_picture_in_both_languages() -> None:
    reading = read(SCAN, "scan.png")
    assert has_lines(reading.text)
    assert (reading.media_type, reading.reader) == ("image/png", "ocr")
    assert reading.program.startswith("tesseract ") and reading.program.endswith("chi_sim+eng")
    assert "% sure" in reading.warnings[0]


@needs_tesseract
def test_a_pdf_with_a_text_layer_on_some_pages() -> None:
    reading = read(scanned_pdf([["Notice on visits"], SCAN, ["The end"]]), "a.pdf")
    first, scanned, last = reading.text.split("\n\f")
    assert (first, last) == ("Notice on visits", "The end")
    assert has_lines(scanned)
    assert reading.reader == "pdf+ocr"
    assert reading.warnings[0].startswith("1 of 3 page(s) were read by text recognition")


@needs_tesseract
def test_a_stamp_on_a_scan_is_no_text_layer() -> None:
    data = scanned_pdf([SCAN], "Scanned by Reader")
    assert extract(data).text.strip() == "Scanned by Reader"
    assert has_lines(read(data, "a.pdf").text)


@needs_tesseract
def test_a_tiff_of_several_pages() -> None:
    pages = read(tiff(2), "a.tif").text.split("\n\f")
    assert [has_lines(page) for page in pages] == [True, True]


@needs_tesseract
def test_a_picture_without_text() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_picture(tiff(1, blank=True), "tiff", 60)
    assert refusal.value.code == "no-text"


@needs_tesseract
@pytest.mark.parametrize("data", [SCAN[:200], png_of_size(900, 900)[:3000], b"\xff\xd8\xff\xc0\0\x11\x08\0\x20\0\x20"])
def test_damaged_pictures_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(data, "a.png")
    assert refusal.value.code in ("broken", "no-text")


@needs_tesseract
def test_the_time_of_a_file_is_limited() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        fill(scanned_pdf([SCAN] * 3), extract(scanned_pdf([SCAN] * 3)), 0.01)
    assert refusal.value.code == "timeout"


@pytest.mark.usefixtures("without_programs")
@pytest.mark.parametrize(
    "data, code",
    [(SCAN, "unavailable"), (scanned_pdf([SCAN]), "no-text"), (scanned_pdf([["x"], SCAN, SCAN]), "no-text")],
)
def test_without_tesseract_it_is_said_what_to_install(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile, match="apt-get install tesseract-ocr") as refusal:
        read(data, "a")
    assert refusal.value.code == code


@pytest.mark.usefixtures("without_programs")
def test_without_tesseract_a_pdf_that_is_mostly_text_is_read() -> None:
    reading = read(scanned_pdf([["Notice"], SCAN, ["The end"]]), "a.pdf")
    assert reading.text == "Notice\n\f\n\fThe end"
    assert (reading.reader, reading.program) == ("pdf", "")
    assert "1 of 3 pages have no text layer" in reading.warnings[0] and ": 2." in reading.warnings[0]


def test_too_many_scanned_pages() -> None:
    data = scanned_pdf([SCAN] * 201)
    with pytest.raises(UnreadableFile) as refusal:
        fill(data, extract(data), 60)
    assert refusal.value.code in ("too-large", "no-text")


WEBP = b"RIFF\0\0\0\0WEBP"
SIZES = {
    "png": (SCAN, "png", [(1077, 521)]),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc2\0\x11\x08\0\x20\0\x40", "jpeg", [(64, 32)]),
    "tiff": (tiff(3), "tiff", [(1077, 521)] * 3),
    "tiff of the other order": (
        b"MM\0*\0\0\0\x08\0\x02\x01\0\0\x03\0\0\0\x01\0\x40\0\0\x01\x01\0\x03\0\0\0\x01\0\x20\0\0\0\0\0\0",
        "tiff",
        [(64, 32)],
    ),
    "webp": (WEBP + b"VP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x40\0\x20\0", "webp", [(64, 32)]),
    "webp lossless": (WEBP + b"VP8L\0\0\0\0\x2f" + struct.pack("<I", 63 | 31 << 14), "webp", [(64, 32)]),
    "webp extended": (WEBP + b"VP8X\0\0\0\0\0\0\0\0\x3f\0\0\x1f\0\0", "webp", [(64, 32)]),
}


@pytest.mark.parametrize("data, kind, sizes", SIZES.values(), ids=SIZES.keys())
def test_the_size_of_a_picture(data: bytes, kind: str, sizes: list[tuple[int, int]]) -> None:
    assert checked_sizes(data, kind) == sizes


@pytest.mark.parametrize(
    "data, kind, code",
    [
        (png_of_size(10_000, 5_001), "png", "too-large"),
        (png_of_size(2**31 - 1, 2**31 - 1), "png", "too-large"),
        (png_of_size(0, 10), "png", "broken"),
        (SCAN[:20], "png", "broken"),
        (b"\xff\xd8\xff\xe0\xff\xff", "jpeg", "broken"),
        (b"\xff\xd8\xff\xe0\0\0" * 9, "jpeg", "broken"),
        (tiff(1, width=100_000), "tiff", "too-large"),
        (tiff(2, loop=True), "tiff", "broken"),
        (tiff(201), "tiff", "too-large"),
        (b"II*\0\0\0\0\0", "tiff", "broken"),
        (b"II*\0\xff\xff\xff\xff", "tiff", "broken"),
        (WEBP + b"VP9 ", "webp", "broken"),
        (WEBP + b"VP8X", "webp", "broken"),
    ],
)
def test_pictures_that_are_refused_by_their_size(data: bytes, kind: str, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        checked_sizes(data, kind)
    assert refusal.value.code == code
