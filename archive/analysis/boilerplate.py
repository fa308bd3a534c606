"""What belongs to the web page or the printed sheet and not to the document: marked, never removed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from archive.analysis import lexicon
from archive.analysis.breadcrumb import find_breadcrumb
from archive.analysis.lines import Line, find_lines
from archive.spans import Boilerplate, Span

_MAX_LINE = 700
_TOP_LINES = 16
_MAX_ADDRESS_LINES = 8
_LETTERHEAD_LINES = 5
_PATH_LINES = 25
_MAX_CONTENTS = 400
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|\s{3,}|\t)\s*\d{1,4}$")
_BODY = re.compile(r"[.。!！?？]['\"”’」)）]*$")


def boilerplate(text: str, language: str) -> tuple[Boilerplate, ...]:
    """Spans that the page or the sheet added, in order and apart from each other."""
    lines = find_lines(text)
    found = [
        *_breadcrumb(text, lines, language),
        *_page_path(text, lines, language),
        *_neighbours(text, lines, language),
        *_contents(text, lines, language),
        *_furniture(text, lines, language),
        *_addressing(text, lines, language),
        *_letterhead(text, lines, language),
        *_running_heads(text, lines, language),
    ]
    return _apart(found)


def _apart(found: list[Boilerplate]) -> tuple[Boilerplate, ...]:
    kept: list[Boilerplate] = []
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if not kept or item.span.start >= kept[-1].span.end:
            kept.append(item)
    return tuple(kept)


def _breadcrumb(text: str, lines: Sequence[Line], language: str) -> Iterator[Boilerplate]:
    crumb = find_breadcrumb(text, lines, language)
    if crumb:
        yield Boilerplate(crumb.line, "breadcrumb", "breadcrumb", 0.97 if crumb.repeat else 0.7)
        if crumb.repeat:
            yield Boilerplate(crumb.repeat, "title-repeat", "title-below-breadcrumb", 0.95)
    elif len(lines) > 2 and lines[0].span.of(text) == lines[1].span.of(text):
        yield Boilerplate(lines[1].span, "title-repeat", "title-printed-twice", 0.8)


@cache
def _line_patterns(language: str) -> tuple[tuple[str, re.Pattern[str], float], ...]:
    kinds = lexicon.load(language, "boilerplate")["line"]
    return tuple(
        (kind, re.compile("|".join(f"(?:{pattern})" for pattern in entry["patterns"]), re.I), entry["confidence"])
        for kind, entry in kinds.items()
    )


def _furniture(text: str, lines: Sequence[Line], language: str) -> Iterator[Boilerplate]:
    """Lines that fit a pattern of the language (or, for page numbers and the like, of the other one)."""
    other = "en" if language == "zh" else "zh"
    patterns = _line_patterns(language) + _line_patterns(other)
    for line in lines:
        if len(line.span) > _MAX_LINE:
            continue
        quote = line.span.of(text)
        kind = next(((k, c) for k, pattern, c in patterns if pattern.fullmatch(quote)), None)
        if kind:
            yield Boilerplate(line.span, kind[0], f"{kind[0]}-line", kind[1])


def _letterhead(text: str, lines: Sequence[Line], language: str) -> Iterator[Boilerplate]:
    """Names of bodies, manuals and grades of urgency above the title; the title itself is never one."""
    patterns = [re.compile(pattern) for pattern in lexicon.load(language, "metadata")["letterhead"]["patterns"]]
    for line, below in pairwise(lines[:_LETTERHEAD_LINES]):
        quote = line.span.of(text) if len(line.span) <= 120 else ""
        if not quote or len(below.span) > 300 or not any(pattern.fullmatch(quote) for pattern in patterns):
            return
        yield Boilerplate(line.span, "letterhead", "letterhead-line", 0.8)


def _addressing(text: str, lines: Sequence[Line], language: str) -> Iterator[Boilerplate]:
    """The block "To …:" or 各…： above the body; it may run over several lines."""
    words = lexicon.load(language, "boilerplate")["addressing"]
    for i, line in enumerate(lines[:_TOP_LINES]):
        quote = line.span.of(text)
        if len(quote) > _MAX_LINE:
            return
        block = _address_block(text, lines[i : i + _MAX_ADDRESS_LINES], words)
        if block:
            yield Boilerplate(block, "addressing", "addressing-block", 0.9)
            return
        if _BODY.search(quote) and len(quote) > 120:
            return


def _address_block(text: str, lines: Sequence[Line], words: dict[str, Any]) -> Span | None:
    first = lines[0].span.of(text)
    opened = re.match(words["opens"], first, re.I) is not None
    if re.search(words["not_bodies"], first, re.I):
        return None
    for i, line in enumerate(lines if opened else lines[:1]):
        quote = line.span.of(text)
        if i and line.after_gap:
            break
        if len(quote) > _MAX_LINE or (_BODY.search(quote) and not re.search(words["closes"], quote)):
            return None
        if re.search(words["closes"], quote):
            block = Span(lines[0].span.start, line.span.end)
            return block if opened or re.fullmatch(words["bodies"], quote, re.I) else None
    return lines[0].span if opened and re.match(r".{1,30}[:：]\s*\S", first) else None


def _page_path(text: str, lines: Sequence[Line], language: str) -> Iterator[Boilerplate]:
    """The navigation above a saved page: short lines up to the title, which the page prints in its path and again."""
    top = [line.span for line in lines[:_PATH_LINES]]
    navigation = next(pattern for kind, pattern, _ in _line_patterns(language) if kind == "navigation")
    if not any(len(span) <= _MAX_LINE and navigation.fullmatch(span.of(text)) for span in top[:3]):
        return
    seen: dict[str, int] = {}
    for i, span in enumerate(top):
        quote = span.of(text) if len(span) <= _MAX_LINE else ""
        if not quote or (_BODY.search(quote) and len(quote) > 200):
            return
        if quote in seen and seen[quote] == i - 1 - (top[i - 1].of(text) in seen):
            for above in top[:i]:
                yield Boilerplate(above, "navigation", "page-path", 0.8)
            return
        seen.setdefault(quote, i)


def _neighbours(text: str, lines: Sequence[Line], language: str) -> Iterator[Boilerplate]:
    """ "Previous" or 下一篇 on a line of its own, and the link below it."""
    labels = re.compile(lexicon.load(language, "boilerplate")["beside"]["labels"], re.I)
    for line, below in pairwise(lines):
        if len(line.span) <= 30 and labels.fullmatch(line.span.of(text)) and len(below.span) <= _MAX_LINE:
            yield Boilerplate(Span(line.span.start, below.span.end), "navigation", "neighbour-link", 0.85)


def _contents(text: str, lines: Sequence[Line], language: str) -> Iterator[Boilerplate]:
    """A table of contents: from its title to the line where its first entry comes again as a heading."""
    titles = {title.casefold() for title in lexicon.load(language, "boilerplate")["contents"]["titles"]}
    keys = [_key(text, line) if len(line.span) <= _MAX_LINE else "" for line in lines]
    for i, line in enumerate(lines[:-2]):
        if len(line.span) > 30 or line.span.of(text).strip("# []【】").casefold() not in titles:
            continue
        end = next((j for j in range(i + 2, min(len(lines), i + _MAX_CONTENTS)) if keys[j] == keys[i + 1]), None)
        if end is not None and keys[i + 1]:
            yield Boilerplate(Span(line.span.start, lines[end - 1].span.end), "contents", "contents-block", 0.95)
            return
    for line in lines:
        if len(line.span) <= 160 and _LEADERS.search(line.span.of(text)):
            yield Boilerplate(line.span, "contents", "dotted-leader", 0.8)


def _key(text: str, line: Line) -> str:
    """A line without white space, decoration and the page number behind its leaders."""
    return re.sub(r"[\s#*.…·]+", "", _LEADERS.sub("", line.span.of(text)))


def _running_heads(text: str, lines: Sequence[Line], language: str) -> Iterator[Boilerplate]:
    """A short line that comes three times or more, mostly beside a page number or a page break."""
    quotes = [line.span.of(text) if len(line.span) <= 100 else "" for line in lines]
    often = {quote for quote, times in Counter(quotes).items() if quote and times >= 3}
    if not often:
        return
    number = next(pattern for kind, pattern, _ in _line_patterns(language) if kind == "page-number")
    beside: Counter[str] = Counter()
    for i, quote in enumerate(quotes):
        if quote in often:
            around = quotes[max(0, i - 1) : i] + quotes[i + 1 : i + 2]
            beside[quote] += any(number.fullmatch(near) for near in around) or _page_break(text, lines, i)
    counts = Counter(quotes)
    heads = {quote for quote in often if 2 * beside[quote] >= counts[quote]}
    for i, quote in enumerate(quotes):
        if quote in heads and i > 0:
            yield Boilerplate(lines[i].span, "running-head", "running-head", 0.8)


def _page_break(text: str, lines: Sequence[Line], i: int) -> bool:
    return i > 0 and "\f" in text[lines[i - 1].span.end : lines[i].span.start]
