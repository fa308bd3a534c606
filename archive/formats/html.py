"""The text of a web page, in a child process: what a reader of the page sees, in the order of its source.

Line ends follow the HTML standard's rules for `innerText` (one before and after a block, two around a paragraph, a tab
between cells), and `<ol>` members get the number that a browser shows. Navigation is text like any other: which
part of a page is not the document is for the analysis to say.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from .lists import Lists
from .reading import Extracted, UnreadableFile

# fmt: off
_UNSEEN = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "audio", "video", "canvas",
    "svg", "math", "select", "datalist", "noframes", "head",
))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "option", "pre", "search",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "xmp", "plaintext",
))
# fmt: on
_CELLS = frozenset(("td", "th"))
_VERBATIM = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
_SPACE = re.compile(r"[ \t\r\n\f]+")


def extract(data: bytes) -> Extracted:
    """The text and the `<title>` of a page, given in UTF-8. UnreadableFile("no-text") for a page that shows none."""
    page = _Page()
    target: Any = page  # the stubs ask for handlers of bytes too, which a parser told its encoding never calls
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    try:
        parser.feed(data)
        parser.close()
    except etree.XMLSyntaxError:  # a page without a single element
        pass
    text = page.writer.text()
    if not text.strip():
        raise UnreadableFile(
            "This page shows no text by itself; a script would fetch it. Open it in a browser, copy the text, "
            "and upload that as txt.",
            "no-text",
        )
    return Extracted(text, " ".join("".join(page.title).split()))


class _Writer:
    """Puts pieces of text together by the rules of `innerText`: white space collapsed, breaks merged."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._breaks = 0
        self._tabs = 0
        self._marker = ""
        self._cells: list[tuple[int, int]] = []
        self._line_start = True

    def text(self) -> str:
        return "".join(self._parts).rstrip(" ")

    def block(self, breaks: int) -> None:
        """At least `breaks` line ends between what was and what comes; none at the start of a table's cell."""
        if not (self._cells and self._cells[-1][1] == len(self._parts)):
            self._breaks = max(self._breaks, breaks)

    def mark(self, marker: str) -> None:
        """A list member's number, written when its text comes, unless that text brings its own."""
        self._marker = marker

    def open_cell(self, *, first: bool) -> None:
        self._tabs = 0 if first else self._tabs + 1
        self._cells.append((self._breaks, len(self._parts)))

    def close_cell(self) -> None:
        """Breaks that end the cell are dropped; an empty cell leaves what stood before it."""
        if self._cells:
            before, length = self._cells.pop()
            self._breaks = before if length == len(self._parts) else 0

    def line_end(self) -> None:
        self._flush()
        self._cut_blank()
        self._parts.append("\n")
        self._line_start = True

    def flow(self, text: str) -> None:
        """Text in which a run of white space is one blank, and none at the start of a line."""
        text = _SPACE.sub(" ", text)
        if self._line_start or self._breaks or self._tabs or self._parts[-1].endswith(" "):
            text = text.removeprefix(" ")
        if text:
            self._write(text)

    def verbatim(self, text: str) -> None:
        if text:
            self._write(text.replace("\r\n", "\n").replace("\r", "\n"))

    def _write(self, text: str) -> None:
        self._flush()
        if self._marker:
            if not Lists.numbered(text):
                self._parts.append(self._marker)
            self._marker = ""
        self._parts.append(text)
        self._line_start = text.endswith("\n")

    def _flush(self) -> None:
        """Writes the breaks and tabs that were waiting for text."""
        if self._breaks and self._parts:
            self._cut_blank()
            self._parts.append("\n" * (self._breaks - self._trailing_breaks()))
        if self._tabs:
            self._cut_blank()
            self._parts.append("\t" * self._tabs)
        self._breaks = self._tabs = 0

    def _trailing_breaks(self) -> int:
        """Line ends that a verbatim piece already brought, so that a block after it adds none."""
        last = self._parts[-1]
        return min(self._breaks, 1 if self._line_start and last.endswith("\n") and last != "\n" else 0)

    def _cut_blank(self) -> None:
        if self._parts and self._parts[-1].endswith(" ") and not self._line_start:
            self._parts[-1] = self._parts[-1].removesuffix(" ")


class _Page:
    """Receives the parser's events; no tree is built."""

    def __init__(self) -> None:
        self.writer = _Writer()
        self.title: list[str] = []
        self._lists = Lists()
        self._unseen = 0
        self._verbatim = 0
        self._fresh = False
        self._in_title = False
        self._row_cells = [0]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "title" and not self.title:
            self._in_title = True
        self._unseen += tag in _UNSEEN
        if self._unseen:
            return
        self._fresh = tag in _VERBATIM
        self._verbatim += self._fresh
        self._lists.start(tag, attributes)
        self._break(tag)
        if tag == "br":
            self.writer.line_end()
        elif tag == "li":
            self.writer.mark(self._lists.marker())
        elif tag == "table":
            self._row_cells.append(0)
        elif tag == "tr":
            self._row_cells[-1] = 0
        elif tag in _CELLS:
            self.writer.open_cell(first=self._row_cells[-1] == 0)
            self._row_cells[-1] += 1

    def end(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if self._unseen:
            self._unseen -= tag in _UNSEEN
            return
        self._verbatim -= tag in _VERBATIM
        self._lists.end(tag)
        if tag == "li":
            self.writer.mark("")
        elif tag == "table" and len(self._row_cells) > 1:
            self._row_cells.pop()
        elif tag in _CELLS:
            self.writer.close_cell()
        self._break(tag)

    def data(self, text: str) -> None:
        if self._in_title:
            self.title.append(text)
        elif self._unseen:
            return
        elif self._verbatim:
            self.writer.verbatim(text.removeprefix("\n") if self._fresh else text)
            self._fresh = False
        else:
            self.writer.flow(text)

    def close(self) -> None:
        """The parser asks for it; all is already written."""

    def _break(self, tag: str) -> None:
        if tag == "p":
            self.writer.block(2)
        elif tag in _BLOCKS:
            self.writer.block(1)
