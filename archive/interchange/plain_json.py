"""Records as JSON: the whole record of one document, or a list of records that is written while it is made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

MEDIA_TYPE = "application/json"
FORMAT = 1
"""Raised when a field is taken away or changes its meaning; new fields do not raise it."""


def whole(record: Any) -> str:
    return written({"format": FORMAT, **asdict(record)})


def listed(head: dict[str, Any], items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """An object with the members of `head` and the `items`, in pieces of one item each."""
    yield f'{{"format": {FORMAT}, {written(head)[1:-1]}, "items": ['
    for number, item in enumerate(items):
        yield f"{',' * bool(number)}\n{written(item)}"
    yield "\n]}\n"


def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=time)


def time(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
