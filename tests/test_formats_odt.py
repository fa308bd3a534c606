"""OpenDocument texts: the lines as the program shows them, with their automatic numbers."""

from __future__ import annotations

import pytest

from archive.formats import UnreadableFile, read
from archive.formats.odt import extract

from .format_packages import list_level, list_style, listed, odt, office
from .format_samples import encrypted


def lines(body: str, automatic: str = "", styles: str = "") -> list[str]:
    return extract(odt(body, automatic=automatic, styles=styles)).text.split("\n")


CIRCULAR = list_style(
    "L1",
    list_level(1, "一, 二, 三, ...", "、", "nothing"),
    list_level(2, "一, 二, 三, ...", "）", "nothing", 'style:num-prefix="（"'),
    list_level(3, "1", ".", "space"),
)
HIDDEN = (
    '<style:style style:name="T9" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P9" style:family="paragraph" style:parent-style-name="P8"/>'
    '<style:style style:name="P8" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
)
NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>7</text:note-citation><text:note-body>'
    "<text:p>{}</text:p></text:note-body></text:note>"
)
BOX = "<draw:frame><draw:text-box><text:p>in a box</text:p></draw:text-box></draw:frame>"

PLAIN = {
    "paragraphs": ("<text:p>走访</text:p><text:h>Part</text:h><text:p/>", ["走访", "Part", ""]),
    "white space": ("<text:p>  a \n\t b  <text:span> c</text:span> </text:p>", ["a b c"]),
    "blanks that are meant": ('<text:p><text:s text:c="2"/>a<text:s/>b<text:tab/>c</text:p>', ["  a b\tc"]),
    "a million blanks": ('<text:p>a<text:s text:c="1000000"/>b</text:p>', ["a" + " " * 1000 + "b"]),
    "line break": ("<text:p>a<text:line-break/>b</text:p>", ["a", "b"]),
    "links and fields": ("<text:p><text:a>a</text:a><text:page-number>3</text:page-number></text:p>", ["a3"]),
    "sections": ("<text:section><text:p>a</text:p></text:section>", ["a"]),
    "ruby": (
        "<text:p><text:ruby><text:ruby-base>走</text:ruby-base><text:ruby-text>z</text:ruby-text></text:ruby></text:p>",
        ["走"],
    ),
    "comment": ("<text:p>a<office:annotation><text:p>no</text:p></office:annotation>b</text:p>", ["ab"]),
    "deleted": (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>no</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>a</text:p>",
        ["a"],
    ),
    "notes": (f"<text:p>a{NOTE.format('one')}b{NOTE.format('two')}</text:p>", ["a[1]b[2]", "[1] one", "[2] two"]),
    "a note in a note": (
        f"<text:p>a{NOTE.format('one' + NOTE.format('two'))}</text:p>",
        ["a[1]", "[1] one[2]", "[2] two"],
    ),
    "box": (f"<text:p>a{BOX}b</text:p><text:p>c</text:p>", ["ab", "in a box", "c"]),
    "box of the page": (f"{BOX}<text:p>c</text:p>", ["in a box", "c"]),
    "table": (
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p><text:p>c</text:p></table:table-cell></table:table-row>"
        '</table:table-header-rows><table:table-row><table:table-cell table:number-columns-repeated="9999999"/>'
        "<table:covered-table-cell/><table:table-cell><text:p>d</text:p></table:table-cell></table:table-row>"
        "</table:table>",
        ["a\tb", "c", "\td"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("body, expected", PLAIN.values(), ids=PLAIN.keys())
def test_lines(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_the_numbers_of_a_circular() -> None:
    second = "<text:p>主要任务</text:p>" + listed("", "听取意见", "及时办理")
    third = "<text:list><text:list-item><text:list><text:list-item><text:p>走访</text:p></text:list-item></text:list>"
    body = (
        "<text:p>通知</text:p>"
        + listed("L1", "总体要求", second)
        + "<text:p>说明</text:p>"
        + listed("L1", f"{third}</text:list-item></text:list>", "组织领导", more='text:continue-numbering="true"')
        + listed("L1", "另起")
    )
    assert lines(body, CIRCULAR) == [
        "通知",
        "一、总体要求",
        "二、主要任务",
        "（一）听取意见",
        "（二）及时办理",
        "说明",
        "1. 走访",
        "三、组织领导",
        "一、另起",
    ]


@pytest.mark.parametrize(
    "level, labels",
    [
        (list_level(1, "A"), "A. B. C."),
        (list_level(1, "i", ")"), "i) ii) iii)"),
        (list_level(1, "1", more='text:start-value="9"'), "9. 10. 11."),
        (list_level(1, "①, ②, ③, ...", ""), "① ② ③"),
        (list_level(1, "甲, 乙, 丙, ...", "、"), "甲、 乙、 丙、"),
        (list_level(1, "1", more='loext:num-list-format="第%1%条"'), "第1条 第2条 第3条"),
        (list_level(1, "unheard-of"), "1. 2. 3."),
        ('<text:list-level-style-bullet text:level="1" text:bullet-char="–"/>', "– – –"),
        ('<text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/>', "• • •"),
        (list_level(1, ""), ""),
        (list_level(7, "1"), ""),
        ('<text:list-level-style-number text:level="x"/>', ""),
    ],
)
def test_labels(level: str, labels: str) -> None:
    found = [line.removesuffix("x").strip() for line in lines(listed("L1", "x", "x", "x"), list_style("L1", level))]
    assert " ".join(found).strip() == labels


def test_numbers_of_several_levels_and_members_without() -> None:
    style = list_style("L1", list_level(1, "1"), list_level(2, "1", more='text:display-levels="2"'))
    header = "<text:list-header><text:p>no number</text:p></text:list-header>"
    inner = listed("", "b", "<text:p>c</text:p><text:p>more of c</text:p>").replace(
        "<text:list-item>", header + "<text:list-item>", 1
    )
    body = listed("L1", "<text:p>a</text:p>" + inner) + listed("L1", "d", more='text:continue-numbering="true"')
    assert lines(body, style) == ["1. a", "no number", "1.1. b", "1.2. c", "more of c", "2. d"]


def test_lists_that_go_on_by_name_or_start_where_they_say() -> None:
    body = (
        listed("L1", "a", more='xml:id="one"')
        + listed("L1", "b")
        + listed("L1", "c", more='text:continue-list="one"')
        + listed("L1", "d").replace("<text:list-item>", '<text:list-item text:start-value="9">')
    )
    assert lines(body, list_style("L1", list_level(1, "1"))) == ["1. a", "1. b", "2. c", "9. d"]


def test_the_number_of_headings_comes_with_the_outline() -> None:
    levels = list_level(1, "一, 二, 三, ...", "、", "nothing") + list_level(2, "1")
    levels = levels.replace("list-level-style-number", "outline-level-style")
    outline = f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'
    taken_out = '<style:style style:name="H0" style:family="paragraph" style:list-style-name=""/>'
    body = (
        '<text:h text:outline-level="1">a</text:h><text:h text:outline-level="2">b</text:h>'
        '<text:h text:style-name="H0" text:outline-level="1">title</text:h><text:h text:outline-level="1">c</text:h>'
    )
    assert lines(body, taken_out, outline) == ["一、a", "1. b", "title", "二、c"]


def test_a_number_that_the_file_itself_gives() -> None:
    assert lines(listed("L1", "<text:p><text:number>1.1 </text:number>a</text:p>")) == ["1.1 a"]


def test_the_list_of_a_paragraph_style() -> None:
    paragraph = '<style:style style:name="P1" style:family="paragraph" style:list-style-name="L1"/>'
    body = listed("", '<text:p text:style-name="P1">a</text:p>')
    assert lines(body, list_style("L1", list_level(1, "1")) + paragraph) == ["1. a"]


@pytest.mark.parametrize(
    "hidden",
    [
        '<text:p>a<text:span text:style-name="T9">no</text:span></text:p>',
        '<text:p>a</text:p><text:p text:style-name="P9">no</text:p>',
        '<text:p>a</text:p><text:section text:display="none"><text:p>no</text:p></text:section>',
    ],
)
def test_hidden_text_is_left_out_and_told(hidden: str) -> None:
    found = extract(odt(hidden, automatic=HIDDEN))
    assert (found.text, found.warnings) == ("a", ("Hidden text was left out.",))


def test_title() -> None:
    assert read(odt("<text:p>a</text:p>", title=" 关于 走访 "), "a.odt").title == "关于 走访"


ENCRYPTED = office("x", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
REFUSED = {
    "password": (lambda: odt("x", parts={"META-INF/manifest.xml": ENCRYPTED}), "encrypted"),
    "password on its members": (lambda: encrypted(odt("<text:p>x</text:p>")), "encrypted"),
    "no text": (lambda: odt("<text:p> </text:p>"), "no-text"),
    "no content": (lambda: odt("x", parts={"content.xml": office("x", "")}), "broken"),
    "broken xml": (lambda: odt("<text:p>"), "broken"),
    "entities": (lambda: odt("x", parts={"content.xml": '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'}), "bomb"),
    "nested deeply": (lambda: odt("<text:section>" * 500 + "</text:section>" * 500), "broken"),
    "far too many tags": (lambda: odt("".join(f"<text:s{n * 7919 % 99991}/>" for n in range(1_000_001))), "bomb"),
    "macros": (lambda: odt("<text:p>x</text:p>", parts={"Basic/Standard/Module1.xml": "x"}), "macro"),
    "scripts": (lambda: odt("<text:p>x</text:p>", parts={"Scripts/python/a.py": "x"}), "macro"),
}


@pytest.mark.parametrize("make, code", REFUSED.values(), ids=REFUSED.keys())
def test_refuses(make, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(make(), "a.odt")
    assert refusal.value.code == code


def test_empty_libraries_are_no_macros() -> None:
    parts = {"Basic/script-lc.xml": "x", "Basic/Standard/script-lb.xml": "x"}
    assert read(odt("<text:p>x</text:p>", parts=parts), "a.odt").text == "x"
