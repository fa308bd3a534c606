"""Zips of documents: what comes out, under which name, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.formats import UnreadableFile, is_archive, members, read
from archive.formats.zips import open_zip

from . import format_samples as samples
from .format_samples import docx, paragraph, pdf, zipped


def test_members_come_in_order_without_folders_and_clutter() -> None:
    packed = zipped(
        {
            "b/": "",
            "b/two.txt": "two",
            "one.txt": "one",
            "__MACOSX/._one.txt": "x",
            "b/.DS_Store": "x",
            "Thumbs.db": "x",
            "~$notice.docx": "x",
        }
    )
    assert list(members(packed, "a.zip")) == [("b/two.txt", b"two"), ("one.txt", b"one")]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "cp437"])
@pytest.mark.parametrize("name", ["关于走访的通知.txt", "通知/第二份.txt"])
def test_names_without_a_flag_are_decoded(name: str, encoding: str) -> None:
    name = "Rapport d'activité.txt" if encoding == "cp437" else name
    packed = samples.legacy_named_zip([name.encode(encoding), b"second-name-in-ascii.txt"])
    assert [path for path, _ in members(packed, "a.zip")] == [name, "second-name-in-ascii.txt"]


def test_traditional_names_in_big5() -> None:
    names = ["關於走訪的通知.txt", "會議紀錄與辦法.txt"]
    packed = samples.legacy_named_zip([name.encode("big5") for name in names])
    assert [path for path, _ in members(packed, "a.zip")] == names


def test_names_with_the_flag_are_taken_as_they_are() -> None:
    assert [path for path, _ in members(zipped({"通知.txt": "x"}), "a.zip")] == ["通知.txt"]


def test_the_same_name_twice_gives_both() -> None:
    packed = zipped([("a.txt", "one"), ("a.txt", "two")])
    assert [content for _, content in members(packed, "a.zip")] == [b"one", b"two"]


def test_a_zip_inside_is_a_member_that_read_refuses() -> None:
    ((name, content),) = members(zipped({"inner.zip": zipped({"a.txt": "x"})}), "a.zip")
    with pytest.raises(UnreadableFile):
        read(content, name)


def _damaged() -> bytes:
    """The second of three members does not fit its check sum."""
    return zipped({"a.txt": "first", "b.txt": "second", "c.txt": "third"}, 0).replace(b"second", b"SECOND")


def test_a_damaged_member_does_not_stop_the_others() -> None:
    pairs = members(_damaged(), "a.zip")
    assert [next(pairs), next(pairs)] == [("a.txt", b"first"), ("c.txt", b"third")]
    with pytest.raises(UnreadableFile, match=r"b\.txt") as refusal:
        next(pairs)
    assert refusal.value.code == "broken"


REFUSED = {
    "no zip": (lambda: b"text", "unknown-type"),
    "no files": (lambda: zipped({}), "empty"),
    "only folders": (lambda: zipped({"a/": ""}), "empty"),
    "way up": (lambda: zipped({"../a.txt": "x"}), "broken"),
    "way up inside": (lambda: zipped({"a/../../b.txt": "x"}), "broken"),
    "way up, backslashes": (lambda: zipped({"a\\..\\..\\b.txt": "x"}), "broken"),
    "absolute": (lambda: zipped({"/etc/a.txt": "x"}), "broken"),
    "drive": (lambda: zipped({"C:/a.txt": "x"}), "broken"),
    "line end in the name": (lambda: zipped({"a\nb.txt": "x"}), "broken"),
    "nul in the name": (lambda: zipped({"a?b.txt": "x"}).replace(b"a?b", b"a\0b"), "broken"),
    "link": (lambda: zipped([(samples.link("a.txt"), "/etc/passwd")]), "broken"),
    "password": (lambda: samples.encrypted(zipped({"a.txt": "x"})), "encrypted"),
    "cut off": (lambda: zipped({"a.txt": "text " * 500})[:-30], "broken"),
    "too many": (lambda: zipped({f"{number}.txt": "" for number in range(5001)}), "bomb"),
    "far too many": (lambda: zipped({f"{number}.txt": "" for number in range(20_001)}), "bomb"),
    "ratio": (lambda: zipped({"a.txt": b" " * 5 * 1024 * 1024}), "bomb"),
    "size": (lambda: zipped({f"{number}.txt": bytes(range(256)) * 40_000 for number in range(7)}), "bomb"),
}


@pytest.mark.parametrize("make, code", REFUSED.values(), ids=REFUSED.keys())
def test_refuses_before_the_first_member(make: Callable[[], bytes], code: str) -> None:
    pairs = members(make(), "a.zip")
    with pytest.raises(UnreadableFile) as refusal:
        next(pairs)
    assert refusal.value.code == code


def test_more_bytes_than_the_limit() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        next(members(zipped({"a.txt": bytes(range(256)) * 40}, 0), "a.zip", limit=1000))
    assert refusal.value.code == "too-large"


@pytest.mark.parametrize(
    "data, name, expected",
    [
        (zipped({"a.txt": "x"}), "a.zip", True),
        (zipped({"a.txt": "x"}), "a.bin", True),
        (zipped({}), "a.zip", True),
        (zipped({"a.txt": "text " * 500})[:-30], "a.zip", True),
        (zipped({"a.txt": "text " * 500})[:-30], "a.docx", False),
        (docx(paragraph("x")), "a.docx", False),
        (docx(paragraph("x")), "a.zip", False),
        (pdf([["x"]]), "a.zip", False),
        (b"", "a.zip", False),
        (b"PK", "a.zip", False),
    ],
)
def test_what_is_an_archive(data: bytes, name: str, expected: bool) -> None:
    assert is_archive(data, name) is expected


BASE = zipped({"a.txt": "first text", "通知.txt": "second text", "b/c.txt": "third " * 40})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(BASE) - 1), st.integers(0, 255)), max_size=8), st.integers(1, len(BASE)))
def test_mutated_zips_are_unpacked_or_refused(changes: list[tuple[int, int]], kept: int) -> None:
    changed = bytearray(BASE)
    for at, new in changes:
        changed[at] = new
    data = bytes(changed[: max(kept, 4)])
    is_archive(data, "a.zip")
    try:
        for name, content in members(data, "a.zip"):
            assert ".." not in name.split("/")
            assert len(content) < 1000
    except UnreadableFile:
        pass


def test_a_directory_that_overlaps_itself_is_bounded_by_its_declared_size() -> None:
    """Many entries of the directory point at one packed member: what they declare together counts."""
    one = zipped({"a.txt": bytes(range(256)) * 4 * 1024})
    start = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entries = one[start:end] * 100
    tail = bytearray(one[end:])
    tail[8:12] = (100).to_bytes(2, "little") * 2
    tail[12:16] = len(entries).to_bytes(4, "little")
    with pytest.raises(UnreadableFile) as refusal:
        open_zip(one[:start] + entries + bytes(tail))
    assert refusal.value.code == "bomb"
