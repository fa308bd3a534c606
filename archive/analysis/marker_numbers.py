"""Markers made of a number and its signs: 1. · (1) · 1) · (a) · III. · (two) · 一、 · （一） · ① · 3.2.1"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from archive.analysis import lexicon
from archive.analysis.markers import Found, Reading, Shape
from archive.analysis.numerals import HAN_NUMBER, han, number, roman, word_values

_MOST = 300
_SIGN = rf"\d{{1,3}}|[ivxIVX]{{2,6}}|[A-Za-z]|{HAN_NUMBER}"
_PLAIN = re.compile(rf"(?<![\w.．,，$¥￥£€#§%/+=&@-])({_SIGN})[^\S\r\n]?(?:[.．](?![\d.．])|、)")
_HALF = re.compile(rf"(?<![\w.．,$¥￥£€#§%/(（])({_SIGN})[)）]")
_CIRCLED = re.compile(r"[①-⓾❶-❿➀-➓㈠-㈩㊀-㊉⒈-⒛⑴-⒇Ⅰ-Ⅻ](?:[^\S\r\n]?[.．、])?")
_LOOSE = re.compile(
    rf"(?m)^[^\S\n]*(?:(\d{{1,2}})(?:[,，](?=\s+\D)|(?=[^\S\n]{{1,3}}[A-Z\u4e00-\u9fff][^\n]{{1,100}}$))"
    # a figure right behind the point: 1.110接警, 20.2026年
    rf"|(\d{{1,2}})[.．](?=(?:(?:19|20)\d\d年|1[12]\d\D|12\d{{3}}\D|24\s?小时))"
    rf"|({HAN_NUMBER})(?=[^\S\n]{{1,3}}[\u4e00-\u9fff][^\n]*$))"
)
# a table that was flattened: from the line with the head of its numbers to the next blank line
_TABLE = re.compile(
    r"(?m)^[^\n]{0,40}(?:序[ \u3000]{0,2}号|S/N|(?i:serial no|serial number))[^\n]{0,80}\n(?:[^\n]+\n){0,200}"
)
_DOTTED = re.compile(r"(?m)^[^\S\n]*((\d{1,2}(?:[.．]\d{1,2}){1,4})[.．、]?)(?=[^\S\n]+\S|[^\d.．%\s])")
_INITIAL = re.compile(r"\b(?:[A-Z]|Mrs|Prof|[A-Z][a-z]{1,3})\.$")
_SUFFIX = {
    "dot": (Shape.DIGIT_DOT, Shape.HAN_COMMA, Shape.UPPER_DOT, Shape.LOWER_DOT, Shape.ROMAN_DOT, Shape.SMALL_ROMAN_DOT),
    "paren": (
        Shape.DIGIT_PAREN,
        Shape.HAN_PAREN,
        Shape.UPPER_PAREN,
        Shape.LOWER_PAREN,
        Shape.ROMAN_PAREN,
        Shape.SMALL_ROMAN_PAREN,
    ),
    "half": (
        Shape.DIGIT_HALF,
        Shape.HAN_HALF,
        Shape.LETTER_HALF,
        Shape.LETTER_HALF,
        Shape.ROMAN_HALF,
        Shape.ROMAN_HALF,
    ),
}


@cache
def _bracket() -> re.Pattern[str]:
    words = "|".join(sorted(word_values(), key=len, reverse=True))
    return re.compile(rf"[(（][^\S\r\n]?({_SIGN}|(?i:{words}))[^\S\r\n]?[)）][、.．]?")


@cache
def _context(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = lexicon.load(language, "markers")
    return re.compile(words["reference_before"], re.I), re.compile(words["reference_after"], re.I)


@cache
def _units() -> re.Pattern[str]:
    """What makes a number at the start of a line a quantity, in either language."""
    return re.compile("|".join(f"(?:{lexicon.load(name, 'markers')['unit_after']})" for name in ("en", "zh")))


def number_markers(text: str) -> Iterator[Found]:
    """All candidates of this kind, in no order."""
    yield from _brackets(text)
    yield from _plain(text)
    yield from _halves(text)
    yield from _circled(text)
    yield from _dotted(text)
    yield from _loose(text)


def readings(sign: str, style: str) -> tuple[Reading, ...]:
    """What a sign can stand for: "i" is the letter or one, "C" the letter only."""
    digit, chinese, upper, lower, big, small = _SUFFIX[style]
    if sign.isdecimal():
        value = int(sign)
        return (Reading(digit, value),) if 0 < value <= _MOST else ()
    if not sign.isascii():
        value = han(sign) or 0
        return (Reading(chinese, value),) if 0 < value <= _MOST else ()
    found: list[Reading] = []
    value = roman(sign) or 0
    if value and sign in (sign.lower(), sign.upper()):
        found.append(Reading(big if sign.isupper() else small, value))
    if len(sign) == 1:
        found.append(Reading(upper if sign.isupper() else lower, ord(sign.lower()) - ord("a") + 1))
    return tuple(found)


def refers(text: str, start: int, end: int) -> bool:
    """True where the words around a number make it a reference or a quantity, in either language."""
    before, after = text[max(0, start - 24) : start], text[end : end + 40]
    return any(back.search(before) or ahead.match(after) for back, ahead in (_context("en"), _context("zh")))


def _at_line(text: str, start: int) -> bool:
    head = text[max(0, start - 12) : start].rstrip(' \t\u3000#*“"•·-')
    return head[-1:] in "\r\n\f\u2028" if head else start <= 12


def _brackets(text: str) -> Iterator[Found]:
    matches = list(_bracket().finditer(text))
    listed = {one.start() for pair in pairwise(matches) if pair[0].end() == pair[1].start() for one in pair}
    cited = -1
    for match in matches:
        sign, start, end = match[1], match.start(), match.end()
        value = word_values().get(sign.casefold()) if len(sign) > 1 and sign.isascii() else None
        found = (Reading(Shape.WORD_PAREN, value),) if value else readings(sign, "paren")
        previous = text[start - 1 : start]
        if not found:
            continue
        again = 0 <= cited <= start <= cited + 8 and not text[cited:start].strip(" ,;andor&、和或及")
        if not _at_line(text, start) and (again or refers(text, start, end) or _run(match, listed)):
            cited = end
            continue
        if previous.isascii() and previous.isalnum():
            continue
        yield Found(start, end, found)


def _run(match: re.Match[str], listed: set[int]) -> bool:
    """（一）（二）两项: numbers side by side are cited; "(a)(1)" is not, which opens two levels."""
    return match.start() in listed and match[0][0] == "（"


def _plain(text: str) -> Iterator[Found]:
    for match in _PLAIN.finditer(text):
        sign, start, end = match[1], match.start(), match.end()
        found = readings(sign, "dot")
        if found and _plain_stands(text, sign, start, end):
            yield Found(start, end, found)


def _plain_stands(text: str, sign: str, start: int, end: int) -> bool:
    ahead = text[end : end + 12]
    line = _at_line(text, start)
    if not ahead.strip():
        return line and end < len(text)
    if sign.isascii() and sign.isalpha():
        return _letter_stands(text, start, ahead, line)
    if ahead.lstrip()[:1].isdigit() and not (line and (ahead[:1].isspace() or text[end - 1] == "、")):
        return False
    before = text[start - 1 : start]
    if not sign.isascii() and not sign.isdecimal():
        listed = han(ahead.lstrip()[:1]) is not None and ahead[:1] != "" and text[end - 1] == "、"
        return line or not (_wordlike(before) or listed)
    return line or not (refers(text, start, end) or _wordlike(before))


def _letter_stands(text: str, start: int, ahead: str, line: bool) -> bool:
    """A letter or a Roman number is a marker at the start of a line or of a sentence, and never an initial."""
    before = text[max(0, start - 16) : start]
    if not ahead[:1].isascii():
        return line or before.rstrip()[-1:] in "。：；，:;"
    if not (ahead[:1].isspace() or (line and ahead[:1].isupper() and ahead[1:2] != ".")):
        return False
    if line:
        return True
    return before.rstrip()[-1:] in ".;:。；：!?！？" and not _INITIAL.search(before.rstrip())


def _wordlike(char: str) -> bool:
    return char.isalnum()


def _halves(text: str) -> Iterator[Found]:
    for match in _HALF.finditer(text):
        start, end = match.start(), match.end()
        opening = max(text.rfind("(", max(0, start - 60), start), text.rfind("（", max(0, start - 60), start))
        closing = max(text.rfind(")", max(0, start - 60), start), text.rfind("）", max(0, start - 60), start))
        found = readings(match[1], "half")
        if found and opening <= closing and not refers(text, start, end):
            yield Found(start, end, found, -0.3)


def _circled(text: str) -> Iterator[Found]:
    for match in _CIRCLED.finditer(text):
        value = _circled_value(match[0][0])
        if "Ⅰ" <= match[0][0] <= "Ⅻ":
            if len(match[0]) > 1:
                yield Found(match.start(), match.end(), (Reading(Shape.ROMAN_DOT, value),))
        elif value:
            shape = Shape.HAN_PAREN if "㈠" <= match[0][0] <= "㈩" else Shape.CIRCLED
            yield Found(match.start(), match.end(), (Reading(shape, value),))


_CIRCLED_RUNS = (
    ("①", "⑳", 1),
    ("⓫", "⓴", 11),
    ("⓵", "⓾", 1),
    ("❶", "❿", 1),
    ("➀", "➉", 1),
    ("➊", "➓", 1),
    ("㈠", "㈩", 1),
    ("㊀", "㊉", 1),
    ("⒈", "⒛", 1),
    ("⑴", "⒇", 1),
    ("Ⅰ", "Ⅻ", 1),
)


def _circled_value(char: str) -> int:
    for low, high, first in _CIRCLED_RUNS:
        if low <= char <= high:
            return ord(char) - ord(low) + first
    return 0


def _dotted(text: str) -> Iterator[Found]:
    """3.2.1 at the start of a line: the last number counts, the stem says where it belongs."""
    unit = _units()
    for match in _DOTTED.finditer(text):
        parts = re.split(r"[.．]", match[2])
        value = int(parts[-1])
        if 0 < value <= _MOST and int(parts[0]) and not unit.match(text, match.end(1)):
            yield Found(match.start(1), match.end(1), (Reading(Shape.DOTTED, value),), 0.0, ".".join(parts[:-1]))


def _loose(text: str) -> Iterator[Found]:
    """1, or a number without any sign, at the start of a line."""
    unit, tables = _units(), [match.span() for match in _TABLE.finditer(text)]
    for match in _LOOSE.finditer(text):
        group = next(group for group in (1, 2, 3) if match[group])
        bare = match[0][-1] not in ",，.．"
        in_table = any(start <= match.start() < end for start, end in tables)
        if number(match[group]) and not (bare and (in_table or unit.match(text, match.end()))):
            yield Found(match.start(group), match.end(), readings(match[group], "dot"), -1.2 if bare else -0.4)
    stems = lexicon.load("zh", "markers")["stems"]
    for match in re.finditer(rf"(?m)^[^\S\n]*([{stems}])、", text):
        reading = Reading(Shape.HAN_COMMA, stems.index(match[1]) + 1)
        yield Found(match.start(1), match.end(), (reading,), -0.4)
