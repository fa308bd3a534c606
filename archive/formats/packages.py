"""What a zip is: a docx, an odt, an epub, another office format, or an archive of files."""

from __future__ import annotations

import re
import zipfile
from typing import Literal

from .reading import UnreadableFile
from .zips import open_zip, unpack

Package = Literal["docx", "odt", "epub", "zip"]

_SAVE_AS = "Save it as docx or PDF and upload that."
_ODT = b"application/vnd.oasis.opendocument.text"
_EPUB = b"application/epub+zip"
_BY_FOLDER = {
    "xl/": "a spreadsheet (xlsx)",
    "ppt/": "a presentation (pptx)",
    "META-INF/MANIFEST.MF": "a program (jar)",
    "AndroidManifest.xml": "a program (apk)",
}
_ODT_MACRO = re.compile(r"^Basic/(?!(?:.*/)?script-l[bc]\.xml$).*\.xml$|^Scripts/.*[^/]$")


def package_of(data: bytes) -> Package:
    """Tells a document from an archive; UnreadableFile for other packages, macros, and what `open_zip` refuses."""
    opened = open_zip(data)
    names = [member.filename for member in opened.infolist()]
    by_mimetype = _by_mimetype(opened, names)
    if by_mimetype:
        return by_mimetype
    if "[Content_Types].xml" in names:
        return _office(opened, names)
    for start, what in _BY_FOLDER.items():
        if start in names and not start.endswith("/"):
            raise UnreadableFile(f"This is {what}. Upload the circular as txt, html, docx or PDF.", "unknown-type")
    if "META-INF/container.xml" in names:
        return "epub"
    return "zip"


def _by_mimetype(opened: zipfile.ZipFile, names: list[str]) -> Package | None:
    """What the member `mimetype` says, which OpenDocument and epub put first."""
    member = opened.NameToInfo.get("mimetype")
    if member is None or member.file_size > 200:
        return None
    mimetype = unpack(opened, member).strip()
    if mimetype == _EPUB:
        return "epub"
    if mimetype in (_ODT, _ODT + b"-template"):
        _refuse_doubles(names)
        _refuse_macros(any(_ODT_MACRO.match(name) for name in names))
        return "odt"
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise UnreadableFile(
            "This is an OpenDocument file that is no text document (ods, odp, odg …). "
            "Upload the circular as odt, docx or PDF.",
            "unknown-type",
        )
    return None


def _office(opened: zipfile.ZipFile, names: list[str]) -> Package:
    """A package of Office: only documents without macros are read."""
    types = unpack(opened, opened.getinfo("[Content_Types].xml"))
    _refuse_macros(b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names))
    _refuse_doubles(names)
    for folder, what in _BY_FOLDER.items():
        if folder.endswith("/") and any(name.startswith(folder) for name in names):
            raise UnreadableFile(f"This is {what}. {_SAVE_AS}", "unknown-type")
    return "docx"


def _refuse_macros(found: bool) -> None:
    if found:
        raise UnreadableFile(
            "This document contains macros (programs). Save it without macros and upload that.", "macro"
        )


def _refuse_doubles(names: list[str]) -> None:
    if len(set(names)) < len(names):
        raise UnreadableFile("This document holds the same part twice. Save it again as docx.", "broken")
