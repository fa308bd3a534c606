"""Character sets: found by the bytes, said by the file, or chosen by a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.encodings import canonical, decode
from archive.formats.mojibake import traces
from archive.formats.reading import UnreadableFile

from .format_samples import CHINESE, ENGLISH, FRENCH, TRADITIONAL

SHORT = "民警应当走访群众"


@pytest.mark.parametrize(
    "text, written, found",
    [
        (CHINESE, "utf-8", "utf-8"),
        (CHINESE, "gb2312", "gb18030"),
        (CHINESE, "gbk", "gb18030"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE + "𠮷䶮", "gb18030", "gb18030"),
        (SHORT, "gb18030", "gb18030"),
        (ENGLISH * 30 + SHORT, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "cp950"),
        (TRADITIONAL + "佢哋嘅", "big5hkscs", "big5hkscs"),
        ("警察應當走訪群眾", "big5", "cp950"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (CHINESE, "utf-16-be", "utf-16-be"),
        (CHINESE, "utf-32", "utf-32-le"),
        (CHINESE, "utf-32-be", "utf-32-be"),
        (SHORT, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "ascii", "utf-8"),
        (FRENCH, "cp1252", "cp1252"),
        ("The station’s “big visit” – a report…", "cp1252", "cp1252"),
        ("Die Wache hört zu; das Gespräch über Sorgen gehört dazu.", "latin-1", "cp1252"),
    ],
)
def test_found_by_the_bytes(text: str, written: str, found: str) -> None:
    decoded = decode(text.encode(written))
    assert (decoded.text, decoded.encoding, decoded.warnings) == (text, found, ())


@pytest.mark.parametrize("text", [CHINESE, TRADITIONAL, ENGLISH, FRENCH])
@pytest.mark.parametrize("written", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030"])
def test_a_mark_goes_and_nothing_else(text: str, written: str) -> None:
    decoded = decode(("\ufeff" + text).encode(written))
    assert (decoded.text, decoded.encoding) == (text, written)


@pytest.mark.parametrize(
    "data, choice, text",
    [
        (CHINESE.encode("gb18030"), "GBK", CHINESE),
        (TRADITIONAL.encode("big5"), "Big5", TRADITIONAL),
        (CHINESE.encode("utf-16"), "utf-16", CHINESE),
        (b"\xe9", "iso-8859-1", "é"),
    ],
)
def test_a_persons_choice_is_obeyed(data: bytes, choice: str, text: str) -> None:
    assert decode(data, choice).text == text


@pytest.mark.parametrize("choice", ["utf-8", "ascii", "klingon", "rot13", "hex", "idna", "\0", "a" * 300])
def test_a_choice_that_does_not_fit_is_refused(choice: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        decode(CHINESE.encode("gb18030"), choice)
    assert refusal.value.code == "wrong-encoding"


@pytest.mark.parametrize(
    "written, declared, found, warned",
    [
        ("gb18030", "gb2312", "gb18030", False),
        ("utf-8", "utf-8", "utf-8", False),
        ("utf-8", "gb2312", "utf-8", True),
        ("gb18030", "utf-8", "gb18030", True),
        ("gb18030", "iso-8859-1", "gb18030", True),
        ("gb18030", "no-such-set", "gb18030", False),
        ("gb18030", "utf-16", "gb18030", False),
    ],
)
def test_what_a_page_says_is_checked(written: str, declared: str, found: str, warned: bool) -> None:
    decoded = decode(CHINESE.encode(written), declared=declared)
    assert (decoded.text, decoded.encoding, bool(decoded.warnings)) == (CHINESE, found, warned)


def test_a_few_damaged_places_are_shown() -> None:
    data = (CHINESE * 50).encode()
    decoded = decode(data[:100] + b"\xff" + data[100:])
    assert decoded.encoding == "utf-8"
    assert 1 <= decoded.text.count("\ufffd") <= 4
    assert decoded.warnings


def test_what_no_character_set_fits_is_refused() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        decode(b"\xff\x81\x9d\x90\xff\x8d" * 40 + b"a")
    assert refusal.value.code == "wrong-encoding"


@given(st.binary(max_size=120), st.sampled_from([None, "utf-8", "gbk", "big5", "hz", "utf-7", "x"]))
def test_any_bytes_decode_or_are_refused(data: bytes, declared: str | None) -> None:
    try:
        assert isinstance(decode(data, declared=declared).text, str)
    except UnreadableFile as refusal:
        assert refusal.code in ("wrong-encoding", "unknown-type")


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=80))
def test_every_text_survives_utf_8(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    "text, place",
    [("ok 锟斤拷", "character 3"), ("stationâ€™s", "character 7"), ("lost \ufffd", "character 5")],
)
def test_traces_of_wrong_decoding_are_told(text: str, place: str) -> None:
    (warning,) = traces(text)
    assert place in warning


@pytest.mark.parametrize("text", [CHINESE, TRADITIONAL, ENGLISH, FRENCH, "§ 12 — “café” €5"])
def test_sound_text_has_no_traces(text: str) -> None:
    assert traces(text) == ()


@pytest.mark.parametrize("name", ["gb2312", "GBK", " 'gb18030' ", "cp936"])
def test_chinese_sets_are_widened_to_the_one_that_holds_them(name: str) -> None:
    assert canonical(name) == "gb18030"
