"""The date of issue: from the signature, a labelled line, the line below the title, or the print line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from archive.analysis import lexicon
from archive.analysis.front import Front
from archive.analysis.numerals import HAN_NUMBER, number
from archive.spans import Boilerplate, Fact, Span

_MAX_LINE = 200
_TOP_LINES = 8
_TEXT = 30
_LONGEST_NAME = 60
_CHINESE = re.compile(
    rf"(?P<y>(?:19|20)\d\s?\d|[〇○零一二三四五六七八九Ｏ0]{{4}})\s*年"
    rf"(?:\s*(?P<m>\d{{1,2}}|{HAN_NUMBER})\s*月(?:\s*(?P<d>\d{{1,2}}|{HAN_NUMBER})\s*日)?)?"
)
_ISO = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-./])(?P<m>\d{1,2})(?:(?P=s)(?P<d>\d{1,2}))?(?!\d)")


def find_issued(
    text: str, language: str, front: Front, boilerplate: Sequence[Boilerplate]
) -> tuple[Fact | None, Span | None]:
    """The date, and the line that signs with it (None where the date stands elsewhere)."""
    signed = _signature(text, language, front)
    if signed:
        return signed
    for rule, lines, confidence in (
        ("labelled-date", _labelled(text, language, front), 0.75),
        ("below-title", _below_title(text, language, front), 0.75),
        ("print-line", [item.span for item in boilerplate if item.kind == "print"], 0.7),
        ("page-date", [item.span for item in boilerplate if item.kind == "navigation"], 0.5),
    ):
        for span in lines:
            found = next(dates(text, span), None)
            if found:
                return Fact(found[0], found[1], rule, confidence), None
    return None, None


def dates(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """(ISO 8601 cut to its precision, place) of the dates in a stretch of at most a line; impossible ones left out."""
    end = min(span.end, span.start + _MAX_LINE)
    for pattern in (_CHINESE, _ISO, *_english()):
        for match in pattern.finditer(text, span.start, end):
            value = _iso(match)
            if value:
                yield value, Span(match.start(), match.end())


@cache
def _english() -> tuple[re.Pattern[str], ...]:
    months = "|".join(rf"{name}|{name[:3]}\b\.?" for name in lexicon.load("en", "metadata")["date"]["months"])
    year = r"(?P<y>(?:19|20)\d\d)"
    return (
        re.compile(rf"(?i)\b(?P<m>{months})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{year}\b"),
        re.compile(rf"(?i)\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{months}),?\s+{year}\b"),
        re.compile(rf"(?i)\b(?P<m>{months}),?\s+{year}\b"),
    )


def _iso(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    year = _year(groups["y"])
    month = _month(groups.get("m"))
    day = number(groups["d"]) if groups.get("d") else None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")


def _year(sign: str) -> int:
    return int(
        "".join(str(max("〇一二三四五六七八九".find(c), 0)) if not c.isdigit() else c for c in sign.replace(" ", ""))
    )


def _month(sign: str | None) -> int | None:
    if not sign:
        return None
    short = sign.casefold()[:3]
    names = [name[:3] for name in lexicon.load("en", "metadata")["date"]["months"]]
    return names.index(short) + 1 if short in names else number(sign)


def _signature(text: str, language: str, front: Front) -> tuple[Fact, Span] | None:
    """A line in the last third that is a date and hardly more."""
    body = _first_paragraph(front)
    found = _below_issuer(text, language, front, body)
    if found:
        return found
    third = len(text) - max(len(text) // 3, 400)
    for line in reversed(front.own):
        if line.span.start < third or line.span.start <= body:
            return None
        if len(line.span) > 60:
            continue
        for value, span in dates(text, line.span):
            if _is_date(text, line.span, span):
                return Fact(value, span, "signature", 0.9), line.span
    return None


def _below_issuer(text: str, language: str, front: Front, body: int) -> tuple[Fact, Span] | None:
    """The first date below the name of a body, anywhere: what follows it are attachments."""
    organ = re.compile(lexicon.load(language, "metadata")["issuer"]["organ"], re.I)
    for above, line in pairwise(front.own):
        if line.span.start <= body or len(line.span) > 40 or len(above.span) > _LONGEST_NAME:
            continue
        for value, span in dates(text, line.span):
            if _is_date(text, line.span, span) and organ.search(above.span.of(text)):
                return Fact(value, span, "signature", 0.95), line.span
    return None


def _is_date(text: str, line: Span, found: Span) -> bool:
    """True where the line is the date and hardly more."""
    around = len(line) - len(found)
    return around == 0 or (around <= 6 and not text[line.start].isdigit())


def _first_paragraph(front: Front) -> int:
    """Where the first line below the title starts that is long enough to be text."""
    title = front.title.span.end if front.title and front.title.span else -1
    return next((line.span.start for line in front.own if line.span.start > title and len(line.span) > _TEXT), 0)


def _labelled(text: str, language: str, front: Front) -> Iterator[Span]:
    label = re.compile(lexicon.load(language, "metadata")["date"]["labels"], re.I)
    for line in front.lines[: _TOP_LINES + 6]:
        if len(line.span) <= _MAX_LINE and label.match(line.span.of(text)):
            yield line.span


def _below_title(text: str, language: str, front: Front) -> Iterator[Span]:
    """Lines in brackets, short ones, and those that say when the text was adopted."""
    adopted = re.compile(lexicon.load(language, "metadata")["date"]["adopted"], re.I)
    title = front.title.span if front.title else None
    for line in front.own[:_TOP_LINES]:
        below = title is not None and line.span.start >= title.end
        quote = line.span.of(text) if len(line.span) <= _MAX_LINE else ""
        if below and quote and (quote[0] in "（(—-–" or len(quote) <= 30 or adopted.search(quote)):
            yield line.span
