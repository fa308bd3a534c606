"""What a reader types for a day, month or year → its first and last day; plain Python."""

from __future__ import annotations

import calendar
import re

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")


def first_day(text: str) -> str:
    """The first day of a year, month or day as ISO 8601; "" when it is none of them."""
    return _day(text, last=False)


def last_day(text: str) -> str:
    """The last day of a year, month or day as ISO 8601; "" when it is none of them."""
    return _day(text, last=True)


def _day(text: str, *, last: bool) -> str:
    found = _DATE.match(text)
    if not found or found[1] == "0000":
        return ""
    year, month = int(found[1]), int(found[2] or (12 if last else 1))
    if not 1 <= month <= 12:
        return ""
    length = calendar.monthrange(year, month)[1]
    day = int(found[3] or (length if last else 1))
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= length else ""
