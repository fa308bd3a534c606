"""Electronic books: the chapters in their order, and nothing else."""

from __future__ import annotations

import pytest

from archive.formats import UnreadableFile, read

from .format_packages import chapter, epub

ONE, TWO = chapter("<h1>第一章</h1><p>走访</p>"), chapter("<h1>Two</h1><p>visits</p>")
NAVIGATION = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'


def text(**book) -> str:
    return read(epub(**book), "a.epub").text


def test_chapters_come_in_the_order_of_the_spine() -> None:
    book = {"b.xhtml": TWO, "a.xhtml": ONE}
    assert text(chapters=book, spine=["a.xhtml", "b.xhtml", "a.xhtml"]) == "第一章\n\n走访\n\nTwo\n\nvisits"


def test_navigation_is_left_out() -> None:
    parts = {"OEBPS/nav.xhtml": chapter("<nav><ol><li>Two</li></ol></nav>")}
    assert text(chapters={"b.xhtml": TWO}, spine=["nav", "b.xhtml"], items=NAVIGATION, parts=parts) == "Two\n\nvisits"
    guide = '<reference type="toc" href="toc.html#start"/>'
    assert text(chapters={"toc.html": chapter("Contents"), "b.xhtml": TWO}, guide=guide) == "Two\n\nvisits"


def test_pictures_and_pages_without_text_are_left_out() -> None:
    items = '<item id="cover" href="cover.jpg" media-type="image/jpeg"/>'
    book = {"a.xhtml": chapter('<img src="cover.jpg"/>'), "b.xhtml": TWO}
    assert text(chapters=book, spine=["cover", "a.xhtml", "unknown", "b.xhtml"], items=items) == "Two\n\nvisits"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_the_character_set_of_a_chapter(encoding: str) -> None:
    page = chapter("<p>各派出所要认真落实走访制度。</p>").replace('"1.0"', f'"1.0" encoding="{encoding}"')
    assert text(chapters={"a.xhtml": page.encode(encoding)}) == "各派出所要认真落实走访制度。"


def test_names_with_blanks_and_other_folders() -> None:
    items = '<item id="x" href="../Text/a%20b.xhtml" media-type="application/xhtml+xml"/>'
    assert text(chapters={}, spine=["x"], items=items, parts={"Text/a b.xhtml": TWO}) == "Two\n\nvisits"


def test_title_and_missing_chapters() -> None:
    items = '<item id="x" href="x.xhtml" media-type="application/xhtml+xml"/>'
    reading = read(epub({"b.xhtml": TWO}, spine=["x", "b.xhtml"], items=items), "a.epub")
    assert reading.title == "Handbook of visits"
    assert reading.warnings == ("1 chapter(s) are missing from this book: OEBPS/x.xhtml.",)


def test_a_book_without_the_mark_of_its_type() -> None:
    assert read(epub({"b.xhtml": TWO}, parts={"mimetype": "text/plain"}), "a.epub").reader == "epub"


LOCK = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'
REFUSED = {
    "protected": ({"META-INF/encryption.xml": LOCK.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}, "encrypted"),
    "no container": ({"META-INF/container.xml": "<container/>"}, "broken"),
    "container leads nowhere": ({"META-INF/container.xml": '<c><rootfile full-path="../x"/></c>'}, "broken"),
    "no spine": ({"OEBPS/book.opf": "<package/>"}, "no-text"),
    "entities": ({"OEBPS/book.opf": '<!DOCTYPE p [<!ENTITY a "a">]><package/>'}, "bomb"),
    "broken xml": ({"OEBPS/book.opf": "<package>"}, "broken"),
    "no text": ({"OEBPS/b.xhtml": chapter("<img/>")}, "no-text"),
    "endless spine": ({"OEBPS/book.opf": f"<package><spine>{'<itemref/>' * 2001}</spine></package>"}, "too-large"),
}  # fmt: skip


@pytest.mark.parametrize("parts, code", REFUSED.values(), ids=REFUSED.keys())
def test_refuses(parts: dict[str, str], code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(epub({"b.xhtml": TWO}, parts=parts), "a.epub")
    assert refusal.value.code == code


def test_scrambled_fonts_do_not_matter() -> None:
    parts = {"META-INF/encryption.xml": LOCK.format("http://www.idpf.org/2008/embedding")}
    assert text(chapters={"b.xhtml": TWO}, parts=parts) == "Two\n\nvisits"
