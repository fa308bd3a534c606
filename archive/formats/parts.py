"""The XML parts of a package (docx, odt, epub), each checked for entities and size before it is parsed."""

from __future__ import annotations

import zipfile

from lxml import etree

from .reading import UnreadableFile
from .zips import open_zip, unpack

_TAG_LIMIT = 1_000_000
"""Tags in one part; a thousand pages of Word have some hundred thousand."""
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")


class Parts:
    """The members of a package, by name. UnreadableFile: what `open_zip` and `unpack` refuse, and bomb."""

    def __init__(self, data: bytes) -> None:
        self._zip: zipfile.ZipFile = open_zip(data)

    def names(self) -> list[str]:
        return self._zip.namelist()

    def raw(self, name: str) -> bytes | None:
        """The bytes of a part, unchecked; None where there is none of this name."""
        member = self._zip.NameToInfo.get(name)
        return None if member is None else unpack(self._zip, member)

    def content(self, name: str) -> bytes | None:
        """The bytes of an XML part that may be parsed; None where there is none of this name."""
        content = self.raw(name)
        if content is None:
            return None
        bare = content.replace(b"\0", b"") if b"\0" in content[:4] else content
        if any(word in bare for word in _ENTITIES):
            raise UnreadableFile("This document defines entities, as no word processor does. Save it again.", "bomb")
        if bare.count(b"<") > _TAG_LIMIT:
            raise UnreadableFile("This document has far more parts than pages. Split it and save it again.", "bomb")
        return content

    def parsed(self, name: str) -> etree._Element | None:
        """The root of an XML part; None where there is none of this name."""
        content = self.content(name)
        return None if content is None else parse(content)


def parse(content: bytes) -> etree._Element:
    """The root of checked XML; nothing outside it is ever fetched."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def local(element: etree._Element) -> str:
    """The tag without its name space; "" for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
