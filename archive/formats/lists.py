"""The numbers that a browser shows before the members of `<ol>` lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .numerals import integer, letters, roman

_OWN_NUMBER = re.compile(
    r"\s*[(（\[【〔第]?\s*(?:\d+|[a-zA-Z]{1,4}|[一二三四五六七八九十百〇零]+)\s*[.)）、，,\]】〕．条章节]"
)
_NAVIGATION = re.compile(r"bread ?crumb|\bnav|menu|\btoc\b|pagination|share|social|slider|carousel", re.I)
_STYLED_OFF = re.compile(r"list-style(?:-type)?\s*:\s*none", re.I)
_QUIET = frozenset(("nav", "header", "footer", "aside"))


@dataclass(slots=True)
class _List:
    """An open list; `kind` is the type attribute of an `<ol>`, "" for one that shows no numbers."""

    kind: str
    number: int = 0


class Lists:
    """Follows the lists of a page as its tags come by."""

    def __init__(self) -> None:
        self._open: list[_List] = []
        self._quiet = 0
        self._value: int | None = None

    @staticmethod
    def numbered(text: str) -> bool:
        """True when a member's text begins with a number of its own, which the browser's would only repeat."""
        return _OWN_NUMBER.match(text) is not None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._quiet += tag in _QUIET
        if tag in ("ol", "ul", "menu", "dir"):
            self._open.append(self._opened(tag, attributes))
        elif tag == "li":
            self._value = integer(attributes.get("value", ""))

    def end(self, tag: str) -> None:
        self._quiet -= tag in _QUIET and self._quiet > 0
        if tag in ("ol", "ul", "menu", "dir") and self._open:
            self._open.pop()

    def marker(self) -> str:
        """The number of the member that has just begun, `"3. "`; "" in lists without numbers."""
        if not self._open or not self._open[-1].kind:
            return ""
        current = self._open[-1]
        current.number = current.number + 1 if self._value is None else self._value
        return f"{_written(current.number, current.kind)}. "

    def _opened(self, tag: str, attributes: dict[str, str]) -> _List:
        label = f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('role', '')}"
        silent = (
            tag != "ol" or self._quiet or _NAVIGATION.search(label) or _STYLED_OFF.search(attributes.get("style", ""))
        )
        start = integer(attributes.get("start", ""))
        return _List("" if silent else attributes.get("type", "1"), 0 if start is None else start - 1)


def _written(number: int, kind: str) -> str:
    if kind in ("a", "A"):
        return letters(number) if kind == "a" else letters(number).upper()
    if kind in ("i", "I"):
        return roman(number) if kind == "i" else roman(number).upper()
    return str(number)
