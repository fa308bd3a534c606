"""Web pages: what a reader sees, line by line."""

from __future__ import annotations

import pytest

from archive.formats import read
from archive.formats.html import extract
from archive.formats.reading import UnreadableFile

CASES = {
    "paragraphs": ("<p>one<p>two", "one\n\ntwo"),
    "blocks": ("<div>one</div><div>two</div>three", "one\ntwo\nthree"),
    "nested blocks give one break": ("<div><section><div>one</div></section></div><div>two</div>", "one\ntwo"),
    "inline": ("<b>o</b>n<i>e</i> <a href=x>two</a>", "one two"),
    "white space": ("  one \n\t two  <b> three</b> ", "one two three"),
    "full-width blanks stay": ("<p>　　一、走访", "　　一、走访"),
    "no-break blanks stay": ("<p>a&nbsp;&nbsp;b", "a\xa0\xa0b"),
    "line ends": ("one<br>two <br/> three", "one\ntwo\nthree"),
    "headings": ("<h1>Title</h1>text<h2>Part</h2>", "Title\ntext\nPart"),
    "table": ("<table><tr><th>a<th>b<tr><td>1<td>2</table>after", "a\tb\n1\t2\nafter"),
    "table with paragraphs": ("<table><tr><td><p>a</p></td><td><p>b</p><p>c</p></td></tr></table>", "a\tb\n\nc"),
    "empty cells": ("<table><tr><td></td><td>b</td><td></td></tr><tr><td>1</td><td>2</td></tr></table>", "\tb\n1\t2"),
    "page laid out in a table": ("<table><tr><td><div>nav</div><div>x</div></td></tr></table>", "nav\nx"),
    "table in a table": ("<table><tr><td>a<table><tr><td>1<td>2</table></td><td>b</table>", "a\n1\t2\tb"),
    "numbers of lists": ("<ol><li>one<li><p>two</p></ol>", "1. one\n\n2. two"),
    "lists of other kinds": ("<ol type=A start=3><li>x</ol><ol type=i><li>y<li>z</ol>", "C. x\ni. y\nii. z"),
    "a member with a value": ("<ol><li value=7>x<li>y</ol>", "7. x\n8. y"),
    "members with numbers of their own": ("<ol><li>（一）走访<li>2. x<li>plain</ol>", "（一）走访\n2. x\n3. plain"),
    "lists without numbers": ("<ul><li>one<li>two</ul>", "one\ntwo"),
    "lists of navigation": ("<nav><ol><li>Home</ol></nav><ol class=breadcrumb><li>Laws</ol>", "Home\nLaws"),
    "verbatim": ("<pre>\na  b\n\tc\n</pre>d", "a  b\n\tc\nd"),
    "not for reading": (
        "<script>x</script><style>x</style><noscript>x</noscript><svg><title>x</title></svg>"
        "<template>x</template><!-- x --><select><option>x</select>text",
        "text",
    ),
    "entities": ("a &lt;b&gt; &amp; &#20844;&#x5B89;", "a <b> & 公安"),
    "broken nesting": ("<b><p>one</b>two</p></div></td>three", "onetwo\n\nthree"),
    "navigation is text": ("<nav><a>Home</a> <a>Laws</a></nav><main>text</main>", "Home Laws\ntext"),
    "head is not text": ("<html><head><title>T</title><meta name=a content=b></head><body>text", "text"),
    "nested far too deeply": ("<div>" * 50_000 + "text", "text"),
}


@pytest.mark.parametrize("page, text", CASES.values(), ids=CASES.keys())
def test_text_of_a_page(page: str, text: str) -> None:
    assert extract(page.encode()).text.rstrip("\n") == text


@pytest.mark.parametrize(
    "page, title",
    [
        ("<title> Notice \n on visits </title><p>x", "Notice on visits"),
        ("<title></title><p>x", ""),
        ("<p>x", ""),
        ("<title>关于走访</title><svg><title>icon</title></svg><p>x", "关于走访"),
    ],
)
def test_title_of_a_page(page: str, title: str) -> None:
    assert extract(page.encode()).title == title


@pytest.mark.parametrize("page", ["", " ", "<!-- -->", "<script>x</script>", "<img src=x>", "<title>x</title>"])
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        extract(page.encode())
    assert refusal.value.code == "no-text"


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="gb2312">',
        "<meta charset=gbk>",
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />',
        "",
    ],
)
def test_the_character_set_of_a_page(declaration: str) -> None:
    page = f"<html><head>{declaration}<title>通知</title></head><body>各派出所要认真落实走访制度。</body></html>"
    reading = read(page.encode("gb18030"), "a.html")
    assert (reading.text, reading.title, reading.encoding) == ("各派出所要认真落实走访制度。", "通知", "gb18030")


def test_xhtml_with_its_own_declaration() -> None:
    page = '<?xml version="1.0" encoding="big5"?><html xmlns="http://www.w3.org/1999/xhtml"><body>警察走訪群眾</body></html>'
    assert read(page.encode("big5"), "a.xhtml").text == "警察走訪群眾"


def test_a_person_may_choose_the_character_set() -> None:
    page = "<html><meta charset=utf-8><body>caf\xe9</body></html>".encode("latin-1")
    assert read(page, "a.html", encoding="latin-1").text == "café"
