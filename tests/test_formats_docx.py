"""Word documents: the lines as Word shows them, with their automatic numbers."""

from __future__ import annotations

import pytest

from archive.formats.docx import extract
from archive.formats.numerals import BY_FORMAT

from .format_samples import docx, level, paragraph, word

LIST = '<w:num w:numId="{0}"><w:abstractNumId w:val="{1}"/>{2}</w:num>'


def numbering(*levels: str, lists: str = LIST.format(1, 0, "")) -> dict[str, str]:
    """One definition of a list, and the lists that use it."""
    definition = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return {"word/numbering.xml": word("numbering", definition + lists)}


def lines(body: str, parts: dict[str, str] | None = None) -> list[str]:
    return extract(docx(body, parts=parts)).text.split("\n")


CHINESE_LEVELS = numbering(
    level(0, "chineseCounting", "%1、", '<w:suff w:val="nothing"/>'),
    level(1, "chineseCountingThousand", "（%2）", '<w:suff w:val="nothing"/>'),
    level(2, "decimal", "%3.", '<w:suff w:val="space"/>'),
)


def test_the_numbers_of_a_circular() -> None:
    body = (
        paragraph("通知")
        + paragraph("总体要求", "1")
        + paragraph("指导思想", "1", 1)
        + paragraph("工作原则", "1", 1)
        + paragraph("走访", "1", 2)
        + paragraph("主要任务", "1")
        + paragraph("听取意见", "1", 1)
    )
    assert lines(body, CHINESE_LEVELS) == [
        "通知",
        "一、总体要求",
        "（一）指导思想",
        "（二）工作原则",
        "1. 走访",
        "二、主要任务",
        "（一）听取意见",
    ]


def test_numbers_made_of_several_levels() -> None:
    parts = numbering(
        level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    body = paragraph("a", "1") + paragraph("b", "1", 1) + paragraph("c", "1", 2) + paragraph("d", "1", 1)
    assert lines(body, parts) == ["I.\ta", "I.1\tb", "1.1.1\tc", "I.2\td"]


def test_numbers_that_come_with_a_style() -> None:
    in_list = '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    styles = (
        f'<w:style w:styleId="Base"><w:pPr><w:numPr>{in_list}'
        '<w:style w:styleId="Part"><w:basedOn w:val="Base"/></w:style>'
        f'<w:style w:styleId="Second"><w:pPr><w:numPr><w:ilvl w:val="1"/>{in_list}'
    )
    parts = numbering(level(0, "decimal", "Part %1:"), level(1, "lowerLetter", "(%2)"))
    parts["word/styles.xml"] = word("styles", styles)
    body = paragraph("a", style="Part") + paragraph("b", style="Second") + paragraph("c", style="Part")
    body += paragraph("not numbered", number="0", style="Part")
    assert lines(body, parts) == ["Part 1:\ta", "(a)\tb", "Part 2:\tc", "not numbered"]


def test_levels_tied_to_heading_styles() -> None:
    parts = numbering(
        level(0, "decimal", "%1", '<w:pStyle w:val="H1"/>'), level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>')
    )
    style = '<w:style w:styleId="{}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    parts["word/styles.xml"] = word("styles", style.format("H1") + style.format("H2"))
    assert lines(paragraph("a", style="H1") + paragraph("b", style="H2"), parts) == ["1\ta", "1.1\tb"]


def test_lists_of_one_definition_count_on_unless_told_to_start_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = LIST.format(1, 0, "") + LIST.format(2, 0, "") + LIST.format(3, 0, anew)
    body = "".join(paragraph(text, number) for text, number in zip("abcde", "12332", strict=True))
    assert lines(body, numbering(level(0, "decimal", "%1."), lists=lists)) == [
        "1.\ta",
        "2.\tb",
        "1.\tc",
        "2.\td",
        "3.\te",
    ]


def test_bullets() -> None:
    parts = numbering(level(0, "bullet", "\uf0b7"), level(1, "bullet", "–"))
    assert lines(paragraph("a", "1") + paragraph("b", "1", 1), parts) == ["•\ta", "–\tb"]


@pytest.mark.parametrize(
    "definition",
    [
        '<w:num w:numId="1"/>',
        '<w:num w:numId="1"><w:abstractNumId w:val="99"/></w:num>',
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="x"/></w:abstractNum>' + LIST.format(1, 0, ""),
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/></w:abstractNum>' + LIST.format(1, 0, ""),
    ],
)
def test_a_list_without_definition_gives_no_number(definition: str) -> None:
    assert lines(paragraph("a", "1"), {"word/numbering.xml": word("numbering", definition)}) == ["a"]


@pytest.mark.parametrize("wrong", ["", "--1", "x", "٣", "99999999999", "-1"])
def test_attributes_that_are_no_numbers(wrong: str) -> None:
    parts = numbering(level(0, "decimal", "%1.", f'<w:lvlRestart w:val="{wrong}"/>'))
    body = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    )
    assert lines(body.format(wrong), parts) == ["1.\ta"]


def test_styles_based_on_each_other_end() -> None:
    style = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert lines(paragraph("a", style="A"), {"word/styles.xml": word("styles", style)}) == ["a"]


def run(content: str) -> str:
    return f"<w:p><w:r>{content}</w:r></w:p>"


def boxed(text: str) -> str:
    return f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"


PIECES = {
    "runs": ("<w:p><w:r><w:t>No</w:t></w:r><w:r><w:t>tice</w:t></w:r></w:p>", ["Notice"]),
    "tab and line end": (run("<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>"), ["a\tb", "c"]),
    "empty paragraphs stay": (paragraph("a") + "<w:p/>" + paragraph("b"), ["a", "", "b"]),
    "hyperlink": ("<w:p><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>", ["link"]),
    "inserted and deleted": (
        "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>",
        ["new"],
    ),
    "field": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        "<w:r><w:t>2017</w:t></w:r></w:p>",
        ["2017"],
    ),
    "content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('in')}</w:sdtContent></w:sdt>", ["in"]),
    "text box once": (
        run(
            f"<w:t>a</w:t><mc:AlternateContent><mc:Choice>{boxed('box')}</mc:Choice>"
            f"<mc:Fallback><w:pict>{boxed('box')}</w:pict></mc:Fallback></mc:AlternateContent>"
        ),
        ["a", "box"],
    ),
    "old text box": (run(f"<w:pict>{boxed('box')}</w:pict><w:t>a</w:t>"), ["a", "box"]),
    "table": (
        f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr/>{paragraph('c')}{paragraph('d')}</w:tc></w:tr></w:tbl>{paragraph('e')}",
        ["a\tb", "c", "d", "e"],
    ),
    "table in a table": (
        f"<w:tbl><w:tr><w:tc>{paragraph('a')}<w:tbl><w:tr><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl></w:tc>"
        "</w:tr></w:tbl>",
        ["a", "b"],
    ),
    "ruby": (
        run(
            "<w:ruby><w:rt><w:r><w:t>jing</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>警</w:t></w:r></w:rubyBase></w:ruby>"
        ),
        ["警"],
    ),
    "symbols": (run('<w:t>a</w:t><w:noBreakHyphen/><w:sym w:char="00B7"/><w:sym w:char="zz"/>'), ["a\u2011·"]),
    "marks of other names": (run("<w:t>a</w:t><!-- x --><?x y?>"), ["a"]),
}


@pytest.mark.parametrize("body, expected", PIECES.values(), ids=PIECES.keys())
def test_pieces_of_a_paragraph(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_notes_come_at_the_end_and_running_heads_not_at_all() -> None:
    note = '<w:footnote w:id="{0}">{1}</w:footnote>'
    parts = {
        "word/footnotes.xml": word(
            "footnotes", note.format(7, paragraph("first")) + note.format(8, paragraph("unused"))
        ),
        "word/endnotes.xml": word("endnotes", f'<w:endnote w:id="2">{paragraph("second")}</w:endnote>'),
        "word/header.xml": word("hdr", paragraph("head")),
        "word/footer.xml": word("ftr", paragraph("page 1")),
    }
    body = run('<w:t>a</w:t><w:footnoteReference w:id="7"/><w:t>b</w:t><w:endnoteReference w:id="2"/>')
    assert lines(body, parts) == ["a[1]b[2]", "[1] first", "[2] second"]


def test_hidden_text_is_left_out_with_a_warning() -> None:
    hidden = "<w:p><w:r><w:t>seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>"
    extracted = extract(docx(hidden))
    assert (extracted.text, len(extracted.warnings)) == ("seen", 1)


def test_the_title_of_the_properties() -> None:
    core = '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> Notice\n on visits </dc:title></p>'
    assert extract(docx(paragraph("x"), parts={"docProps/core.xml": core})).title == "Notice on visits"


@pytest.mark.parametrize(
    "format_, number, written",
    [
        ("chineseCounting", 1, "一"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 100, "一百"),
        ("chineseCountingThousand", 101, "一百〇一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 115, "一百一十五"),
        ("chineseCountingThousand", 1001, "一千〇一"),
        ("chineseCountingThousand", 1010, "一千〇一十"),
        ("chineseLegalSimplified", 25, "贰拾伍"),
        ("ideographDigital", 20, "二〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 12, "亥"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 5, "05"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 2, "B"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("upperRoman", 4, "IV"),
        ("upperRoman", 4000, "4000"),
        ("none", 3, ""),
        ("chineseCounting", 0, "0"),
        ("ideographTraditional", 0, "0"),
    ],
)
def test_how_numbers_are_written(format_: str, number: int, written: str) -> None:
    assert BY_FORMAT[format_](number) == written
