"""The body that issued a document: the signature, the title, the letterhead or the print line says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.analysis import lexicon
from archive.analysis.front import Front
from archive.spans import Boilerplate, Fact, Span

_MAX_NAME = 90


def find_issuer(
    text: str, language: str, front: Front, boilerplate: Sequence[Boilerplate], signed: Span | None
) -> Fact | None:
    """`signed` is the line of the date that signs the document, if there is one."""
    words = lexicon.load(language, "metadata")["issuer"]
    organ = re.compile(words["organ"], re.I)
    return (
        _signature(text, front, signed, organ)
        or _from_title(front, words["in_title"], organ)
        or _letterhead(text, boilerplate, organ)
        or _print_line(text, boilerplate, words["by"])
    )


def _signature(text: str, front: Front, signed: Span | None, organ: re.Pattern[str]) -> Fact | None:
    if signed is None:
        return None
    above = [line.span for line in front.own if line.span.end <= signed.start][-2:]
    for span in reversed(above):
        quote = span.of(text).strip()
        if len(quote) <= _MAX_NAME and organ.search(quote) and quote[-1:] not in ".。;；:：":
            return Fact(re.sub(r"[\s\u3000]{2,}", " ", quote), span, "signature", 0.9)
    return None


def _from_title(front: Front, pattern: str, organ: re.Pattern[str]) -> Fact | None:
    if front.title is None:
        return None
    match = re.search(pattern, front.title.value)
    if match is None or not organ.search(match["issuer"]):
        return None
    span = front.title.span
    one_line = span is not None and len(span) == len(front.title.value)
    place = Span(span.start + match.start("issuer"), span.start + match.end("issuer")) if span and one_line else None
    return Fact(match["issuer"], place, "title", 0.8)


def _letterhead(text: str, boilerplate: Sequence[Boilerplate], organ: re.Pattern[str]) -> Fact | None:
    for item in boilerplate:
        quote = re.sub(r"\s*文\s*件$", "", item.span.of(text)) if item.kind == "letterhead" else ""
        if quote and organ.search(quote):
            return Fact(quote, Span(item.span.start, item.span.start + len(quote)), "letterhead", 0.75)
    return None


def _print_line(text: str, boilerplate: Sequence[Boilerplate], pattern: str) -> Fact | None:
    for item in boilerplate:
        match = re.search(pattern, item.span.of(text), re.I) if item.kind == "print" else None
        if match:
            start = item.span.start + match.start("issuer")
            return Fact(match["issuer"], Span(start, start + len(match["issuer"])), "print-line", 0.7)
    return None
