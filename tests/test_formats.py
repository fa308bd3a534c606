"""Files of every sort and what becomes of them: read, or refused with a code and a sentence that helps."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import formats
from archive.formats import UnreadableFile

from . import format_samples as samples
from .format_packages import chapter, epub, odt
from .format_samples import CHINESE, ENGLISH, TRADITIONAL, docx, paragraph, pdf, zipped

HTML = f"<!DOCTYPE html><html><head><title>A page</title></head><body><p>{CHINESE}</p></body></html>"

READ = {
    "utf-8": ("a.txt", CHINESE.encode, "text/plain", "utf-8"),
    "utf-8 with mark": ("a.txt", lambda: CHINESE.encode("utf-8-sig"), "text/plain", "utf-8"),
    "gb18030": ("a.txt", lambda: CHINESE.encode("gb18030"), "text/plain", "gb18030"),
    "big5": ("a.txt", lambda: TRADITIONAL.encode("big5"), "text/plain", "cp950"),
    "utf-16 with mark": ("a.txt", lambda: CHINESE.encode("utf-16"), "text/plain", "utf-16-le"),
    "utf-16 without mark": ("a.txt", lambda: CHINESE.encode("utf-16-be"), "text/plain", "utf-16-be"),
    "western": ("a.txt", lambda: samples.FRENCH.encode("cp1252"), "text/plain", "cp1252"),
    "ascii": ("a.txt", ENGLISH.encode, "text/plain", "utf-8"),
    "markdown": ("a.md", lambda: b"# Notice\n\n<b>Visits</b> are due.\n", "text/markdown", "utf-8"),
    "a date for a suffix": ("Notice 2017.02.09", ENGLISH.encode, "text/plain", "utf-8"),
    "no suffix": ("notice", ENGLISH.encode, "text/plain", "utf-8"),
    "one letter": ("a.txt", lambda: b"a", "text/plain", "utf-8"),
    "typist's ctrl-z": ("a.txt", lambda: ENGLISH.encode() + b"\x1a", "text/plain", "utf-8"),
    "html": ("a.html", HTML.encode, "text/html", "utf-8"),
    "html in utf-16": ("a.html", lambda: HTML.encode("utf-16"), "text/html", "utf-16-le"),
    "html fragment": ("a.htm", lambda: b"<p>Only a piece", "text/html", "utf-8"),
    "docx": ("a.docx", lambda: docx(paragraph("Notice")), "wordprocessingml.document", ""),
    "strict docx": ("a.docx", lambda: docx(paragraph("Notice"), strict=True), "wordprocessingml.document", ""),
    "pdf": ("a.pdf", lambda: pdf([["Notice on visits"]]), "application/pdf", ""),
    "pdf with a blank page": ("a.pdf", lambda: pdf([["Notice"], []]), "application/pdf", ""),
    "odt": ("a.odt", lambda: odt("<text:p>走访</text:p>"), "opendocument.text", ""),
    "epub": ("a.epub", lambda: epub({"1.xhtml": chapter("<p>走访</p>")}), "application/epub+zip", ""),
    "rtf": ("a.rtf", lambda: rb"{\rtf1\ansi Notice}", "application/rtf", ""),
}


@pytest.mark.parametrize("name, make, media_type, encoding", READ.values(), ids=READ.keys())
def test_reads(name: str, make: Callable[[], bytes], media_type: str, encoding: str) -> None:
    reading = formats.read(make(), name)
    assert reading.media_type.endswith(media_type)
    assert (reading.encoding, reading.warnings) == (encoding, ())
    assert reading.text.strip() and reading.reader_version >= 1


WARNED = {
    "html named txt": ("a.txt", HTML.encode, "text/html", "the content is an HTML page"),
    "text named pdf": ("a.pdf", ENGLISH.encode, "text/plain", "the content is plain text"),
    "text named docx": ("a.docx", ENGLISH.encode, "text/plain", "the content is plain text"),
    "pdf named txt": ("a.txt", lambda: pdf([["Notice"]]), "application/pdf", "the content is a PDF"),
    "docx named zip": ("a.zip", lambda: docx(paragraph("Notice")), "document", "the content is a Word document"),
    "unknown suffix": ("a.xyz", ENGLISH.encode, "text/plain", "the content is plain text"),
    "cut off utf-8": ("a.txt", lambda: (CHINESE * 9).encode()[:-2], "text/plain", "could not be decoded"),
    "lost characters": ("a.txt", "民警锟斤拷走访".encode, "text/plain", "garbled"),
    "garbled quotes": ("a.txt", "the stationâ€™s visits".encode, "text/plain", "garbled"),
    "declared wrongly": (
        "a.html",
        lambda: b"<html><meta charset=utf-8><p>" + CHINESE.encode("gb18030"),
        "text/html",
        "fits gb18030 better",
    ),
}


@pytest.mark.parametrize("name, make, media_type, warning", WARNED.values(), ids=WARNED.keys())
def test_reads_and_warns(name: str, make: Callable[[], bytes], media_type: str, warning: str) -> None:
    reading = formats.read(make(), name)
    assert reading.media_type.endswith(media_type)
    assert warning in " ".join(reading.warnings)


def _lying_zip() -> bytes:
    """A docx whose directory says that its text has ten bytes."""
    packed = bytearray(docx(paragraph("Notice " * 50)))
    at = packed.rfind(b"word/document.xml") - 46
    packed[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(packed)


REFUSED = {
    "empty": ("a.txt", lambda: b"", "empty"),
    "blank": ("a.txt", " \r\n\t\u3000\n".encode, "no-text"),
    "binary junk": ("a.txt", lambda: bytes(range(256)) * 20, "unknown-type"),
    "nul in text": ("a.txt", lambda: b"Notice\0 on visits" * 3, "unknown-type"),
    "control characters": ("a.txt", lambda: b"\x01\x02\x03\x04\x05 abc", "unknown-type"),
    "program": ("a.txt", lambda: b"MZ\x90\0\x03\0\0\0" + b"\0" * 200, "unknown-type"),
    "elf": ("a.pdf", lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 99, "unknown-type"),
    "old word without its text": ("a.doc", lambda: samples.ole2("WordDocument"), "broken"),
    "old excel named docx": ("a.docx", lambda: samples.ole2("Workbook"), "unknown-type"),
    "protected docx": ("a.docx", lambda: samples.ole2("EncryptedPackage"), "encrypted"),
    "gif": ("a.gif", lambda: b"GIF89a" + b"\0" * 50, "unknown-type"),
    "jpeg named pdf": ("a.pdf", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF", "broken"),
    "tiff": ("a.tif", lambda: b"II*\0\x08\0\0\0", "broken"),
    "rar": ("a.rar", lambda: b"Rar!\x1a\x07\x01\0", "unknown-type"),
    "gzip": ("a.txt.gz", lambda: b"\x1f\x8b\x08\0" + b"\0" * 20, "unknown-type"),
    "svg": ("a.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>', "unknown-type"),
    "xml": ("a.xml", lambda: b'<?xml version="1.0"?><data>x</data>', "unknown-type"),
    "web page in one file": (
        "a.mht",
        lambda: b"From: <Saved>\r\nSubject: Notice\r\nMIME-Version: 1.0\r\n\r\nbody",
        "unknown-type",
    ),
    "odf spreadsheet": (
        "a.ods",
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "unknown-type",
    ),
    "spreadsheet": (
        "a.xlsx",
        lambda: zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a/>"}),
        "unknown-type",
    ),
    "zip of files": ("a.zip", lambda: zipped({"a.txt": "text"}), "unknown-type"),
    "macros by type": (
        "a.docx",
        lambda: docx(paragraph("x"), main="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "macro",
    ),
    "macros by part": (
        "a.docm",
        lambda: docx(paragraph("x"), parts={"word/vbaProject.bin": "x"}),
        "macro",
    ),
    "docx without text": ("a.docx", lambda: docx(paragraph(" ")), "no-text"),
    "docx without document": ("a.docx", lambda: zipped({"[Content_Types].xml": "<Types/>"}), "broken"),
    "docx of broken xml": ("a.docx", lambda: docx("<w:p><w:r></w:p>"), "broken"),
    "docx cut off": ("a.docx", lambda: docx(paragraph("Notice"))[:400], "broken"),
    "docx with a lying directory": ("a.docx", _lying_zip, "broken"),
    "docx with a part twice": (
        "a.docx",
        lambda: zipped([("[Content_Types].xml", "<T/>"), *[("word/document.xml", "<a/>")] * 2]),
        "broken",
    ),
    "docx with entities": (
        "a.docx",
        lambda: zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "word/document.xml": '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>',
            }
        ),
        "bomb",
    ),
    "docx with entities in utf-16": (
        "a.docx",
        lambda: zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "word/document.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY a "a">]><w/>'.encode(
                    "utf-16"
                ),
            }
        ),
        "bomb",
    ),
    "docx of blanks": ("a.docx", lambda: docx(paragraph(" " * 70 * 1024 * 1024)), "bomb"),
    "docx of empty paragraphs": (
        "a.docx",
        lambda: docx("".join(f'<w:p w:r="{number * 7919 % 100003:x}"/>' for number in range(1_000_001))),
        "bomb",
    ),
    "docx nested deeply": ("a.docx", lambda: docx("<w:sdt>" * 2000 + "</w:sdt>" * 2000), "broken"),
    "docx of too many members": (
        "a.docx",
        lambda: docx(paragraph("x"), parts={f"word/media/{number}": "" for number in range(5001)}),
        "bomb",
    ),
    "docx packed otherwise": (
        "a.docx",
        lambda: zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}, zipfile.ZIP_BZIP2),
        "broken",
    ),
    "docx with a password on its members": ("a.docx", lambda: samples.encrypted(docx(paragraph("x"))), "encrypted"),
    "pdf cut off": ("a.pdf", lambda: pdf([["Notice"]])[:200], "broken"),
    "pdf of nothing": ("a.pdf", lambda: b"%PDF-1.7\n%%EOF", "broken"),
    "pdf with a password": ("a.pdf", lambda: pdf([["Notice"]], trailer=samples.LOCKED), "encrypted"),
    "pdf of blank pages": ("a.pdf", lambda: pdf([[], []]), "no-text"),
    "pdf of too many pages": ("a.pdf", lambda: pdf([["x"]] * 2001), "too-large"),
    "pdf whose pages loop": ("a.pdf", lambda: pdf([["x"]]).replace(b"[4 0 R]", b"[2 0 R]"), "broken"),
    "pdf and html at once": ("a.pdf", lambda: b"%PDF-1.4\n<html><script>" + pdf([["x"]]), "broken"),
    "html and pdf at once": ("a.html", lambda: b"<html><p>" + pdf([["x"]]), "broken"),
    "pdf bomb": ("a.pdf", lambda: pdf([["x"]], packed=samples.blanks(1000)), "broken"),
    "html without text": ("a.html", lambda: b"<html><body><script>load()</script></body></html>", "no-text"),
    "html of a bare tag": ("a.html", lambda: b"<html>", "no-text"),
}


@pytest.mark.parametrize("name, make, code", REFUSED.values(), ids=REFUSED.keys())
def test_refuses(name: str, make: Callable[[], bytes], code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        formats.read(make(), name)
    assert refusal.value.code == code
    assert refusal.value.reason.count(".") >= 1, "says what is wrong and what to do"


def test_more_bytes_than_the_limit() -> None:
    with pytest.raises(UnreadableFile, match=r"2\.0 MB; at most 1 MB") as refusal:
        formats.read(b"a" * 2 * 1024 * 1024, "a.txt", limit=1024 * 1024)
    assert refusal.value.code == "too-large"


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nb\rc\nd\r\n",
        "  indented\t\n\n\n",
        "\u3000\u3000一、全角，标点（一）“群众”１２３\u3000\n",
        "e\u0301 \ufb01 \xa0",
    ],
)
def test_plain_text_is_the_file_character_by_character(text: str) -> None:
    assert formats.read(text.encode(), "a.txt").text == text


def test_every_suffix_on_offer_is_read_or_unpacked() -> None:
    assert set(formats.SUFFIXES) == {suffix for row in formats.readable() for suffix in row.suffixes}


def test_a_reading_is_plain_data() -> None:
    reading = formats.read(ENGLISH.encode(), "a.txt")
    assert json.dumps([reading.text, *reading.warnings, reading.title])


def _reads_or_refuses(data: bytes, name: str) -> None:
    try:
        reading = formats.read(data, name)
    except UnreadableFile:
        return
    assert "\0" not in reading.text
    reading.text.encode("utf-8")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.md", "a", "../a\0.txt", "a.doc"]))
def test_random_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    _reads_or_refuses(data, name)


BASES = [
    docx(paragraph("Notice") * 3),
    pdf([["Notice on visits"], ["second"]]),
    HTML.encode(),
    odt("<text:p>Notice</text:p>" * 3),
    epub({"1.xhtml": chapter("Notice")}),
    rb"{\rtf1\ansi{\fonttbl{\f0\fcharset134 S;}}\f0 Notice \'b9\'d8\par{\pict 00}\u20851?\cell\row}",
]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(BASES),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6),
    st.floats(0.3, 1),
)
def test_mutated_files_are_read_or_refused(base: bytes, changes: list[tuple[float, bytes]], kept: float) -> None:
    changed = bytearray(base)
    for place, new in changes:
        at = int(place * len(base))
        changed[at : at + len(new)] = new
    _reads_or_refuses(bytes(changed[: int(len(base) * kept) + 1]), "a.html")
