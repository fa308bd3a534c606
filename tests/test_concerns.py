"""What a person is warned of before publishing, and the encodings to choose from: tables."""

from __future__ import annotations

from datetime import date

import pytest

from archive.analysis.doubts import Known, doubts
from archive.formats.damage import damage
from archive.formats.encoding_choices import possible_encodings
from archive.spans import Concern, ConcernKind, Span
from tests.factories import CHINESE_NOTICE, NOTICE

TODAY = date(2026, 1, 1)
GOOD = Known("en", sections=2, has_title=True, has_issuer=True, issued=date(2015, 1, 1))
RUSSIAN = "Полиция должна посещать жителей каждый месяц и выслушивать их мнения. "


@pytest.mark.parametrize(
    ("text", "known", "kinds"),
    [
        (NOTICE, {}, []),
        (NOTICE, {"language": "zh"}, ["not-the-language"]),
        (CHINESE_NOTICE, {"language": "en"}, ["not-the-language"]),
        (CHINESE_NOTICE, {"language": "zh"}, []),
        (RUSSIAN, {}, ["other-language"]),
        ("12 34", {"language": "zh"}, []),
        ("", {"language": "zh"}, []),
        (NOTICE * 8, {"sections": 0}, ["no-sections"]),
        (NOTICE, {"sections": 0}, []),
        ("社区民警必须入户走访。" * 60, {"language": "zh", "sections": 0}, ["no-sections"]),
        (NOTICE, {"has_title": False, "has_issuer": False, "issued": None}, ["no-title", "no-date", "no-issuer"]),
        (NOTICE, {"issued": date(2026, 1, 2)}, ["future-date"]),
        (NOTICE, {"issued": TODAY}, []),
    ],
)
def test_doubts(text: str, known: dict, kinds: list[str]):
    fields = {name: getattr(GOOD, name) for name in GOOD.__slots__} | known
    assert [concern.kind for concern in doubts(text, Known(**fields), TODAY)] == kinds


@pytest.mark.parametrize(
    ("text", "reader", "size", "expected"),
    [
        (NOTICE, "plain", 500, []),
        ("Clean cafÃ© text", "plain", 20, [Concern(ConcernKind.GARBLED, 1, Span(9, 11))]),
        ("a\ufffdb\ufffd", "plain", 20, [Concern(ConcernKind.LOST_CHARACTERS, 2, Span(1, 2))]),
        (f"{NOTICE}\n\f{NOTICE}", "pdf", 90_000, []),
        (f"{NOTICE}\n\f 2 \n\f 3 ", "pdf", 90_000, [Concern(ConcernKind.EMPTY_PAGES, 2)]),
        (f"{NOTICE}\n\f 2 \n\f 3 ", "plain", 90_000, []),
        (NOTICE, "docx", 900_000, [Concern(ConcernKind.LITTLE_TEXT, 253)]),
        (NOTICE, "docx", 90_000, []),
        (NOTICE, "html", 900_000, []),
        ("\ue000\ue001\ue002 " * 30, "pdf", 9_000, [Concern(ConcernKind.CIPHER)]),
    ],
)
def test_damage(text: str, reader: str, size: int, expected: list[Concern]):
    assert list(damage(text, reader=reader, size=size)) == expected


@pytest.mark.parametrize(
    ("data", "included", "excluded"),
    [
        (CHINESE_NOTICE.encode(), {"utf-8"}, {"utf-16-le"}),
        (CHINESE_NOTICE.encode("gb18030"), {"gb18030"}, {"utf-8", "utf-16-le"}),
        (CHINESE_NOTICE.encode("utf-16-le"), {"utf-16-le"}, {"cp1252"}),
        (NOTICE.encode(), {"utf-8", "gb18030", "cp1252"}, {"utf-16-le"}),
        (b"", {"utf-8"}, set()),
    ],
)
def test_possible_encodings(data: bytes, included: set[str], excluded: set[str]):
    names = {one.encoding for one in possible_encodings(data)}
    assert included <= names
    assert not excluded & names


def test_the_lines_shown_are_those_that_differ_without_tags():
    page = f"<p>Plain line.</p>\n<script>var x = '关';</script><p title='x'>{CHINESE_NOTICE}</p>".encode("gb18030")
    (found,) = [one for one in possible_encodings(page) if one.encoding == "gb18030"]
    assert found.lines == (
        "关于做好入户走访工作的通知",
        "各派出所：",
        "一、总体要求",
        "社区民警必须坚持群众路线，每月开展入户走访。",
    )
