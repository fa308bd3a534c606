"""What a document says of itself: title, number, issuer, date, kind, addressees, attachments, where found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.analysis import lexicon
from archive.analysis.attachments import attachment_list
from archive.analysis.breadcrumb import find_breadcrumb
from archive.analysis.front import Front, find_front
from archive.analysis.metadata_dates import find_issued
from archive.analysis.metadata_issuer import find_issuer
from archive.spans import Boilerplate, Fact, Metadata, Span

_TOP_LINES = 14
_MAX_LINE = 400


def metadata(text: str, language: str, boilerplate: Sequence[Boilerplate]) -> Metadata:
    """The facts of one text; each names its rule, and its place where the text says it in so many words."""
    front = find_front(text, language, boilerplate)
    crumb = find_breadcrumb(text, front.lines, language)
    issued, signed = find_issued(text, language, front, boilerplate)
    return Metadata(
        title=front.title,
        site=_part(text, crumb.site if crumb else None),
        category=_part(text, crumb.category if crumb else None),
        number=_number(text, language, front),
        issuer=find_issuer(text, language, front, boilerplate, signed),
        issued=issued,
        kind=_kind(front.title, language, text),
        addressees=tuple(_addressees(text, language, boilerplate)),
        attachments=tuple(_attachments(text, language, front)),
    )


def _part(text: str, span: Span | None) -> Fact | None:
    return Fact(span.of(text), span, "breadcrumb", 0.9) if span else None


def _number(text: str, language: str, front: Front) -> Fact | None:
    """The document number: a line of its own near the top, else at the end of the title line or in brackets."""
    patterns = [re.compile(pattern, re.I) for pattern in lexicon.load(language, "metadata")["number"]["patterns"]]
    for line in front.lines[:_TOP_LINES]:
        quote = line.span.of(text) if len(line.span) <= _MAX_LINE else ""
        whole = quote.strip("()（）【】 \u3000")
        inset = quote.find(whole)
        for pattern in patterns:
            match = pattern.fullmatch(whole)
            if match:
                start = line.span.start + inset
                return Fact(normal_number(match), Span(start, start + len(whole)), "number-line", 0.95)
    return None


def normal_number(match: re.Match[str]) -> str:
    """公通字〔2013〕12号 for whatever brackets, spaces and 第 it was typed with."""
    groups = match.groupdict()
    word = re.sub(r"\s+", " ", groups["word"] or "").strip()
    if groups.get("code"):
        return f"{word} {groups['code']}" if word.isascii() else f"{word}第{groups['code']}号"
    year, n = (re.sub(r"\s+", "", groups.get(name) or "") for name in ("year", "n"))
    return f"{word}〔{year}〕{n}号" if year else f"第{n}号"


def _kind(title: Fact | None, language: str, text: str) -> Fact | None:
    """By the title; without one, by what the first sentence calls the document."""
    kinds = lexicon.load(language, "metadata")["kind"]
    if title:
        found = _kind_of(title.value, kinds, language)
        if found:
            return Fact(found[0], title.span, "title-word", 0.85)
    says = re.match(
        r"(?i)\W*(?:the|this|本)\s?(notice|circular|plan|report|letter|order|通知|方案|意见|办法|规定)", text[:200]
    )
    if says:
        found = _kind_of(says[1], kinds, language)
        if found:
            return Fact(found[0], Span(says.start(1), says.end(1)), "text-calls-itself", 0.5)
    return None


def _kind_of(title: str, kinds: dict[str, list[str]], language: str) -> tuple[str, int] | None:
    """English titles lead with the kind ("Notice of …"), Chinese ones end with it (…的通知)."""
    title = re.sub(r"[（(][^）)]{0,20}[)）]$", "", title.casefold().strip(" .。"))
    title = re.sub(r"《[^》]{0,80}》|\"[^\"]{0,80}\"|“[^”]{0,80}”", "", title)
    found: list[tuple[int, int, str]] = []
    for kind, words in kinds.items():
        for word in words:
            if language == "zh":
                at = title.rfind(word)
                found += [(-(at + len(word)), -len(word), kind)] if at >= 0 else []
            else:
                match = re.search(rf"\b{re.escape(word)}\b", title)
                found += [(match.start(), -len(word), kind)] if match else []
    return (min(found)[2], 0) if found else None


def _addressees(text: str, language: str, boilerplate: Sequence[Boilerplate]) -> Iterator[Fact]:
    words = lexicon.load(language, "metadata")["addressees"]
    block = next((item.span for item in boilerplate if item.kind == "addressing"), None)
    if block is None:
        return
    lead = re.match(words["lead"], block.of(text), re.I)
    span = Span(block.start + (lead.end() if lead else 0), block.end)
    for piece in _pieces(text, span, words["split"]):
        for body in _bodies(text, piece, words.get("bodies")):
            yield Fact(" ".join(body.of(text).split()), body, "addressing-block", 0.85)


def _bodies(text: str, piece: Span, pattern: str | None) -> Iterator[Span]:
    parts = piece.of(text).split("、")
    if pattern and len(parts) > 1 and all(re.fullmatch(pattern, part.strip()) for part in parts):
        yield from _pieces(text, piece, "、")
    else:
        yield piece


def _pieces(text: str, span: Span, split: str) -> Iterator[Span]:
    start = span.start
    for gap in re.finditer(split, text[span.start : span.end]):
        yield from _trimmed(text, Span(start, max(start, span.start + gap.start())))
        start = span.start + gap.end()
    yield from _trimmed(text, Span(min(start, span.end), span.end))


def _trimmed(text: str, span: Span) -> Iterator[Span]:
    end = span.end
    while end > span.start and text[end - 1] in " \t\r\n:：.。,，;；":
        end -= 1
    piece = Span(span.start, end).strip(text)
    if len(piece):
        yield piece


def _attachments(text: str, language: str, front: Front) -> Iterator[Fact]:
    words = lexicon.load(language, "metadata")["attachments"]
    for span in attachment_list(text, front.lines, language):
        lead = re.match(words["list"], span.of(text), re.I)
        start = span.start + (lead.start("items") if lead else 0)
        yield from _listed(text, Span(start, span.end), words)


def _listed(text: str, span: Span, words: dict[str, str]) -> Iterator[Fact]:
    for piece in _pieces(text, span, words["split"]):
        name = re.sub(words["lead"], "", piece.of(text))
        name = re.sub(words["omitted"], "", name, flags=re.I).strip(" .。")
        if name:
            yield Fact(name, piece, "attachment-line", 0.85)
