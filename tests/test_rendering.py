"""The HTML door: every character goes through, no tag gets in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reader import rendering
from archive.reader.rendering import (
    Layer,
    Mark,
    escaped,
    filled,
    hit_marks,
    joined,
    marked,
    marked_blocks,
    plain,
    snippet,
)
from archive.search.page import Snippet
from archive.spans import Span
from tests.markup import Pieces

TAGS = {Layer.DIRECTIVE: "span", Layer.FORMULATION: "a", Layer.HIT: "mark"}
EVENTS = ("onerror", "onload", "onclick", "onmouseover", "onfocus", "ontoggle", "onanimationstart", "onpointerenter")
PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example/a.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "</p><script>alert(1)</script><p>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "</mark><b>out</b><mark>",
    "</span></a></mark></p></div><h1>x</h1>",
    "<a href=javascript:alert(1)>x</a>",
    '<a href="java\tscript:alert(1)">x</a>',
    "<iframe src=//x.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=x.swf></object>",
    "<embed src=x.svg>",
    "<link rel=stylesheet href=//x.example/x.css>",
    "<style>*{display:none}</style>",
    "<style>@import url(//x.example)</style>",
    "<base href=//x.example/>",
    '<meta http-equiv=refresh content="0;url=//x.example">',
    "<form action=//x.example><input name=q></form>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<details open ontoggle=alert(1)>",
    "<template><img src=x onerror=alert(1)></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title></title><script>alert(1)</script>",
    "<!-- --><script>alert(1)</script>",
    "<!--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<!doctype html><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&amp;lt;script&amp;gt;",
    "&notin &copy &#0; &#x110000; &bogus;",
    "＜script＞alert(1)＜/script＞",
    "<\x00script>alert(1)</script>",
    "<scr\x00ipt>alert(1)</script>",
    "<script\x0c>alert(1)</script>",
    "<img\x0bsrc=x onerror=alert(1)>",
    "\ufeff<script>alert(1)</script>",
    "\u202e<script>alert(1)</script>",
    "\ud83d<script>",
    "{{ 7|add:7 }}{% load static %}",
    "{% include 'base.html' %}",
    "<mark id=hit-1>false hit</mark>",
    "<span class=directive id=d1>false directive</span>",
    "` onmouseover=alert(1) x=`",
    "'-alert(1)-'",
    '"-alert(1)-"',
    "]]>",
    "-->",
    "<<<<<>>>>>",
    *(f"<img src=x {event}=alert(1)>" for event in EVENTS),
]


def all_marks(text: str) -> list[Mark]:
    """Each layer over the text, over its first and its second half, and over its middle."""
    end, half = len(text), len(text) // 2
    spans = [Span(0, end), Span(0, half), Span(half, end), Span(end // 4, end - end // 4)]
    return [Mark(span, layer, tag, (("title", text),)) for layer, tag in TAGS.items() for span in spans]


def shown(text: str) -> str:
    """What a reader of the page reads for the text."""
    return Pieces(plain(text)).text


def test_there_are_payloads_enough() -> None:
    assert len(set(PAYLOADS)) >= 50


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_text_becomes_markup(payload: str) -> None:
    read = Pieces(marked(payload, all_marks(payload)))
    assert not read.mistakes
    assert not read.strange
    assert {tag for tag, _ in read.tags} <= set(TAGS.values())
    assert all(set(attributes) == {"title"} for _, attributes in read.tags)
    assert len(read.text) == len(payload)
    assert read.text == shown(payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_snippet_or_quote_becomes_markup(payload: str) -> None:
    extract = Snippet(payload, (Span(0, len(payload)),), cut_before=True, cut_after=True)
    read = Pieces(snippet(extract))
    assert [tag for tag, _ in read.tags] == ["mark"]
    assert not read.mistakes


def test_what_html_can_hold_is_kept_exactly() -> None:
    text = "“Big visit” – 大走访 &amp; <tags>\ttab　全角\n\nlines\r\n𠀀 e\u0301 \N{NO-BREAK SPACE}\x0c"
    assert Pieces(plain(text)).text == text


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 4, 0), (2, 6, 2)], "<span>ab<mark>cd</mark></span><mark>ef</mark>gh"),
        ([(2, 6, 0), (0, 4, 2)], "<mark>ab</mark><span><mark>cd</mark>ef</span>gh"),
        ([(0, 8, 0), (2, 4, 1), (3, 6, 2)], "<span>ab<a>c<mark>d</mark></a><mark>ef</mark>gh</span>"),
        ([(0, 4, 2), (4, 8, 2)], "<mark>abcd</mark><mark>efgh</mark>"),
        ([(0, 8, 2), (0, 8, 0), (0, 8, 1)], "<span><a><mark>abcdefgh</mark></a></span>"),
        ([(0, 4, 1), (2, 6, 1)], "<a>abcd</a><a>ef</a>gh"),
        ([(3, 3, 2)], "abcdefgh"),
        ([(6, 99, 2)], "abcdef<mark>gh</mark>"),
    ],
    ids=[
        "inner sticks out",
        "outer starts later",
        "three layers",
        "neighbours",
        "same span",
        "links",
        "empty",
        "beyond",
    ],
)
def test_overlapping_marks_are_split_where_they_cross(spans: list[tuple[int, int, int]], expected: str) -> None:
    marks = [Mark(Span(start, end), Layer(layer), TAGS[Layer(layer)]) for start, end, layer in spans]
    assert marked("abcdefgh", marks) == expected


def test_a_split_mark_has_its_id_once() -> None:
    text = "one two three four"
    marks = [Mark(Span(4, 18), Layer.DIRECTIVE, "span", id="d7"), *hit_marks([Span(0, 7)], first=1)]
    blocks = [Span(0, 8), Span(8, 18)]
    read = [Pieces(html) for html in marked_blocks(text, blocks, marks)]
    assert [one.ids for one in read] == [["hit-1", "d7"], []]
    assert [[tag for tag, _ in one.tags] for one in read] == [["mark", "span", "mark"], ["span"]]


def test_tags_and_attributes_cannot_be_made_of_anything_but_names() -> None:
    with pytest.raises(ValueError, match="not a name"):
        marked("text", [Mark(Span(0, 4), Layer.HIT, "b onclick=alert(1)")])
    with pytest.raises(ValueError, match="not a name"):
        marked("text", [Mark(Span(0, 4), Layer.HIT, "b", (("x y", "1"),))])


@pytest.mark.parametrize(
    ("made", "html"),
    [
        (
            filled('<a href="%s">%s</a>', '"><b>', filled("<i>%s</i>", "<&")),
            '<a href="&quot;&gt;&lt;b&gt;"><i>&lt;&amp;</i></a>',
        ),
        (filled('<a href="%(to)s">%(name)s</a>', to='"', name="50%s"), '<a href="&quot;">50%s</a>'),
        (joined(["<", filled("<br>")]), "&lt;<br>"),
        (joined(["1", filled("<b>%s</b>", 2)], " & "), "1 &amp; <b>2</b>"),
        (joined([escaped("<"), escaped("ok")]), "&lt;ok"),
    ],
)
def test_what_fills_a_pattern_is_escaped_unless_it_is_html(made: str, html: str) -> None:
    assert made == html


def test_an_ellipsis_says_where_a_snippet_is_cut() -> None:
    assert snippet(Snippet("a b", (Span(2, 3),), cut_before=True)) == "… a <mark>b</mark>"
    assert snippet(Snippet("a b", (), cut_after=True)) == "a b …"


def spans_of(length: int) -> st.SearchStrategy[Span]:
    pair = st.tuples(st.integers(0, length), st.integers(0, length))
    return pair.map(lambda edges: Span(min(edges), max(edges)))


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark], list[Span]]:
    """A text, marks that overlap in any way, and blocks that cover it."""
    text = draw(st.text(st.sampled_from("ab <>&\"'/\n\r\t=大走访\x00\x0b\x0c\u2028\ud800"), max_size=60))
    layered = st.tuples(spans_of(len(text)), st.sampled_from(Layer))
    chosen = draw(st.lists(layered, max_size=12))
    marks = [Mark(span, layer, TAGS[layer], id=f"m{number}") for number, (span, layer) in enumerate(chosen)]
    cuts = sorted({0, *draw(st.lists(st.integers(0, len(text)), max_size=5))})
    return text, marks, [Span(start, end) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


@given(marked_texts())
def test_the_text_of_the_page_is_the_text_of_the_document(made: tuple[str, list[Mark], list[Span]]) -> None:
    text, marks, blocks = made
    pieces = [Pieces(html) for html in marked_blocks(text, blocks, marks)]
    assert not [mistake for piece in pieces for mistake in piece.mistakes]
    assert "".join(piece.text for piece in pieces) == shown(text)
    assert [len(piece.text) for piece in pieces] == [len(block) for block in blocks]
    ids = [one for piece in pieces for one in piece.ids]
    assert len(ids) == len(set(ids))


@given(marked_texts())
def test_every_hit_is_marked_whole(made: tuple[str, list[Mark], list[Span]]) -> None:
    text, marks, blocks = made
    wanted = {place for mark in marks if mark.layer is Layer.HIT for place in range(mark.span.start, mark.span.end)}
    places, found = 0, set()
    for html in marked_blocks(text, blocks, marks):
        depth = 0
        for piece in html.replace("</mark>", "\x02").replace("<mark", "\x01<mark").split("\x01"):
            depth += piece.startswith("<mark")
            for number, part in enumerate(piece.split("\x02")):
                depth -= number > 0
                length = len(Pieces(part).text)
                found.update(range(places, places + length) if depth else ())
                places += length
    assert found == wanted


def test_a_long_text_with_many_marks_is_one_sweep() -> None:
    """240 KB with 20,000 marks: each character is written once, each mark opened at most once per block."""
    text = "社区民警 must visit <every> household. " * 6500
    marks = [Mark(Span(place, place + 9), Layer.HIT, "mark") for place in range(0, len(text) - 9, 12)]
    blocks = [Span(start, min(start + 400, len(text))) for start in range(0, len(text), 400)]
    pages = list(marked_blocks(text, blocks, marks))
    assert sum(html.count("<mark>") for html in pages) <= len(marks) + len(blocks)
    assert "".join(Pieces(html).text for html in pages) == text


def test_nothing_else_makes_html_that_is_not_escaped() -> None:
    door = Path(rendering.__file__)
    makes = re.compile(r"\b(mark_safe|SafeText|SafeString)\(|\|safe\b|autoescape off")
    root = door.parents[2]
    files = [*root.glob("archive/**/*.py"), *root.glob("templates/**/*.html")]
    assert door in files
    assert [file.name for file in files if file != door and makes.search(file.read_text(encoding="utf-8"))] == []
