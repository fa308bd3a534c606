"""Files made in code, good and hostile, for the tests of the readers."""

from __future__ import annotations

import io
import stat
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence

ENGLISH = "Notice on home visits\n\nI. Every station shall visit each household once a year.\n"
CHINESE = "关于开展入户走访的通知\n\n一、各派出所要听取群众意见，及时办理。\n二、民警应当登记走访情况。\n"
TRADITIONAL = "關於開展入戶走訪的通知\n\n一、各派出所要聽取群眾意見，及時辦理。\n"
FRENCH = "Les agents écoutent les habitants du quartier ; ils notent où et à quelle heure.\n"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_KINDS = ("numbering", "styles", "footnotes", "endnotes", "header", "footer")


def zipped(
    files: Mapping[str, str | bytes] | Iterable[tuple[str | zipfile.ZipInfo, str | bytes]],
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A zip of these members, in this order; a name may come twice."""
    packed = io.BytesIO()
    pairs = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(packed, "w", compression) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that comes twice is what some tests are about
        for name, content in pairs:
            archive.writestr(name, content)
    return packed.getvalue()


def legacy_named_zip(names: Sequence[bytes], content: bytes = b"text of a member") -> bytes:
    """A zip as old Windows makes it: names in the local encoding, without the flag that says UTF-8."""
    stand_ins = [chr(ord("A") + number) * len(name) for number, name in enumerate(names)]
    packed = zipped([(stand_in, content) for stand_in in stand_ins])
    for stand_in, name in zip(stand_ins, names, strict=True):
        packed = packed.replace(stand_in.encode(), name)
    return packed


def link(name: str) -> zipfile.ZipInfo:
    """A member that is a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def encrypted(packed: bytes) -> bytes:
    """The same zip with the flag of encryption set on every member."""
    changed = bytearray(packed)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = packed.find(mark, at + 4)
    return bytes(changed)


def paragraph(text: str, number: str = "", level: int = 0, style: str = "") -> str:
    """One paragraph of WordprocessingML, in a list if `number` names one."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def level(depth: int, kind: str, text: str, more: str = "") -> str:
    """One level of a list's definition."""
    first = f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
    return f'{first}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def word(tag: str, content: str, *, strict: bool = False) -> str:
    """A part of a docx: one root element with the usual name spaces."""
    spaces = f'xmlns:w="{_STRICT if strict else _W}" xmlns:r="{_R}" xmlns:mc="{_MC}"'
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {spaces}>{content}</w:{tag}>'


def docx(body: str, *, parts: Mapping[str, str] | None = None, strict: bool = False, main: str = _MAIN) -> bytes:
    """A docx with this body; `parts` are further members, `word/<kind>.xml` among them are related to the document."""
    parts = parts or {}
    related = "".join(
        f'<Relationship Id="r{kind}" Type="{_R}/{kind}" Target="{kind}.xml"/>'
        for kind in _KINDS
        if f"word/{kind}.xml" in parts
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Override PartName="/word/document.xml" '
            f'ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" Type="{_R}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">{related}</Relationships>',
            "word/document.xml": word("document", f"<w:body>{body}<w:sectPr/></w:body>", strict=strict),
            **parts,
        }
    )


def pdf(pages: Sequence[Sequence[str]], *, trailer: str = "", packed: bytes | None = None) -> bytes:
    """A PDF with these lines of Latin text on its pages; `packed` replaces each page's content by a Flate stream."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        HELVETICA,
    ]
    for number, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (5 + 2 * number)
        )
        objects.append(text_stream(lines) if packed is None else _flate(packed))
    return pdf_file(objects, trailer)


def placed_pdf(placed: Sequence[tuple[int, int, str]]) -> bytes:
    """A PDF of one page on which each piece of text stands at its own place, drawn in this order."""
    shown = " ".join(f"1 0 0 1 {x} {y} Tm ({text}) Tj" for x, y, text in placed)
    return pdf([[]]).replace(text_stream([]), stream(f"BT /F1 12 Tf {shown} ET".encode()))


HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
SONG = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font "
    b"/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 "
    b">> /DW 1000 >>] >>"
)
"""A font that every reader of PDFs has by itself; each of its characters is as wide as it is high."""


def chinese_pdf(placed: Sequence[tuple[int, int, str, int]]) -> bytes:
    """A PDF of one page on which each piece of Chinese text stands at its own place, in type of its own size."""
    shown = " ".join(
        f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj" for x, y, text, size in placed
    )
    return pdf([[]]).replace(HELVETICA, SONG).replace(text_stream([]), stream(f"BT {shown} ET".encode()))


def text_stream(lines: Sequence[str]) -> bytes:
    """The content of a page that shows these lines."""
    shown = b" ".join(b"(" + line.encode("latin-1") + b") Tj T*" for line in lines)
    return stream(b"BT /F1 12 Tf 72 770 Td 16 TL " + shown + b" ET")


def stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _flate(packed: bytes) -> bytes:
    return b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)


def pdf_file(objects: Sequence[bytes], trailer: str) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    written, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            trailer.encode(),
            len(written),
        )
    )


LOCKED = (
    "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] "
    f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >>"
)
"""The trailer of a PDF that opens only with a password."""


def blanks(megabytes: int) -> bytes:
    """So much blank space, deflated: about a thousandth of it. One piece is packed and repeated."""
    packer = zlib.compressobj(9)
    piece = b" " * 1024 * 1024
    header = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    repeated = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    end, total = packer.flush()[:-4], 1
    for _ in range(megabytes):
        total = zlib.adler32(piece, total)
    return header + repeated * megabytes + end + total.to_bytes(4, "big")


def ole2(stream: str) -> bytes:
    """The start of an old office file that has a stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 400
