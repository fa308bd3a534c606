"""Rich text: what is shown, in whichever way its characters are written."""

from __future__ import annotations

import pytest

from archive.formats import UnreadableFile, read

FONTS = rb"{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset0 Arial;}}"


def rtf(body: bytes, head: bytes = rb"\ansi\ansicpg936" + FONTS) -> bytes:
    return rb"{\rtf1" + head + rb"\f0 " + body + b"}"


def hexes(text: str, encoding: str = "gbk") -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in text.encode(encoding))


NOTICE = "关于走访的通知"
CASES = {
    "code page": (rtf(hexes(NOTICE)), NOTICE),
    "font alone": (rtf(hexes(NOTICE), rb"\ansi" + FONTS), NOTICE),
    "no font, but Chinese": (rtf(hexes(NOTICE), rb"\ansi\ansicpg1252\deflangfe2052"), NOTICE),
    "big5": (rtf(hexes("關於走訪", "big5"), rb"\ansi\ansicpg950{\fonttbl{\f0\fcharset136 M;}}"), "關於走訪"),
    "numbers": (rtf(b"".join(rb"\u%d\'3f" % ord(char) for char in NOTICE)), NOTICE),
    "negative numbers and pairs": (rtf(rb"\u-26947?\u-10179?\u-8704?"), "\u96bd\U0001f600"),
    "bare bytes": (rtf(NOTICE.encode("gbk")), NOTICE),
    "both": (rtf(rb"{\f1 Notice} " + hexes("走访")), "Notice 走访"),
    "unknown code page": (rtf(rb"\'e9", rb"\ansi\ansicpg99999"), "é"),
    "western": (rtf(rb"Caf\'e9 \ldblquote x\rdblquote", rb"\ansi"), "Café “x”"),
    "lines": (rtf(rb"a\par b\line c\par"), "a\nb\nc"),
    "list": (rtf(rb"{\listtext\pard\plain  \u19968?\u12289?\tab}a\par"), "一、\ta"),
    "old list": (rtf(rb"{\pntext\f0 1.\tab}a\par"), "1.\ta"),
    "table": (rtf(rb"\trowd a\cell b|\cell\row\trowd c\cell\cell\row d"), "a\tb|\nc\t\nd"),
    "notes": (rtf(rb"a{\footnote " + hexes("注") + rb"} b{\*\footnote two}\par c"), "a[1] b[2]\nc\n[1] 注\n[2] two"),
    "link": (rtf(rb'{\field{\*\fldinst{HYPERLINK "x"}}{\fldrslt a}} b'), "a b"),
    "picture": (rtf(rb"a{\*\shppict{\pict\pngblip 89504e47}}{\pict\bin5 }}{{\b}b"), "ab"),
    "head": (rtf(rb"{\info{\title x}}{\header page}{\stylesheet{\s0 Normal;}}a"), "a"),
    "signs": (rtf(rb"\{a\}\\b\~c"), "{a}\\b\xa0c"),
    "after the end": (rtf(b"a") + b"{\\rtf1 b}", "a"),
    "not closed": (rtf(b"{{a")[:-1], "a"),
    "nested deeply": (rtf(b"{" * 100_000 + b"a" + b"}" * 100_000), "a"),
}  # fmt: skip


@pytest.mark.parametrize("data, expected", CASES.values(), ids=CASES.keys())
def test_text(data: bytes, expected: str) -> None:
    reading = read(data, "a.rtf")
    assert (reading.text, reading.warnings) == (expected, ())


@pytest.mark.parametrize("hidden", [rb"a{\v no}b", rb"a\v no\v0 b", rb"a{\deleted no}b", rb"a\v \u20851?\plain b"])
def test_hidden_text_is_left_out_and_told(hidden: bytes) -> None:
    reading = read(rtf(hidden), "a.rtf")
    assert (reading.text, reading.warnings) == ("ab", ("Hidden text was left out.",))


def test_a_file_named_doc() -> None:
    reading = read(rtf(b"Notice"), "a.doc")
    assert (reading.reader, len(reading.warnings)) == ("rtf", 1)


@pytest.mark.parametrize(
    "data, code",
    [
        (rtf(b" "), "no-text"),
        (rtf(rb"{\pict 00}"), "no-text"),
        (rtf(rb"\u9999999999?"), "broken"),
        (rtf(rb"\bin999999999 x"), "no-text"),
    ],
)
def test_refuses(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(data, "a.rtf")
    assert refusal.value.code == code
