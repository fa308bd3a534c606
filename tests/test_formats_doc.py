"""Old Word files: by antiword, by LibreOffice, and where neither is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.formats import UnreadableFile, outside, read
from archive.formats.docbook import NUMBERS_LOST, extract

from .format_packages import word6
from .format_samples import ole2
from .format_scans import FILES

WORD97 = (FILES / "word97.doc").read_bytes()
"""Made once with LibreOffice out of our own sentences: two levels of automatic numbers, a table, a note."""

antiword = pytest.mark.skipif(not outside.program("antiword"), reason="apt-get install antiword")
libreoffice = pytest.mark.skipif(not outside.program("soffice"), reason="apt-get install libreoffice-writer-nogui")


@pytest.fixture
def only_antiword(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where antiword is all that is installed."""
    (tmp_path / "antiword").symlink_to(str(outside.program("antiword")))
    monkeypatch.setattr(outside, "PATH", str(tmp_path))


@antiword
@pytest.mark.usefixtures("only_antiword")
def test_antiword_reads_all_but_automatic_numbers_and_says_so() -> None:
    reading = read(WORD97, "a.doc")
    assert reading.text.split("\n") == [
        "关于开展入户走访的通知",
        "总体要求",
        "各派出所要紧紧依靠群众，每季度走访辖区居民一次，认真听取群众的意见和建议。",
        "工作任务",
        "登记走访",
        "办理意见",
        "民警应当登记走访情况，对群众反映的问题及时办理，不得推诿拖延。",
        "单位\t走访次数",
        "城关派出所\t十二",
        "Notice on home visits: every station shall visit each household once a year.",
        "文末注[1]",
        "某市公安局",
        "[1] 脚注一句。",
    ]
    assert reading.warnings == (NUMBERS_LOST,)
    assert (reading.reader, reading.program) == ("doc", "antiword 0.37")


@libreoffice
def test_libreoffice_keeps_the_numbers() -> None:
    """It may only run where the network can be cut off; elsewhere it is passed over, and the numbers are missed."""
    reading = read(WORD97, "a.doc")
    if reading.program.startswith("LibreOffice"):
        lines = reading.text.split("\n")
        assert lines[1:7:2] == ["一、总体要求", "二、工作任务", "2. 办理意见"]
        assert (lines[-1], reading.warnings) == ("[1] 脚注一句。", ())
    else:
        assert reading.warnings == (NUMBERS_LOST,)


CHINESE = "关于走访的通知\r一、各派出所要听取群众意见，及时办理。\r二、民警应当登记走访情况，不得推诿。\r"
CASES = {
    "gbk": (CHINESE.encode("gbk"), CHINESE.replace("\r", "\n").strip()),
    "big5": ("關於走訪的通知，各派出所要聽取群眾意見。\r".encode("cp950"), "關於走訪的通知，各派出所要聽取群眾意見。"),
    "western": (b"Caf\xe9 \x93notice\x94\rSecond line\r", "Café “notice”\nSecond line"),
    "ascii": (b"Notice\rSecond <line> & more\r", "Notice\nSecond <line> & more"),
}


@antiword
@pytest.mark.parametrize("text, expected", CASES.values(), ids=CASES.keys())
def test_word_6_in_its_own_code_page(text: bytes, expected: str) -> None:
    assert read(word6(text), "a.doc").text == expected


REFUSED = {
    "password": (word6(CHINESE.encode("gbk"), flags=0x0100), "encrypted"),
    "macros": (WORD97 + "_VBA_PROJECT".encode("utf-16-le"), "macro"),
    "cut off in the text": (WORD97[:6000], "broken"),
    "cut off before the text": (WORD97[:3000], "broken"),
    "no text": (word6(b"\r"), "no-text"),
    "a name and nothing else": (ole2("WordDocument"), "broken"),
}  # fmt: skip


@antiword
@pytest.mark.usefixtures("only_antiword")
@pytest.mark.parametrize("data, code", REFUSED.values(), ids=REFUSED.keys())
def test_refuses(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(data, "a.doc")
    assert refusal.value.code == code


def test_without_any_program_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PATH", str(tmp_path))
    with pytest.raises(UnreadableFile, match="apt-get install antiword") as refusal:
        read(WORD97, "a.doc")
    assert refusal.value.code == "unavailable"


@antiword
@pytest.mark.usefixtures("only_antiword")
@pytest.mark.parametrize("start", range(5632, 6656, 64))
def test_damaged_files_are_read_or_refused(start: int) -> None:
    """The head of the text's stream, piece by piece overwritten."""
    damaged = WORD97[: start + 12] + b"\xff\x7f" * 26 + WORD97[start + 64 :]
    try:
        assert read(damaged, "a.doc").text
    except UnreadableFile as refusal:
        assert refusal.code in ("broken", "no-text", "timeout", "encrypted", "bomb")


BOOK = "<book><bookinfo><title>走 访</title></bookinfo><chapter><title/>{}</chapter></book>"


@pytest.mark.parametrize(
    "body, expected",
    [
        ("<title>Part</title><para>\na\nb </para>", "Part\na b"),
        ("<para>a<emphasis role='bold'>b</emphasis>c</para>", "abc"),
        ("<itemizedlist><listitem><para>a</para></listitem></itemizedlist>", "a"),
        (
            "<para><informaltable><row><entry>a</entry><entry><para>b</para></entry></row></informaltable></para>",
            "a\tb",
        ),
        ("<para>a<footnote><para/></footnote></para><para>b</para>", "a[1]\nb"),
        ("<para>a & b</para>", "a b"),
    ],
)
def test_the_docbook_of_antiword(body: str, expected: str) -> None:
    found = extract(BOOK.format(body).encode())
    assert (found.text, found.title) == (expected, "走 访")
