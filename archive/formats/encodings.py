"""Bytes → text: which character set a file is in, and its exact decoding.

The order of the questions: byte-order mark; strict UTF-8; UTF-16 and UTF-32 without a mark, by their NULs; then the
legacy sets, of which the one wins whose reading has most characters that people really write. Nothing is tidied:
only a byte-order mark goes, line ends stay as they are.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .notes import DAMAGED_PLACES, DECLARED_NOT_UTF8, DECLARED_OTHERWISE, GUESSED, TWO_ENCODINGS
from .reading import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DATA = Path(__file__).parent / "data"
_SAMPLE = 64 * 1024
"""Bytes that the choice between legacy sets looks at."""
_DOUBTFUL = 0.6
"""Below this score a legacy reading is only a guess."""
_BAD_SHARE = 0.005
"""At most this share of undecodable characters is replaced with U+FFFD; more is a wrong encoding."""

_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030"}
_WESTERN = {"iso8859-1": "cp1252", "latin-1": "cp1252"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the Python name of the character set, and what a person should know about the choice."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = field(default=())


def decode(data: bytes, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """The text of `data`. `encoding` is a person's choice and obeyed; `declared` is the file's own word, and checked.

    UnreadableFile("wrong-encoding") if the person's choice does not fit the bytes, or if no character set does.
    """
    if encoding:
        return _as_told(data, encoding)
    return _marked(data) or _declared(data, declared) or _unmarked(data)


def prepare() -> None:
    """Loads what `decode` needs, for a process that soon may open no file."""
    for script in ("simplified", "traditional"):
        common_characters(script)
    for name in ("gb18030", "cp950", "big5hkscs", "big5", "cp1252", "utf-16", "utf-32-le", "utf-32-be"):
        codecs.lookup(name)


def canonical(encoding: str) -> str | None:
    """Python's name for a character set as files and forms spell it, widened to the set that is really meant by it
    (gb2312 → gb18030, latin-1 → cp1252); None for one that is unknown or no character set."""
    try:
        info = codecs.lookup(encoding.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name in ("idna", "punycode", "undefined"):
        return None
    return _SUPERSETS.get(info.name) or _WESTERN.get(info.name) or info.name


def _as_told(data: bytes, encoding: str) -> Decoded:
    name = canonical(encoding)
    if name is None:
        raise UnreadableFile(f"There is no encoding named “{encoding}”. Choose another one.", "wrong-encoding")
    if name == "utf-16":
        name = "utf-16-be" if data.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    try:
        return Decoded(data.decode(name).removeprefix("\ufeff"), name)
    except (UnicodeError, ValueError):
        raise UnreadableFile(
            f"This file is not in the encoding {name}. Choose another one, or let it be detected.", "wrong-encoding"
        ) from None


def _marked(data: bytes) -> Decoded | None:
    """By byte-order mark."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name)
    return None


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    """By the file's own word, if the bytes agree. Strict UTF-8 with more than ASCII in it is the stronger witness."""
    name = canonical(declared) if declared else None
    if name is None or name.startswith(("utf-16", "utf-32")):
        return None
    utf8 = _strict(data, "utf-8")
    if utf8 is not None and (name == "utf-8" or not data.isascii()):
        note = DECLARED_NOT_UTF8 % {"declared": declared}
        return Decoded(utf8, "utf-8", () if name == "utf-8" else (note,))
    text = _strict(data, name)
    if text is not None and not (name == "cp1252" and _score(data[:_SAMPLE], "cp1252") < _DOUBTFUL):
        return Decoded(text, name)
    found = _unmarked(data)
    if found.encoding == name:
        return found
    note = DECLARED_OTHERWISE % {"declared": declared, "encoding": found.encoding}
    return Decoded(found.text, found.encoding, (note, *found.warnings))


def _unmarked(data: bytes) -> Decoded:
    """By the bytes alone."""
    if b"\0" in data[:_SAMPLE]:
        wide = _wide(data)
        if wide is None:
            raise UnreadableFile(
                "This is not text: it holds NUL bytes. Upload the circular as txt, html, docx or PDF.", "unknown-type"
            )
        return _lenient(data, wide)
    utf8 = _strict(data, "utf-8")
    if utf8 is not None:
        return Decoded(utf8, "utf-8", _utf8_doubt(data, utf8))
    return _legacy(data)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return None


def _lenient(data: bytes, name: str) -> Decoded:
    """Strict if it can be; else a few bad places become U+FFFD with a warning; else wrong-encoding."""
    text = _strict(data, name)
    if text is not None:
        return Decoded(text, name)
    text = data.decode(name, errors="replace")
    bad = text.count("\ufffd") - data.decode(name, errors="ignore").count("\ufffd")
    if bad > 2 and bad > len(text) * _BAD_SHARE:
        raise UnreadableFile(
            "The encoding of this text could not be told. Choose one, or save the file as UTF-8.", "wrong-encoding"
        )
    note = DAMAGED_PLACES % {"count": bad, "encoding": name}
    return Decoded(text, name, (note,))


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: where the NULs of line ends, digits and Latin letters stand."""
    head = data[: _SAMPLE - _SAMPLE % 4]
    if len(data) % 4 == 0:
        for name, zeros in (("utf-32-le", head[3::4] + head[2::4]), ("utf-32-be", head[0::4] + head[1::4])):
            if not zeros.strip(b"\0\1\2") and _strict(data, name) is not None:
                return name
    candidates = [(_wide_score(head, name), name) for name in ("utf-16-le", "utf-16-be")]
    score, name = max(candidates)
    return name if score > _DOUBTFUL else None


def _wide_score(head: bytes, name: str) -> float:
    text = head[: len(head) - len(head) % 2].decode(name, errors="replace")
    return _common_share(text, common_characters("simplified") | common_characters("traditional"), ascii_counts=True)


def _legacy(data: bytes) -> Decoded:
    """The legacy set whose reading is the most natural; UTF-8 again, for a file of which a few bytes are damaged."""
    sample = data[:_SAMPLE]
    ranked = sorted(((_score(sample, name), name) for name in ("gb18030", "cp950", "cp1252", "utf-8")), reverse=True)
    if len(data) % 2 == 0:
        wide = max((_wide_score(sample, name), name) for name in ("utf-16-le", "utf-16-be"))
        ranked = sorted([*ranked, wide], reverse=True)
    best, name = ranked[0]
    decoded = _lenient(data, _fitting(data, name))
    if best >= _DOUBTFUL:
        return decoded
    note = GUESSED % {"encoding": decoded.encoding}
    return Decoded(decoded.text, decoded.encoding, (*decoded.warnings, note))


def _fitting(data: bytes, name: str) -> str:
    """Big5 has variants: the first of them that decodes the whole."""
    if name != "cp950":
        return name
    return next((variant for variant in ("cp950", "big5hkscs", "big5") if _strict(data, variant) is not None), name)


def _score(sample: bytes, name: str) -> float:
    """From 0 to 1: how natural the sample reads in a character set. ASCII says nothing and does not count."""
    if name == "cp1252":
        return _western_share(sample)
    common = common_characters("traditional") if name == "cp950" else common_characters("simplified")
    text = sample.decode(name, errors="replace")
    if name == "utf-8":
        common = common | common_characters("traditional")
    return _common_share(text[:-1] if text.endswith("\ufffd") else text, common)


def _common_share(text: str, common: frozenset[str], *, ascii_counts: bool = False) -> float:
    """The share of common characters; those that nobody writes in a circular count against it."""
    good = bad = total = 0
    for char in text:
        if char < "\x80":
            total += ascii_counts
            good += ascii_counts and (char.isprintable() or char in "\r\n\t")
            bad += ascii_counts and char == "\0"
            continue
        total += 1
        good += char in common
        bad += char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or "\uac00" <= char <= "\ud7ff"
    return max(0.0, (good - 2 * bad) / total) if total else 0.0


_PUNCTUATION = (
    "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·～　％０１２３４５６７８９〇一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩"
)


@cache
def common_characters(script: str) -> frozenset[str]:
    """The characters that make up about 99 % of a running text, and the punctuation."""
    text = (_DATA / f"common_{script}.txt").read_text(encoding="utf-8")
    return frozenset(text.replace("\n", "")) | frozenset(_PUNCTUATION)


_WESTERN_LETTER = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff]{1,2}|[\xc0-\xff]{1,2}(?=[A-Za-z])")
_WESTERN_SIGN = re.compile(
    rb"(?<![\x80-\xff])[\x80\x85\x91-\x97\x99\xa0\xa3\xa7\xa9\xab\xad\xae\xb0\xb1\xb7\xbb](?![\x80-\xff])"
)


def _western_share(sample: bytes) -> float:
    """The share of high bytes that stand as accented letters in Latin words or as single signs between ASCII."""
    high = len(sample) - len(sample.translate(None, bytes(range(0x80, 0x100))))
    letters = sum(len(match) for match in _WESTERN_LETTER.findall(sample))
    signs = len(_WESTERN_SIGN.findall(sample))
    undefined = sum(sample.count(bytes((byte,))) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
    if not high or re.search(rb"[\x01-\x08\x0e-\x1f]", sample):
        return 0.0
    return max(0.0, (letters + signs - 2 * undefined) / high)


def _utf8_doubt(data: bytes, text: str) -> tuple[str, ...]:
    """Short GBK text can be valid UTF-8 by accident, as letters of scripts that a circular does not have."""
    letters = [char for char in text[:_SAMPLE] if char >= "\x80"]
    if not letters or any(not "\u0080" <= char <= "\u07ff" for char in letters):
        return ()
    if _score(data[:_SAMPLE], "gb18030") < _DOUBTFUL:
        return ()
    return (TWO_ENCODINGS,)
