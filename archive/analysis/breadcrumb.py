"""The line that a web page prints above its text: `Site - Section - Title`, `Home > News > Title`, `Title_Site`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.analysis import lexicon
from archive.analysis.lines import Line
from archive.spans import Span

_SEPARATOR = re.compile(r"\s+[-–—|·/]{1,2}\s+|\s*(?:[>＞»›]{1,2}|\|)\s*|_{1,2}|\s+(?=[>＞])")
_PLACE = re.compile(r"^[^:：]{2,24}[:：]\s*(?=.*[>＞»›])")
_LOOK_AT = 6
_MAX_LINE = 600
_MAX_PART = 60


@dataclass(frozen=True, slots=True)
class Breadcrumb:
    """Parts of the page's path. `repeat` is the line that prints the title again below it."""

    line: Span
    site: Span | None
    category: Span | None
    title: Span | None
    repeat: Span | None


def find_breadcrumb(text: str, lines: Sequence[Line], language: str) -> Breadcrumb | None:
    """The breadcrumb among the first lines, None where there is none."""
    top = [line.span for line in lines[:_LOOK_AT]]
    for i, span in enumerate(top[:3]):
        if len(span) <= _MAX_LINE:
            found = _read(text, span, top[i + 1 :], language)
            if found:
                return found
    return None


def _read(text: str, line: Span, below: Sequence[Span], language: str) -> Breadcrumb | None:
    for repeat in below[:3]:
        if 4 <= len(repeat) < len(line):
            found = _around(text, line, repeat, language)
            if found:
                return found
    return _by_form(text, line, language)


def _around(text: str, line: Span, repeat: Span, language: str) -> Breadcrumb | None:
    """A line that ends (or begins) with the title printed below it, and has more than the title."""
    whole, title = _folded(line.of(text)), _folded(repeat.of(text))
    if whole.endswith(title):
        cut = line.end - len(repeat)
        parts = _parts(text, Span(line.start, cut), language)
        ends_apart = _SEPARATOR.search(text[max(line.start, cut - 4) : cut] + " ")
        if parts and ends_apart:
            return _crumb(text, line, parts, Span(cut, line.end), repeat, language)
    if whole.startswith(title) and _SEPARATOR.match(text, line.start + len(repeat)):
        parts = _parts(text, Span(line.start + len(repeat), line.end), language)[::-1]
        if parts:
            return _crumb(text, line, parts, Span(line.start, line.start + len(repeat)), repeat, language)
    return None


def _folded(quote: str) -> str:
    return quote.casefold() if len(quote.casefold()) == len(quote) else quote


def _by_form(text: str, line: Span, language: str) -> Breadcrumb | None:
    """Without a repeat: a path that starts at "Home", names its place, or has short parts before a long one."""
    parts = _parts(text, line, language)
    if len(parts) < 3 and not (_PLACE.match(line.of(text)) and len(parts) > 1):
        return None
    short = all(len(part) <= _MAX_PART for part in parts[:-1])
    homely = _is(parts[0].of(text), "home", language) or bool(_PLACE.match(line.of(text)))
    arrows = re.search(r"[>＞»›]", line.of(text)) is not None
    longest_last = len(parts[-1]) >= max(len(part) for part in parts)
    if short and (homely or (longest_last and len(parts[-1]) > 12 and (arrows or " - " in line.of(text)))):
        page = parts[-1].of(text)
        title = parts[-1] if longest_last and len(page) > 8 and not _is(page, "here", language) else None
        return _crumb(text, line, parts[: -1 if title else None], title, None, language)
    return None


def _crumb(
    text: str, line: Span, parts: Sequence[Span], title: Span | None, repeat: Span | None, language: str
) -> Breadcrumb:
    outer = [part for part in parts if not _is(part.of(text), "here", language)]
    named = [part for part in outer if not _is(part.of(text), "home", language)]
    if named and (len(named) == len(outer) or len(named) > 1):
        site, rest = named[0], named[1:]
    else:
        site, rest = None, named
    return Breadcrumb(line, site, rest[-1] if rest else None, title, repeat)


def _is(part: str, what: str, language: str) -> bool:
    pattern = lexicon.load(language, "boilerplate")["breadcrumb"][what]
    return re.fullmatch(pattern, part.strip(), re.I) is not None


def _parts(text: str, span: Span, language: str) -> list[Span]:
    place = _PLACE.match(text[span.start : span.end])
    start = span.start + (place.end() if place else 0)
    parts: list[Span] = []
    for gap in _SEPARATOR.finditer(text, start, span.end):
        parts.append(Span(start, gap.start()).strip(text))
        start = gap.end()
    parts.append(Span(min(start, span.end), span.end).strip(text))
    return [part for part in parts if len(part)]
