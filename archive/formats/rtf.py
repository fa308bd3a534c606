"""The text of an RTF file, in a child process: striprtf reads it, once the file is in the terms that it reads right.

Seen with striprtf 0.0.35: it leaves out footnotes and the numbers of old lists (`\\pntext`), shows hidden text, writes
`|` after a cell and the address behind every link, and takes unescaped bytes of GBK for Latin letters.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

from striprtf.striprtf import charset_map, rtf_to_text

from .notes import HIDDEN
from .reading import Extracted, UnreadableFile

_TOKEN = re.compile(
    rb"\\bin(?P<bytes>\d{1,9}) ?|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?(?P<blank> ?)"
    rb"|(?P<sign>\\'[0-9a-fA-F]{2}|\\[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}]+)|\\",
    re.S,
)
_DATA = frozenset((
    b"pict", b"objdata", b"shppict", b"nonshppict", b"themedata", b"colorschememapping", b"datastore", b"fontemb",
    b"blipuid", b"fldinst",
))  # fmt: skip
"""Destinations that hold no text: data, and the instructions of fields."""
_SHOWN_AGAIN = frozenset((b"plain", b"pard"))
_HIDING = frozenset((b"v", b"deleted"))
_RENAMED = {
    b"pntext": rb"\listtext ",
    b"cell": rb"\ltrch\'01",
    b"nestcell": rb"\ltrch\'01",
    b"row": rb"\ltrch\'02\row ",
}
"""Words that striprtf misreads → what it reads right; the two signs stand for the end of a cell and of a row."""
_HIGH = re.compile(rb"[\x80-\xff]")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,6})")
_CHINESE = re.compile(rb"\\fcharset13[46]\b|\\deflangfe(?:2052|1028)\b|\\langfe2052\b")
_BRACE = re.compile(rb"\\.|[{}]", re.S)


def extract(data: bytes) -> Extracted:
    """Text of an RTF. UnreadableFile("no-text"); accidents of the library are the child's to tell."""
    prepared = _Prepared(data)
    encoding = _encoding(data)
    fonts = _font_table(data)
    notes = [_text(rb"{\rtf1" + fonts + b"{" + note + b"}}", encoding).strip() for note in prepared.notes]
    lines = [_text(prepared.body, encoding), *(f"[{number}] {note}" for number, note in enumerate(notes, 1))]
    text = "\n".join(line for line in lines if line.strip())
    if not text:
        raise UnreadableFile("There is no text in this document, at most pictures. Upload the text as txt.", "no-text")
    return Extracted(text, warnings=(HIDDEN,) if prepared.hidden else ())


def prepare() -> None:
    """Loads the character sets that fonts name, for a process that soon may open no file."""
    for name in {*charset_map.values(), "gb18030"}:
        with suppress(LookupError):  # some of the old Macintosh's Python has not
            codecs.lookup(name)


def _text(rtf: bytes, encoding: str) -> str:
    """What striprtf makes of a prepared piece, with tabs between cells and whole characters beyond U+FFFF."""
    text: str = rtf_to_text(rtf.decode("ascii", "replace"), encoding=encoding, errors="replace")  # type: ignore[no-untyped-call]  # it ships a mark of types, and has none
    text = _SURROGATES.sub(lambda pair: pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text)
    return text.replace("\x01\x02", "").replace("\x01", "\t").replace("\x02", "").strip("\n")


def _encoding(data: bytes) -> str:
    """The character set of bytes whose font names none; Chinese files often say 1252, which they are not in."""
    said = _CODE_PAGE.search(data)
    if said is None or said[1] == b"1252":
        return "gb18030" if _CHINESE.search(data) else "cp1252"
    try:
        return codecs.lookup("cp" + said[1].decode()).name
    except LookupError:
        return "cp1252"


def _font_table(data: bytes) -> bytes:
    """The group of the fonts, which say in which character set their bytes are; b"" if there is none."""
    start = data.find(rb"{\fonttbl")
    depth = 0
    for brace in _BRACE.finditer(data, start) if start >= 0 else ():
        depth += {b"{": 1, b"}": -1}.get(brace[0], 0)
        if depth == 0:
            return data[start : brace.end()]
    return b""


class _Prepared:
    """The file without data and hidden text; the footnotes taken out, a number in the place of each."""

    def __init__(self, data: bytes) -> None:
        self.hidden = False
        self._notes: list[list[bytes]] = []
        self._out: list[bytes] = []
        body = self._out
        self._groups: list[tuple[list[bytes], bool, bool]] = []
        self._skipping = self._hiding = self._in_label = self._starred = False
        for token in _tokens(data):
            self._take(token)
        self.body = b"".join(body)

    @property
    def notes(self) -> list[bytes]:
        return [b"".join(note) for note in self._notes]

    def _take(self, token: re.Match[bytes]) -> None:
        if token["brace"]:
            self._brace(token["brace"])
        elif self._skipping:
            return
        elif token["word"]:
            self._word(token["word"], token["number"] or b"", token[0])
        elif token["sign"] == rb"\*":
            self._starred = True
        elif token["text"] or token["sign"]:
            self._shown(token["text"] or token["sign"])

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            self._groups.append((self._out, self._skipping, self._hiding))
            self._write(brace)
        elif self._groups:
            out, skipping, hiding = self._groups.pop()
            if not skipping:  # a note or data may end here: the brace closes what was opened outside it
                self._out, self._skipping, self._hiding = out, skipping, hiding
                self._write(brace)
        self._in_label = False

    def _word(self, word: bytes, number: bytes, whole: bytes) -> None:
        if self._starred and word != b"footnote":  # LibreOffice marks footnotes as what a reader may pass over
            self._write(rb"\*")
        self._starred = False
        if word in _DATA:
            self._skipping = True
        elif word == b"ansicpg":
            return  # `_encoding` knows better
        elif word == b"footnote":
            self._notes.append([])
            self._write(rb"\ltrch [%d]" % len(self._notes))
            self._out = self._notes[-1]
        elif word in _HIDING:
            self._hiding = number != b"0"
        elif word == b"u" and self._hiding:
            self.hidden = True
        else:
            self._hiding = self._hiding and word not in _SHOWN_AGAIN
            self._in_label = word in (b"listtext", b"pntext") or (self._in_label and word not in (b"u", b"tab"))
            self._write(_RENAMED.get(word, whole))

    def _shown(self, text: bytes) -> None:
        """Characters to be read; the blanks that LibreOffice puts before the number of a list are none."""
        if self._in_label:
            text = text.lstrip(b" ")
            self._in_label = not text
        if self._hiding:
            self.hidden = self.hidden or text not in (b"\r", b"\n", b"\r\n")
        else:
            self._write(_HIGH.sub(lambda byte: rb"\'%02x" % byte[0][0], text))

    def _write(self, piece: bytes) -> None:
        if not self._skipping:
            self._out.append(piece)


def _tokens(data: bytes) -> Iterator[re.Match[bytes]]:
    """The tokens of the file, up to its end; raw bytes (`\\bin`) are passed over."""
    at = 0
    while token := _TOKEN.match(data, at):
        at = token.end() + int(token["bytes"] or 0)
        yield token
