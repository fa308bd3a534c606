"""Page furniture: what is marked, what is not, and that any text survives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.analysis.boilerplate import boilerplate
from archive.analysis.language import detect_language
from archive.analysis.lines import find_lines


def marked(text: str) -> list[tuple[str, str]]:
    return [(item.kind, item.span.of(text)) for item in boilerplate(text, detect_language(text))]


BODY = "\n\nThe guards of the harbour meet once a month. They talk about the lamps and about the boats.\n"
TEXT = "\n\n码头守夜的人每月开一次会，商量灯和船的事情，谁也不许迟到，会后把记录贴在门上。\n"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "Lamp Paper - Notices - How to keep a lamp\n\nHow to keep a lamp",
            [("breadcrumb", "Lamp Paper - Notices - How to keep a lamp"), ("title-repeat", "How to keep a lamp")],
        ),
        (
            "How to keep a lamp - Notices - Lamp Paper\nHow to keep a lamp",
            [("breadcrumb", "How to keep a lamp - Notices - Lamp Paper"), ("title-repeat", "How to keep a lamp")],
        ),
        (
            "Lamp Paper > Notices > How to keep a lamp in the harbour",
            [("breadcrumb", "Lamp Paper > Notices > How to keep a lamp in the harbour")],
        ),
        ("Home > Notices > Text", [("breadcrumb", "Home > Notices > Text")]),
        ("How to keep a lamp - a short word to the guards", []),
        (
            "HARBOUR POLICE DEPARTMENT\nStanding Orders Manual\n\nLAMPS AND BELLS",
            [("letterhead", "HARBOUR POLICE DEPARTMENT"), ("letterhead", "Standing Orders Manual")],
        ),
        (
            "Notice on lamps\n\nTo all stations, the market office,\nand the night watch of the port:",
            [("addressing", "To all stations, the market office,\nand the night watch of the port:")],
        ),
        ("Notice on lamps\n\nAll police stations, the market brigade and the port branch:", None),
        ("Notice on lamps\n\nAll stations must do the following:", []),
        ("Speech on lamps\n\nComrades:", []),
    ],
)
def test_above_an_english_text(head: str, expected: list[tuple[str, str]] | None) -> None:
    if expected is None:
        expected = [("addressing", head.split("\n\n")[1])]
    assert marked(head + BODY) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("您的位置：首页 > 通知公告 > 正文", [("breadcrumb", "您的位置：首页 > 通知公告 > 正文")]),
        ("关于修灯的通知_灯报网\n关于修灯的通知", None),
        (
            "灯港市公安局文件\n关于修灯的通知",
            [("letterhead", "灯港市公安局文件")],
        ),
        ("关于修灯的通知\n\n各派出所，市场大队，局属各单位：", [("addressing", "各派出所，市场大队，局属各单位：")]),
        ("关于修灯的通知\n\n主送：各派出所", [("addressing", "主送：各派出所")]),
        ("在修灯会上的讲话\n\n同志们：", []),
        ("关于修灯的通知\n\n现将有关事项通知如下：", []),
    ],
)
def test_above_a_chinese_text(head: str, expected: list[tuple[str, str]] | None) -> None:
    if expected is None:
        first, second = head.split("\n")
        expected = [("breadcrumb", first), ("title-repeat", second)]
    assert marked(head + TEXT) == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Copied to: Port Office, Market Office.", "copy"),
        ("Distribution: all guards; the harbour master", "copy"),
        ("Issued by the General Office of the Harbour Bureau on March 3, 2009", "print"),
        ("Page 4 of 12", "page-number"),
        ("- 17 -", "page-number"),
        ("Previous: How lamps are made Next: How bells are rung", "navigation"),
        ("Copyright 2011 Lamp Paper. All rights reserved.", "navigation"),
        ("Print this page", "navigation"),
        ("Source: Lamp Paper", "navigation"),
    ],
)
def test_english_lines_of_the_page_or_sheet(line: str, kind: str) -> None:
    assert marked(f"How lamps are kept{BODY}\n{line}\n") == [(kind, line)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("抄送：市场局，港务局。", "copy"),
        ("灯港市公安局办公室　　2009年3月3日印发", "print"),
        ("（此件公开发布）", "print"),
        ("— 4 —", "page-number"),
        ("第3页 共9页", "page-number"),
        ("【打印】【关闭】", "navigation"),
        ("上一篇：灯是怎样做的", "navigation"),
        ("责任编辑：王灯", "navigation"),
        ("版权所有 灯报网", "navigation"),
    ],
)
def test_chinese_lines_of_the_page_or_sheet(line: str, kind: str) -> None:
    assert marked(f"关于修灯的通知{TEXT}\n{line}\n") == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Copies of the key are kept by the captain.",
        "The notice was issued by the guard on duty, who had no pen and no paper and wrote it on a wall in 2009.",
        "Home is where the lamp is.",
        "送灯下乡的队伍回来了。",
        "来源不明的灯不许点。",
        "灯港市公安局\n2009年3月3日",
        "Bureau of Lamps\nMarch 3, 2009",
    ],
)
def test_the_documents_own_lines_are_left_alone(line: str) -> None:
    body, title = (TEXT, "关于修灯的通知") if line[0] > "\u2e80" else (BODY, "How lamps are kept")
    assert marked(f"{title}{body}\n{line}\n") == []


def test_a_table_of_contents_ends_where_its_first_entry_comes_again() -> None:
    contents = "目　录\n第一章　总则\n第二章　点灯"
    text = f"看灯守则\n\n{contents}\n\n第一章 总则\n第一条 为了看好灯，制定本守则。{TEXT}第二章 点灯\n"
    assert marked(text) == [("contents", contents)]


def test_a_running_head_beside_page_numbers() -> None:
    page = "LAMPS AND BELLS{0}\n- {1} -\nHarbour Handbook\n"
    text = "".join(page.format(BODY, n) for n in range(1, 5))
    kinds = [kind for kind, _ in marked(text)]
    assert kinds.count("page-number") == 4
    assert kinds.count("running-head") >= 4


def test_lines_know_wraps_from_paragraphs() -> None:
    text = (
        "A lamp that is wrapped at a narrow width goes on in the next line without any\n"
        "sign that it does so, and the reader has to know it by the small letters that\n"
        "begin the lines and by the even width of the column, which is nearly full.\n"
        "Short last line.\n"
        "Then another paragraph starts with a capital and runs on to the full width of\n"
        "the column as well, until it too comes to its end.\n"
    )
    assert [line.opens for line in find_lines(text)] == [True, False, False, False, True, False]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Home > ",
                "A - ",
                "To all stations:",
                "\n",
                "\f",
                "目录",
                "第一章",
                "抄送：",
                "- 3 -",
                "x" * 40,
                "。",
                "……3",
                "Copyright",
            ]
        )
    ).map("".join)
    | st.text(max_size=200)
)
def test_any_text_gives_spans_in_order_and_apart(text: str) -> None:
    for language in ("en", "zh"):
        end = 0
        for item in boilerplate(text, language):
            assert end <= item.span.start < item.span.end <= len(text)
            end = item.span.end
