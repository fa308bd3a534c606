"""Queries, first half: characters → lexemes, forgiving of whatever a keyboard produces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from archive.search.page import QueryWarning
from archive.spans import Span

QUOTES = {'"': '"', "“": "”", "”": "”", "„": "”", "‟": "”", "＂": "＂", "«": "»", "»": "»"}
QUOTES |= {"「": "」", "」": "」", "『": "』", "』": "』", "〝": "〞", "〞": "〞"}
FIELDS = {
    "title": "title",
    "source": "source",
    "theme": "theme",
    "actor": "actor",
    "modality": "modality",
    "kind": "kind",
    "year": "year",
    "lang": "lang",
    "language": "lang",
    "number": "number",
    "date": "date",
}
"""The fields a reader may name → the field that is meant."""

_QUOTE_CLASS = re.escape("".join(QUOTES))
_OPEN, _CLOSE, _DASH, _STAR, _TILDE = "(（", ")）", r"\-－−", "*＊", "~～"
_BREAK = rf"\s(){_OPEN[1]}{_CLOSE[1]}{_QUOTE_CLASS}，、；。！？;!?|"
_SKIP = re.compile(r"(?:[\s，、；。！？;!?|]|,(?!\d))+")
_BARE = re.compile(rf"(?:[^{_BREAK},]|(?<=\d),(?=\d))+")
_FIELD = re.compile(r"([A-Za-z]+)[:：]")
_NUMBER = re.compile(r"\S+")
_MINUS = re.compile(rf"[{_DASH}]+(?=[^\s{_DASH}])")
_SLOP = re.compile(rf"[{_TILDE}](\d{{0,4}})")


class Kind(Enum):
    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()


OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query. `text` is a word, the inside of quotes or a field's name; `slop` is given after quotes."""

    kind: Kind
    text: str
    span: Span
    slop: int | None = None


class Lexer:
    """Reads one query from left to right; `run` returns its lexemes, `warnings` is filled on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.lexemes: list[Lexeme] = []
        self.warnings: list[QueryWarning] = []

    def run(self) -> list[Lexeme]:
        while self._skip() < len(self.text):
            self._next()
        return self.lexemes

    def warn(self, template: str, span: Span, **values: object) -> None:
        self.warnings.append(QueryWarning(template, span, tuple(values.items())))

    def _skip(self) -> int:
        if found := _SKIP.match(self.text, self.place):
            self.place = found.end()
        return self.place

    def _add(self, kind: Kind, text: str, end: int, slop: int | None = None) -> None:
        self.lexemes.append(Lexeme(kind, text, Span(self.place, end), slop))
        self.place = end

    def _next(self) -> None:
        character = self.text[self.place]
        if character in _OPEN:
            self._add(Kind.OPEN, character, self.place + 1)
        elif character in _CLOSE:
            self._add(Kind.CLOSE, character, self.place + 1)
        elif character in QUOTES:
            self._quoted()
        elif minus := _MINUS.match(self.text, self.place):
            self._add(Kind.NOT, "-", minus.end())
        else:
            self._bare()

    def _quoted(self) -> None:
        opening = self.text[self.place]
        end = self.text.find(QUOTES[opening], self.place + 1)
        if end < 0:
            end = next((i for i, c in enumerate(self.text) if i > self.place and c in QUOTES), -1)
        if end < 0:
            self.warn(
                "An opening quote has no end; searched for the words after it instead.",
                Span(self.place, self.place + 1),
            )
            self.place += 1
            return
        inside, slop, after = self.text[self.place + 1 : end], None, end + 1
        if any(star in inside for star in _STAR):
            self.warn("A * inside quotes is not an operator; it was ignored.", Span(self.place, end + 1))
        if near := _SLOP.match(self.text, after):
            after = near.end()
            slop = int(near[1]) if near[1] else None
            if slop is None:
                self.warn("After ~ a number is missing; searched for the exact phrase.", Span(*near.span()))
        self._add(Kind.PHRASE, inside, after, slop)

    def _bare(self) -> None:
        if field := _FIELD.match(self.text, self.place):
            self._field(field)
            return
        found = _BARE.match(self.text, self.place)
        end = found.end() if found else self.place + 1
        word = self.text[self.place : end]
        self._add(OPERATORS.get(word, Kind.WORD), word, end)

    def _field(self, field: re.Match[str]) -> None:
        name = FIELDS.get(field[1].lower())
        if name is None:
            known = ", ".join(sorted(set(FIELDS.values())))
            self.warn(
                "There is no field “%(field)s”; searched for it as a word. The fields are %(known)s.",
                Span(field.start(), field.end()),
                field=field[1],
                known=known,
            )
            self._add(Kind.WORD, field[1], field.end(1))
            self.place = field.end()
            return
        self._add(Kind.FIELD, name, field.end())
        following = self.text[self.place : self.place + 1]
        if name == "number" and following.strip() and following not in QUOTES:
            # brackets belong to a document number
            value = _NUMBER.match(self.text, self.place)
            self._add(Kind.WORD, value.group() if value else "", value.end() if value else self.place)
