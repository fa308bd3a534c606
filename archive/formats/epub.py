"""The text of an epub, in a child process: the chapters in the order of the book's spine, a blank line between them.

Each chapter is a page and is read as one (`html.py`). The table of contents that readers show beside the book is left
out. Own reader: the kept libraries are under the AGPL, and hand out the pages unread.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from . import html
from .encodings import prepare
from .notes import MISSING_CHAPTERS
from .page_encoding import decode_page
from .parts import Parts, local, parse
from .reading import UNPACKED_LIMIT, Extracted, UnreadableFile

__all__ = ["extract", "prepare"]

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways to hide fonts, which do not touch the text."""
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_CHAPTERS = 2_000
_JOINT = "\n\n"
_BROKEN = "The list of chapters is missing from this book. Get it again from where it came, and upload it."


def extract(data: bytes) -> Extracted:
    """Text and title of a book. UnreadableFile: encrypted, broken, bomb, too-large, no-text, as `open_zip`."""
    parts = Parts(data)
    _refuse_encrypted(parts)
    place = _package_document(parts)
    package = _parsed(parts, place)
    chapters, missing, length = [], [], 0
    for name in _spine(package, posixpath.dirname(place)):
        page = parts.raw(name)
        if page is None:
            missing.append(name)
        elif text := _chapter(page):
            chapters.append(text)
            length += len(text)
        if length > UNPACKED_LIMIT // 4:
            raise UnreadableFile("This book holds more text than any document. Upload the chapter alone.", "bomb")
    if not chapters:
        raise UnreadableFile("There is no text in this book, at most pictures. Upload the text as txt.", "no-text")
    warnings = (MISSING_CHAPTERS % {"count": len(missing), "names": ", ".join(missing[:5])},) if missing else ()
    return Extracted(_JOINT.join(chapters), _title(package), warnings)


def _refuse_encrypted(parts: Parts) -> None:
    encryption = parts.parsed(_ENCRYPTION)
    methods = [] if encryption is None else encryption.findall(".//{*}EncryptionMethod")
    if any(method.get("Algorithm") not in _FONT_SCRAMBLING for method in methods):
        raise UnreadableFile(
            "This book is protected by its seller (DRM) and cannot be read. Get it without the protection.", "encrypted"
        )


def _package_document(parts: Parts) -> str:
    """The name of the part that lists the chapters."""
    root = _parsed(parts, _CONTAINER).find(".//{*}rootfile")
    if root is None:
        raise UnreadableFile(_BROKEN, "broken")
    return posixpath.normpath(unquote(str(root.get("full-path", "")))).lstrip("/")


def _parsed(parts: Parts, name: str) -> etree._Element:
    content = parts.content(name)
    if content is None:
        raise UnreadableFile(_BROKEN, "broken")
    return parse(content)


def _spine(package: etree._Element, folder: str) -> Iterator[str]:
    """The names of the chapters in reading order, without the page of navigation; each once."""
    manifest = {str(item.get("id")): item for item in package.iterfind("{*}manifest/{*}item")}
    references = [str(item.get("idref")) for item in package.iterfind("{*}spine/{*}itemref")]
    if len(references) > _CHAPTERS:
        raise UnreadableFile(f"This book has more than {_CHAPTERS:,} chapters. Upload the chapter alone.", "too-large")
    for reference in dict.fromkeys(references):
        item = manifest.get(reference)
        if item is None or "nav" in str(item.get("properties", "")).split() or _is_contents(package, item):
            continue
        if str(item.get("media-type", "")).split(";")[0].strip() in _PAGES:
            yield posixpath.normpath(posixpath.join(folder, unquote(str(item.get("href", ""))))).lstrip("/")


def _is_contents(package: etree._Element, item: etree._Element) -> bool:
    """True for the page that an epub 2 names as its table of contents in its guide."""
    href = item.get("href")
    guide = package.iterfind("{*}guide/{*}reference")
    return any(
        reference.get("type") == "toc" and str(reference.get("href", "")).split("#")[0] == href for reference in guide
    )


def _chapter(page: bytes) -> str:
    """What one page shows; "" for a page of pictures."""
    try:
        return html.extract(decode_page(page).text.encode("utf-8", "replace")).text.strip("\n")
    except UnreadableFile as refusal:
        if refusal.code == "no-text":
            return ""
        raise


def _title(package: etree._Element) -> str:
    metadata = next((child for child in package if local(child) == "metadata"), None)
    title = None if metadata is None else metadata.find("{http://purl.org/dc/elements/1.1/}title")
    return "" if title is None else " ".join((title.text or "").split())
