"""English markers made of words: "First," · "The second is" · "Three," · "Article 12" · "Step one" · "the other is" """

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from archive.analysis import lexicon
from archive.analysis.marker_words import NAMED, any_of, before, line_head
from archive.analysis.markers import NEXT, Found, Reading, Shape
from archive.analysis.numerals import number, word_values

_SIGNED = re.compile(r"(?m)^[^\S\n]*(§[^\S\n]?(\d{1,4}))(?![\d–-]|\.\d)\.?")
_TOKEN = re.compile(r"[A-Za-z]+|(?<!\w)\d{1,2}(?=(?:st|nd|rd|th)\b)")


def english_words(text: str) -> Iterator[Found]:
    """All candidates of this kind, in no order.

    One pass over the words of the text; only where a word can begin a marker are the patterns tried.
    """
    patterns, begins = _patterns(), _begins()
    for token in _TOKEN.finditer(text):
        for name in begins.get(token[0].casefold(), ()) if token[0].isalpha() else ("ordinal",):
            match = patterns[name].match(text, token.start())
            if match:
                yield from _READERS[name](text, match)
    yield from _turned(text)
    for match in _SIGNED.finditer(text):
        yield Found(match.start(1), match.end(), (Reading(Shape.ARTICLE, int(match[2])),))


@cache
def _patterns() -> dict[str, Any]:
    words = lexicon.load("en", "markers")
    every = sorted(word_values(), key=len, reverse=True)
    cardinals = set(words["cardinals"]) | set(words["tens"])
    ordinal = "|".join(word for word in every if word.split("-")[-1] not in cardinals)
    cardinal = "|".join(word for word in every if word.split("-")[-1] in cardinals)
    nouns = "|".join(words["member_nouns"])
    named = "|".join(any_of(words[key]) for key, _ in NAMED)
    num = rf"\d{{1,3}}|[IVXivx]{{1,6}}|[A-Z]|{ordinal}|{cardinal}"
    return {
        "ordinal": re.compile(
            rf"(?i)\b(the\s+)?(?:({ordinal})(?:ly)?|(\d{{1,2}})(?:st|nd|rd|th))"
            rf"(\s+of\s+all|\s+and\s+foremost)?(?:\s?[,:：，]|\s+[-–—]\s)(?!\s*(?:and\s+|or\s+)?(?:{ordinal})\b)"
        ),
        "place": re.compile(rf"(?i)\bin\s+the\s+({ordinal})\s+place\s?,"),
        "is": re.compile(
            rf"(?i)\b(?:(the\s+)?({ordinal})(?:\s+(?:{nouns})){{0,2}}|({cardinal}))"
            rf"(?:\s+(is|are|was|were|to)\b|,\s+(?:is)\b)"
        ),
        "cardinal": re.compile(rf"\b((?i:{cardinal}))(?:\s?[,:：，.、])(?!\s*(?i:{words['number_list_after']}))"),
        "last": re.compile(rf"(?i)\b(?:({any_of(words['last'])})\s?[,:]|{any_of(words['another'])}\b)"),
        "other": re.compile(rf"(?i)\b(?:{any_of(words['other'])})\s+(?:is|are|was|were)\b"),
        "named": re.compile(rf"(?i:\b({named}))\s+(?:No\.\s*)?((?i:{num}))(?![\w%])(?!\.\d)[.:：、]?"),
        "turned": re.compile(rf"(?im)^\W{{0,3}}the\s+({ordinal})\s+(part|chapter|section|article|step|stage)\b"),
        "bare": re.compile(rf"\b((?i:{ordinal}))(?=\s+(?!(?:{words['ordinal_adjective']})\b)[a-z])"),
        "not_after": re.compile(words["ordinal_not_after"], re.I),
        "ref_before": re.compile(words["reference_before"], re.I),
        "ref_after": re.compile(words["reference_after"], re.I),
        "shape": {word: shape for key, shape in NAMED for word in words[key]},
    }


@cache
def _begins() -> dict[str, list[str]]:
    """First word of a marker, lower case → the patterns to try there."""
    words = lexicon.load("en", "markers")
    numbers = {word.split("-")[0] for word in word_values()}
    firsts = {
        "ordinal": {*numbers, *(f"{word}ly" for word in numbers), "the"},
        "is": {*numbers, "the"},
        "cardinal": numbers,
        "bare": numbers,
        "place": {"in"},
        "last": {*words["last"], *words["another"]},
        "other": set(words["other"]),
        "named": {word for key, _ in NAMED for word in words[key]},
    }
    begins: dict[str, list[str]] = {}
    for name, phrases in firsts.items():
        for first in {re.split(r"[^a-z]", phrase)[0] for phrase in phrases}:
            begins.setdefault(first, []).append(name)
    return begins


def _ordinal(text: str, match: re.Match[str]) -> Iterator[Found]:
    value = int(match[3]) if match[3] else number(match[2]) or 0
    start = match.start()
    if not value or (not match[1] and _patterns()["not_after"].search(before(text, start))):
        return
    if match[1] and not match[0][0].isupper():
        return
    weight = -0.8 if match[4] else -0.3 if match[1] or match[3] else 0.0
    yield Found(start, len(match[0].rstrip()) + start, (Reading(Shape.ORDINAL, value),), weight)


def _place(text: str, match: re.Match[str]) -> Iterator[Found]:
    yield Found(match.start(), match.end(), (Reading(Shape.ORDINAL, number(match[1]) or 0),))


def _is(text: str, match: re.Match[str]) -> Iterator[Found]:
    value = number(match[2] or match[3] or "") or 0
    plain = not match[1] and not match[2]
    if not value or (plain and match[4] == "to" and value < 3):
        return
    if not _patterns()["not_after"].search(before(text, match.start())):
        weight = -0.4 if plain or match[4] in ("to", None) else 0.0
        yield Found(match.start(), match.end(), (Reading(Shape.IS, value),), weight)


def _cardinal(text: str, match: re.Match[str]) -> Iterator[Found]:
    above = before(text, match.start())
    if not _patterns()["ref_before"].search(above) and not _patterns()["not_after"].search(above):
        weight = 0.0 if match[1][0].isupper() else -0.6
        yield Found(match.start(), match.end(), (Reading(Shape.WORD_COMMA, number(match[1]) or 0),), weight)


def _last(text: str, match: re.Match[str]) -> Iterator[Found]:
    yield Found(match.start(), match.end(), (Reading(Shape.ORDINAL if match[1] else Shape.IS, NEXT),))


def _other(text: str, match: re.Match[str]) -> Iterator[Found]:
    yield Found(match.start(), match.end(), (Reading(Shape.IS, 2),))


def _named(text: str, match: re.Match[str]) -> Iterator[Found]:
    patterns = _patterns()
    shape = patterns["shape"][match[1].casefold()]
    value = _letter_or_number(match[2], shape)
    cited = patterns["ref_before"].search(before(text, match.start())) and not line_head(text, match.start())
    if value and match[1][0].isupper() and not cited and not patterns["ref_after"].match(text, match.end()):
        tag = match[1].casefold() if shape is Shape.LABEL else ""
        yield Found(match.start(), match.end(), (Reading(shape, value),), 0.0, tag)


def _letter_or_number(sign: str, shape: Shape) -> int:
    value = number(sign) or 0
    if not value and len(sign) == 1:
        return ord(sign.upper()) - ord("A") + 1
    return value if shape is not Shape.ATTACHMENT or value < 60 else 0


def _bare(text: str, match: re.Match[str]) -> Iterator[Found]:
    """ "Twenty-third people's police must …": an article number whose noun the translation lost."""
    if match[1][0].isupper():
        yield Found(match.start(), match.end(), (Reading(Shape.BARE_ORDINAL, number(match[1]) or 0),))


def _turned(text: str) -> Iterator[Found]:
    """ "The first chapter" at the start of a line."""
    for match in _patterns()["turned"].finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip(' \t"“#*\r\n'))
        shape = _patterns()["shape"][match[2].casefold()]
        tag = match[2].casefold() if shape is Shape.LABEL else ""
        yield Found(start, match.end(), (Reading(shape, number(match[1]) or 0),), 0.0, tag)


_READERS: dict[str, Callable[[str, re.Match[str]], Iterator[Found]]] = {
    "ordinal": _ordinal,
    "place": _place,
    "is": _is,
    "cardinal": _cardinal,
    "last": _last,
    "other": _other,
    "named": _named,
    "bare": _bare,
}
