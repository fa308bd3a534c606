"""What a reader types for a year, month, day or a range of them → its first and last day; plain Python."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from archive.analysis.numerals import HAN_NUMBER, han

_DATE = re.compile(r"(\d{4})(?:年|[-/.年](\d{1,2})(?:月|[-/.月](\d{1,2})[日号]?)?)?")
_CLOSE_SET = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_RANGE = re.compile(r"\.{2,}|[—–~]+|至|到")
_HAN = re.compile(rf"{HAN_NUMBER}(?=[年月日号])")
_STOP = re.compile(r"(?<!\.)\.$")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day as ISO 8601, "" for an open end.

    `whole_years`: no month or day was named; `turned`: it was written with its end before its beginning.
    """

    low: str
    high: str
    whole_years: bool
    turned: bool


def period(text: str) -> Period | None:
    """The period that a text means: 2009, 2009-03, 2009/3/5, 20090305, 2009年3月5日, 2008..2013, 2010-2012 …

    Both ends are included; None where it means none.
    """
    plain = _STOP.sub("", _plain(text))
    for first, last in _ends(plain):
        low, high = first and _Day.read(first), last and _Day.read(last)
        if low is not None and high is not None and (low or high):
            return _between(low or None, high or None)
    return None


def _between(low: _Day | None, high: _Day | None) -> Period:
    turned = bool(low and high and low.first > high.last)
    if turned:
        low, high = high, low
    whole_years = not any(day and day.month for day in (low, high))
    return Period(low.first if low else "", high.last if high else "", whole_years, turned)


def _plain(text: str) -> str:
    """Of one width, with the full stops of Chinese keyboards as dots and Chinese numerals as digits."""
    folded = unicodedata.normalize("NFKC", text).replace("。", ".").replace("−", "-")
    return _HAN.sub(lambda found: str(han(found.group()) or found.group()), folded)


def _ends(text: str) -> Iterator[tuple[str, str]]:
    """The ways to read a text: as one day, as two with a sign between them that means a range, as two with a hyphen."""
    parts = _RANGE.split(text)
    if len(parts) == 2:
        yield parts[0], parts[1]
    if len(parts) == 1:
        yield text, text
        for hyphen in re.finditer("-", text):
            first, last = text[: hyphen.start()], text[hyphen.end() :]
            if first and last:
                yield first, last


@dataclass(frozen=True, slots=True)
class _Day:
    """A year, month or day; what is not named is 0."""

    year: int
    month: int
    day: int

    @classmethod
    def read(cls, text: str) -> _Day | None:
        found = _DATE.fullmatch(text) or _CLOSE_SET.fullmatch(text)
        if not found or found[1] == "0000":
            return None
        read = cls(int(found[1]), int(found[2] or 0), int(found[3] or 0))
        named = (found[2] is None or 1 <= read.month <= 12) and (found[3] is None or 1 <= read.day <= read._length)
        return read if named else None

    @property
    def _length(self) -> int:
        """Days of the month."""
        return calendar.monthrange(self.year, self.month or 12)[1]

    @property
    def first(self) -> str:
        return f"{self.year:04}-{self.month or 1:02}-{self.day or 1:02}"

    @property
    def last(self) -> str:
        return f"{self.year:04}-{self.month or 12:02}-{self.day or self._length:02}"
