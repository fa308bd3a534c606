"""The top of a document: its lines without the page's furniture, and its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.analysis import lexicon
from archive.analysis.breadcrumb import find_breadcrumb
from archive.analysis.lines import Line, find_lines
from archive.spans import Boilerplate, Fact, Span

_TOP, _ORDER_LINES = 8, 24
_HALF_TITLE = 8
_STRETCHED = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff](?:[ \u3000]|$))")
_SHORTEST = {"en": 4, "zh": 4}
_MARK, _TAIL = re.compile(r"[#*\s>]+"), re.compile(r"[*\s]+")
_PROSE_END = re.compile(r"[.。!！?？;；:：,，、][\"'”’]*$")
_MARKER = re.compile(r"^\W{0,2}(?:[一二三四五六七八九十]{1,3}[、.]|[(（].{1,5}[)）]|\d{1,2}[.、]|[IVX]{1,4}\.)")


@dataclass(frozen=True, slots=True)
class Front:
    """All lines of the text, those that are the document's own, the title (None without one) and its last line."""

    lines: tuple[Line, ...]
    own: tuple[Line, ...]
    title: Fact | None


def find_front(text: str, language: str, boilerplate: Sequence[Boilerplate]) -> Front:
    lines = find_lines(text)
    outside = {item.span.start for item in boilerplate}
    blocks = [item.span for item in boilerplate if item.kind in ("addressing", "contents")]
    own = tuple(
        line
        for line in lines
        if line.span.start not in outside and not any(block.contains(line.span) for block in blocks)
    )
    crumb = find_breadcrumb(text, lines, language)
    if crumb and crumb.title:
        return Front(lines, own, Fact(crumb.title.of(text), crumb.title, "breadcrumb", 0.95))
    return Front(lines, own, _title(text, language, own))


def _title(text: str, language: str, own: Sequence[Line]) -> Fact | None:
    words = lexicon.load(language, "metadata")
    numbers = [re.compile(pattern, re.I) for pattern in words["number"]["patterns"]]
    not_title = re.compile(words["title"]["not_title"], re.I)
    labelled = re.compile(words["title"]["labelled"], re.I)
    for i, line in enumerate(own[:_TOP]):
        span = _unmarked(text, line.span)
        if len(span) > 2 * words["title"]["longest"]:
            return None  # prose has begun: what stands below it is no title
        quote = span.of(text)
        named = labelled.fullmatch(quote)
        if named:
            at = Span(span.start + named.start("title"), span.end)
            return Fact(at.of(text), at, "subject-line", 0.95)
        if any(pattern.fullmatch(quote.strip("()（） ")) for pattern in numbers) or not_title.fullmatch(quote):
            continue
        if len(quote) < _SHORTEST[language]:
            continue
        if not _title_like(quote, words["title"]["longest"]) or i + 1 == len(own):
            return None
        return _promulgated(text, language, own[i + 1 :], quote) or _named(text, language, own[i:])
    return None


def _named(text: str, language: str, own: Sequence[Line]) -> Fact:
    """The first line that names a kind of document, before any prose; else the first line."""
    ending = lexicon.load(language, "metadata")["title"].get("ending")
    best = own[0].span
    if len(_joined(text, language, own, _unmarked(text, best))) > len(best):
        ending = None
    for line in own[: _TOP // 2] if ending else ():
        quote = _unmarked(text, line.span).of(text) if len(line.span) <= 200 else ""
        if not _title_like(quote, 120):
            break
        if re.search(ending + "$", quote):
            best = line.span
            break
    at = next(i for i, line in enumerate(own) if line.span == best)
    whole = _joined(text, language, own[at:], _unmarked(text, best))
    return Fact(_one_line(whole.of(text), language), whole, "first-line" if at == 0 else "title-line", 0.8)


def _promulgated(text: str, language: str, below: Sequence[Line], first: str) -> Fact | None:
    words = lexicon.load(language, "metadata")["title"]
    if "promulgates" not in words or not re.fullmatch(words["promulgates"], first):
        return None
    for line in below[:_ORDER_LINES]:
        quote = line.span.of(text) if len(line.span) <= 60 else ""
        if _title_like(quote, 60) and re.search(words["ending"] + "$", quote):
            return Fact(quote, line.span, "promulgated", 0.8)
    return None


def _unmarked(text: str, span: Span) -> Span:
    """The line without the signs of Markdown around it."""
    quote = span.of(text)
    head = _MARK.match(quote)
    start = span.start + (head.end() if head else 0)
    # matched from behind: a search for it would cost the square of a long run of spaces
    tail = _TAIL.match(quote[::-1])
    return Span(start, max(start, span.end - (tail.end() if tail else 0)))


def _title_like(quote: str, longest: int) -> bool:
    if not 3 <= len(quote) <= longest or _MARKER.match(quote) or quote[0].islower():
        return False
    if _PROSE_END.search(quote):
        if quote.startswith("§"):
            return quote.endswith(".")
        return quote.endswith(".") and len(quote) < 120 and quote.count(". ") == 0 and quote.count(",") < 2
    return any(char.isalpha() for char in quote)


def _joined(text: str, language: str, lines: Sequence[Line], first: Span) -> Span:
    """A title set over two or three lines: until the line that ends like a title."""
    ending = lexicon.load(language, "metadata")["title"].get("ending")
    quote = first.of(text)
    if not ending or re.search(ending + "$", quote) or len(lines) < 2:
        return first
    if len(quote) < _HALF_TITLE and "关于" not in quote + lines[1].span.of(text)[:2]:
        return first
    for i, line in enumerate(lines[1:4], 1):
        quote = line.span.of(text)
        if line.after_gap and not quote.startswith("关于"):
            return first
        if len(quote) > 60 or _PROSE_END.search(quote) or _MARKER.match(quote):
            return first
        if re.search(ending + "$", _closed_up(quote)):
            return Span(first.start, lines[i].span.end)
    return first


def _closed_up(quote: str) -> str:
    """通 知 → 通知: without the spaces that stretch a short line."""
    return _STRETCHED.sub("", quote)


def _one_line(title: str, language: str) -> str:
    lines = re.split(r"\s*[\r\n]+\s*", title)
    return "".join(_closed_up(line) for line in lines) if language == "zh" else " ".join(lines)
