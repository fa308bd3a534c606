"""OpenDocument texts, electronic books and old Word files made in code, for the tests of the readers."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from .format_samples import zipped

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "manifest": "manifest",
        "meta": "meta",
    }.items()
) + (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def office(tag: str, content: str) -> str:
    """A part of an odt: one root element with the usual name spaces."""
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{tag} {_SPACES}>{content}</office:{tag}>'


def odt(
    body: str, *, automatic: str = "", styles: str = "", title: str = "", parts: Mapping[str, str | bytes] | None = None
) -> bytes:
    """An odt with this body; `automatic` are styles of the content, `styles` those of styles.xml."""
    content = (
        f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}"
        "</office:text></office:body>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": office("document-content", content),
            "styles.xml": office("document-styles", f"<office:styles>{styles}</office:styles>"),
            "meta.xml": office("document-meta", f"<office:meta><dc:title>{title}</dc:title></office:meta>"),
            **(parts or {}),
        }
    )


def list_style(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def list_level(depth: int, num_format: str, suffix: str = ".", after: str = "space", more: str = "") -> str:
    """One level of a list's definition, as LibreOffice writes it."""
    label = f'<style:list-level-label-alignment text:label-followed-by="{after}"/>'
    return (
        f'<text:list-level-style-number text:level="{depth}" style:num-format="{num_format}" '
        f'style:num-suffix="{suffix}" {more}><style:list-level-properties>{label}</style:list-level-properties>'
        "</text:list-level-style-number>"
    )


def listed(style: str, *items: str, more: str = "") -> str:
    """A list; an item that is no markup yet is a paragraph."""
    wrapped = (item if item.startswith("<") else f"<text:p>{item}</text:p>" for item in items)
    members = "".join(f"<text:list-item>{item}</text:list-item>" for item in wrapped)
    return f'<text:list text:style-name="{style}" {more}>{members}</text:list>'


def chapter(body: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'


def epub(
    chapters: Mapping[str, str | bytes],
    *,
    spine: Sequence[str] | None = None,
    items: str = "",
    guide: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A book with these pages in this order, or in that of `spine`; `items` are further lines of the manifest."""
    names = list(chapters)
    manifest = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    references = "".join(f'<itemref idref="{name}"/>' for name in spine or names)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>Handbook of visits</dc:title></metadata><manifest>{manifest}{items}</manifest>"
        f"<spine>{references}</spine><guide>{guide}</guide></package>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="OEBPS/book.opf"/></container>',
            "OEBPS/book.opf": package,
            **{f"OEBPS/{name}": content for name, content in chapters.items()},
            **(parts or {}),
        }
    )


_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _container(name: str, content: bytes) -> bytes:
    """An OLE2 container with one stream, which is padded to the least size of a stream outside the mini stream."""
    content = content.ljust(4096, b"\0")
    content += b"\0" * (-len(content) % _SECTOR)
    count = len(content) // _SECTOR
    chain = [_FAT, _END, *range(3, 2 + count), _END]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, 2, len(content))
    return (
        head + struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain))) + directory.ljust(_SECTOR, b"\0") + content
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    spelled = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII36x", len(spelled), kind, 1, _FREE, _FREE, child)
    return spelled.ljust(64, b"\0") + links + struct.pack("<IQ", start, size)


def word6(text: bytes, *, flags: int = 0) -> bytes:
    """A document of Word 6, whose text is bytes of the local character set; paragraphs end with \\r."""
    start, end = 0x300, 0x300 + len(text)
    styles = struct.pack("<HHHHHHHHH", 14, 1, 10, 0, 0, 0, 0, 0, 0)
    head = bytearray(start)
    struct.pack_into("<HHHHHH", head, 0, 0xA5DC, 0x65, 0, 0x804, 0, flags)
    struct.pack_into("<II", head, 0x18, start, end)
    struct.pack_into("<I", head, 0x34, len(text))
    struct.pack_into("<II", head, 0x60, end, len(styles))
    return _container("WordDocument", bytes(head) + text + styles)
