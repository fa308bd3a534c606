"""What a zip is: a docx, another office format, or an archive of files."""

from __future__ import annotations

import zipfile
from typing import Literal

from .reading import UnreadableFile
from .zips import open_zip, unpack

Package = Literal["docx", "zip"]

_SAVE_AS = "Save it as docx or PDF and upload that."
_BY_MIMETYPE = {
    b"application/epub+zip": "an electronic book (epub)",
    b"application/vnd.oasis.opendocument.text": "an OpenDocument text (odt)",
    b"application/vnd.oasis.opendocument": "an OpenDocument file",
}
_BY_FOLDER = {
    "xl/": "a spreadsheet (xlsx)",
    "ppt/": "a presentation (pptx)",
    "META-INF/MANIFEST.MF": "a program (jar)",
    "AndroidManifest.xml": "a program (apk)",
}


def package_of(data: bytes) -> Package:
    """Tells a docx from an archive; UnreadableFile for other packages, macros, and what `open_zip` refuses."""
    opened = open_zip(data)
    names = [member.filename for member in opened.infolist()]
    _refuse_by_mimetype(opened)
    if "[Content_Types].xml" in names:
        return _office(opened, names)
    for start, what in _BY_FOLDER.items():
        if start in names and not start.endswith("/"):
            raise UnreadableFile(f"This is {what}. Upload the circular as txt, html, docx or PDF.", "unknown-type")
    return "zip"


def _refuse_by_mimetype(opened: zipfile.ZipFile) -> None:
    member = opened.NameToInfo.get("mimetype")
    if member is None or member.file_size > 200:
        return
    mimetype = unpack(opened, member).strip()
    for start, what in _BY_MIMETYPE.items():
        if mimetype.startswith(start):
            raise UnreadableFile(f"This is {what}, which is not read yet. {_SAVE_AS}", "unknown-type")


def _office(opened: zipfile.ZipFile, names: list[str]) -> Package:
    """A package of Office: only documents without macros are read."""
    types = unpack(opened, opened.getinfo("[Content_Types].xml"))
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile(
            "This document contains macros (programs). Save it as docx without macros and upload that.", "macro"
        )
    if len(set(names)) < len(names):
        raise UnreadableFile("This document holds the same part twice. Save it again as docx.", "broken")
    for folder, what in _BY_FOLDER.items():
        if folder.endswith("/") and any(name.startswith(folder) for name in names):
            raise UnreadableFile(f"This is {what}. {_SAVE_AS}", "unknown-type")
    return "docx"
