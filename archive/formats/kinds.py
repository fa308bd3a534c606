"""What a file is: by its content first, by its name where the content leaves it open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from .notes import ANOTHER_KIND, phrase
from .packages import package_of
from .reading import Code, UnreadableFile
from .zips import is_zip

Kind = Literal[
    "text", "markdown", "html", "pdf", "docx", "odt", "epub", "rtf", "doc", "png", "jpeg", "tiff", "webp", "zip"
]

_SAVE_AS = "Open it in the program that made it, save it as docx, PDF or plain text, and upload that."
_TRANSCRIBE = "Pictures are read as PNG, JPEG, TIFF or WebP; save it as one of these, or upload the text."
_UNPACK = "Unpack it and upload the files, or pack them as a zip."
_NO_DOCUMENT = "Upload the circular as txt, html, docx or PDF."

_KIND_BY_SUFFIX: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".pdf": "pdf",
    ".zip": "zip",
    ".docx": "docx",
    ".odt": "odt",
    ".ott": "odt",
    ".epub": "epub",
    ".rtf": "rtf",
    ".doc": "doc",
    ".dot": "doc",
    ".wps": "doc",
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".webp": "webp",
}
_READ: tuple[tuple[bytes, int, Kind], ...] = (
    (b"{\\rtf", 0, "rtf"),
    (b"\x89PNG\r\n", 0, "png"),
    (b"\xff\xd8\xff", 0, "jpeg"),
    (b"II*\x00", 0, "tiff"),
    (b"MM\x00*", 0, "tiff"),
    (b"WEBP", 8, "webp"),
)
"""What these formats have at which place."""


@dataclass(frozen=True, slots=True)
class _Refused:
    """A format that is known and not read."""

    start: bytes
    what: str
    advice: str
    offset: int = 0
    code: Code = "unknown-type"


_REFUSED = (
    _Refused(b"GIF8", "a picture (GIF)", _TRANSCRIBE),
    _Refused(b"ftyphei", "a picture (HEIC)", _TRANSCRIBE, offset=4),
    _Refused(b"AT&TFORM", "a scanned book (DjVu)", _TRANSCRIBE),
    _Refused(b"ftyp", "a film or sound recording", _NO_DOCUMENT, offset=4),
    _Refused(b"ID3", "a sound recording", _NO_DOCUMENT),
    _Refused(b"RIFF", "a film or sound recording", _NO_DOCUMENT),
    _Refused(b"Rar!\x1a", "an archive (RAR)", _UNPACK),
    _Refused(b"7z\xbc\xaf\x27\x1c", "an archive (7z)", _UNPACK),
    _Refused(b"\x1f\x8b", "an archive (gzip)", _UNPACK),
    _Refused(b"BZh", "an archive (bzip2)", _UNPACK),
    _Refused(b"\xfd7zXZ", "an archive (xz)", _UNPACK),
    _Refused(b"\x28\xb5\x2f\xfd", "an archive (zstd)", _UNPACK),
    _Refused(b"ustar", "an archive (tar)", _UNPACK, offset=257),
    _Refused(b"\x7fELF", "a program", _NO_DOCUMENT),
    _Refused(b"SQLite format 3\x00", "a database", _NO_DOCUMENT),
    _Refused(b"%!PS", "a PostScript file", "Convert it to PDF and upload that."),
)

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_START = re.compile(rb"(?:<!--.*?-->\s*|<\?xml[^>]*\?>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_ANY_TAG = re.compile(rb"<(?:!doctype|[a-z][a-z0-9]*)[\s>/]", re.I)
_XML_START = re.compile(rb"<\?xml\b|<svg\b|<!doctype\s+svg", re.I)
_MAIL = re.compile(rb"\A[\w-]+:[ \t].*^mime-version:", re.I | re.M | re.S)
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,4}")
"""What may be meant as one; the end of “No.12” or “2017.02.09” is not."""
_BLANK = b" \t\r\n\f"


def recognise(data: bytes, name: str) -> tuple[Kind, tuple[str, ...]]:
    """(kind, warnings) of a file; UnreadableFile for a format that is known and not read here.

    The warning says when the name promises another kind than the content is.
    """
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    promised = _KIND_BY_SUFFIX.get(suffix)
    kind = _by_signature(data, promised) or _by_text_start(_squeezed(data[:4096]), promised)
    if promised == kind or (promised is None and not _SUFFIX.fullmatch(suffix)):
        return kind, ()
    return kind, (ANOTHER_KIND % {"suffix": suffix, "kind": _WORDS[kind]},)


_WORDS: dict[Kind, str] = {
    "text": phrase("plain text"),
    "markdown": phrase("Markdown text"),
    "html": phrase("an HTML page"),
    "pdf": phrase("a PDF"),
    "docx": phrase("a Word document"),
    "odt": phrase("an OpenDocument text"),
    "epub": phrase("an electronic book (epub)"),
    "rtf": phrase("a rich-text file (RTF)"),
    "doc": phrase("an old Word document (doc)"),
    "png": phrase("a picture (PNG)"),
    "jpeg": phrase("a picture (JPEG)"),
    "tiff": phrase("a picture (TIFF)"),
    "webp": phrase("a picture (WebP)"),
    "zip": phrase("a zip"),
}


def _by_signature(data: bytes, promised: Kind | None) -> Kind | None:
    """The kind that the first bytes give away; None for what may be text."""
    if is_zip(data):
        return package_of(data)
    if _is_pdf(data):
        return "pdf"
    if data.startswith(_OLE2):
        return _ole2(data, promised)
    if data.startswith(b"MZ") and b"\0" in data[:128]:
        raise UnreadableFile(f"This is a program. {_NO_DOCUMENT}", "unknown-type")
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        raise UnreadableFile(f"This is a picture (BMP). {_TRANSCRIBE}", "unknown-type")
    for start, offset, kind in _READ:
        if data.startswith(start, offset):
            return kind
    for refused in _REFUSED:
        if data.startswith(refused.start, refused.offset):
            raise UnreadableFile(f"This is {refused.what}. {refused.advice}", refused.code)
    return None


def _is_pdf(data: bytes) -> bool:
    """A PDF starts with its mark, up to some white space. One that is also something else is refused."""
    head = data[:1024]
    at = head.find(b"%PDF-")
    if at < 0:
        return False
    body_follows = b"startxref" in data[-2048:] or b"%%EOF" in data[-2048:]
    if not head[:at].strip(_BLANK + b"\xef\xbb\xbf"):
        if re.search(rb"<(?:html|script|!doctype)\b", head, re.I):
            raise UnreadableFile("This file is a PDF and an HTML page at once. Save it again as one of them.", "broken")
        return True
    if body_follows:
        raise UnreadableFile("This PDF has something else in front of it. Save it again as a PDF.", "broken")
    return False


def _ole2(data: bytes, promised: Kind | None) -> Kind:
    """Old Word files are read; protected new formats and the other old formats of Office share their container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(
            "This office document is protected by a password. Remove the protection and upload it again.", "encrypted"
        )
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    if promised == "doc":
        raise UnreadableFile(
            "This document is damaged or cut off, or it is of another program than Word. "
            "Get it again from where it came, or save it as docx.",
            "broken",
        )
    raise UnreadableFile(f"This is a file of an old office program (xls, ppt, msg …). {_SAVE_AS}", "unknown-type")


def _squeezed(head: bytes) -> bytes:
    """The first bytes without byte-order mark and NULs, so that UTF-16 shows its tags too."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").lstrip(_BLANK)


def _by_text_start(head: bytes, promised: Kind | None) -> Kind:
    """The kind of what may be text, by its first characters."""
    if _HTML_START.match(head):
        return "html"
    if promised == "html" and _ANY_TAG.search(head):
        return "html"
    if _XML_START.match(head):
        what = "a picture (SVG)" if b"<svg" in head.lower() else "an XML file"
        raise UnreadableFile(f"This is {what}. {_NO_DOCUMENT}", "unknown-type")
    if _MAIL.match(head.replace(b"\r", b"").split(b"\n\n")[0]):
        raise UnreadableFile(
            "This is a mail or a web page saved as one file (mht, eml). Save it as HTML or text and upload that.",
            "unknown-type",
        )
    return "markdown" if promised == "markdown" else "text"
