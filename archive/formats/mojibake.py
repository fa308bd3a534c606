"""Traces of text that was decoded wrongly, here or long before: they are reported, never repaired."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .notes import GARBLED, LOST

_FILE = Path(__file__).parent / "data" / "mojibake.txt"


def traces(text: str) -> tuple[str, ...]:
    """Warnings about passages that look garbled, each with the place of the first one in characters."""
    found: dict[str, str] = {}
    for trace, cause, at in garbled(text):
        found.setdefault(cause, GARBLED % {"at": at, "trace": trace, "cause": cause})
    lost = text.count("\ufffd")
    if lost:
        found["lost"] = LOST % {"count": lost, "at": text.index("\ufffd")}
    return tuple(found.values())


def garbled(text: str) -> Iterator[tuple[str, str, int]]:
    """(what is found, what it comes of, its first place) of each trace of wrong decoding."""
    for trace, cause in _marks():
        at = text.find(trace)
        if at >= 0:
            yield trace, cause, at


@cache
def _marks() -> tuple[tuple[str, str], ...]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("# "))
    return tuple((trace, cause) for trace, cause in pairs)
