"""Sheets of metadata: CSV and xlsx in, every problem told by row and column before anything is written."""

from __future__ import annotations

import datetime
import io

import pytest
from openpyxl import Workbook

from archive import formats
from archive.actions.sheets import SheetRefused, metadata_of
from tests.format_samples import zipped

pytestmark = pytest.mark.django_db


def xlsx(*rows: list[object]) -> bytes:
    book, written = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(written)
    return written.getvalue()


ROWS = [["file", "title", "date"], ["a.txt", "走访通知", "2013-05"]]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ("file,title,date\na.txt,走访通知,2013-05\n".encode(), ROWS),
        ("\ufefffile;title;date\r\na.txt; 走访通知 ;2013-05\r\n".encode(), ROWS),
        ("file\ttitle\tdate\na.txt\t走访通知\t2013-05\n".encode("gbk"), ROWS),
        ("file\ttitle\tdate\na.txt\t走访通知\t2013-05\n".encode("utf-16"), ROWS),
        (xlsx(["file", "title", "date"], ["a.txt", "走访通知", "2013-05"]), ROWS),
        (xlsx(["file", "date"], ["a", datetime.date(2013, 5, 2)]), [["file", "date"], ["a", "2013-05-02"]]),
        (xlsx(["file", "number"], ["a", 12.0]), [["file", "number"], ["a", "12"]]),
        (xlsx(["file", "title"], ["a", "=1+1"]), [["file", "title"], ["a", ""]]),
        (b'file,title\na,"two\nlines"\n', [["file", "title"], ["a", "two\nlines"]]),
    ],
)
def test_a_sheet_gives_its_rows(data: bytes, rows: list[list[str]]):
    assert formats.table(data) == rows


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200), "unknown-type"),
        (zipped({"a.txt": "x"}), "broken"),
        (xlsx(["file"])[:-40], "broken"),
        (zipped({"xl/worksheets/sheet1.xml": b" " * 5_000_000}), "bomb"),
        (zipped({"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "bomb"),
        (b"file\n" * 10_001, "too-large"),
        (xlsx(["file"] * 51), "too-large"),
        (b"x" * (5 * 1024 * 1024 + 1), "too-large"),
        (b"a" * 200_000, "broken"),
    ],
)
def test_what_is_no_sheet_is_refused(data: bytes, code: str):
    with pytest.raises(formats.UnreadableFile) as refusal:
        formats.table(data)
    assert refusal.value.code == code


def test_every_column_is_read():
    rows = [
        ["File", "Title", "Issuer", "Found at", "Date", "Number", "URL", "Language", "Themes", "Kind", "Category"],
        [
            "a.txt",
            "T",
            "公安部",
            "huiwen",
            "2013/05",
            "12",
            "https://a.example/",
            "ZH",
            "visits; petitions",
            "Notice",
            "C",
        ],
        ["", "", ""],
        ["b.txt"],
    ]
    assert metadata_of(rows, ["a.txt", "b.txt", "c.txt"]) == {
        "a.txt": {
            "title": "T",
            "issuer": "公安部",
            "found_at": "huiwen",
            "date": "2013-05",
            "number": "12",
            "url": "https://a.example/",
            "language": "zh",
            "themes": ["visits", "petitions"],
            "kind": "notice",
            "category": "C",
        },
        "b.txt": {},
    }


@pytest.mark.parametrize(
    ("rows", "row", "column", "words"),
    [
        ([], 1, "file", "must name the columns"),
        ([["title"]], 1, "file", "must name the columns"),
        ([["file", "titel"]], 1, "titel", "Is it “title”?"),
        ([["file", "date", "date"]], 1, "date", "twice"),
        ([["file", "title"], ["", "A"]], 2, "file", "name of the file is missing"),
        ([["file"], ["a.txt"], ["a.txt"]], 3, "file", "has a row already"),
        ([["file"], ["a.tx"]], 2, "file", "Is it “a.txt”?"),
        ([["file", "date"], ["a.txt", "May 2013"]], 2, "date", "Write 2013, 2013-05 or 2013-05-12"),
        ([["file", "date"], ["a.txt", "2013-02-30"]], 2, "date", "is no date"),
        ([["file", "language"], ["a.txt", "fr"]], 2, "language", "is none of: en, zh"),
        ([["file", "kind"], ["a.txt", "circular"]], 2, "kind", "is none of: notice"),
        ([["file", "themes"], ["a.txt", "visits, vists"]], 2, "themes", "“vists” is none of"),
        ([["file", "url"], ["a.txt", "javascript:alert(1)"]], 2, "url", "no web address"),
        ([["file", "title"], ["a.txt", "x" * 501]], 2, "title", "at most 500"),
    ],
)
def test_a_problem_is_told_with_its_place_and_what_to_do(rows: list[list[str]], row: int, column: str, words: str):
    with pytest.raises(SheetRefused) as refusal:
        metadata_of(rows, ["a.txt"])
    (problem,) = refusal.value.problems
    assert (problem.row, problem.column) == (row, column)
    assert words in problem.message


def test_all_problems_are_told_at_once():
    rows = [["file", "date", "kind"], ["a.txt", "x", "y"], ["b.txt", "2013", "z"]]
    with pytest.raises(SheetRefused) as refusal:
        metadata_of(rows)
    assert [(problem.row, problem.column) for problem in refusal.value.problems] == [
        (2, "date"),
        (2, "kind"),
        (3, "kind"),
    ]
