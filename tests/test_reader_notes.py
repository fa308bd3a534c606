"""Notes of the readers of files are said in the language of the page, however they were filled in."""

from __future__ import annotations

import pytest
from django.utils import translation

from archive.formats import read
from archive.formats.notes import parted
from archive.reader.notes import in_words

NOTES = [
    ("Hidden text was left out.", "隐藏的文字已略去。"),
    ("2 of 31 pages are damaged: 4, 19.", "共31页，其中2页已损坏：4, 19。"),
    (
        "The name ends in “.pdf”, but the content is a Word document; it was read as that.",
        "文件名以“.pdf”结尾，内容却是Word 文档；已按后者读取。",
    ),
    ("A note of an earlier time, 100 % unknown.", "A note of an earlier time, 100 % unknown."),
]


@pytest.mark.parametrize(("note", "chinese"), NOTES)
def test_a_note_is_said_in_the_language_of_the_page(note: str, chinese: str):
    with translation.override("en"):
        assert in_words(note) == note
    with translation.override("zh-hans"):
        assert in_words(note) == chinese


def test_what_a_reader_notes_is_made_of_phrases():
    reading = read(b"Units must visit.\n", "notice.docx")
    assert [parted(note)[1] for note in reading.warnings] == [{"suffix": ".docx", "kind": "plain text"}]
