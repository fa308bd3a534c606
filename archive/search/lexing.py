"""Queries, first half: characters → lexemes, forgiving of whatever a keyboard produces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from archive.analysis.numerals import HAN_NUMBER
from archive.folding import HAN
from archive.search.page import FieldName, QueryWarning
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
IN_WORDS = {"lang": "language", "number": "document number"}
"""Fields whose name is not yet what they are called."""
STARS = "*＊"

_Q = re.escape("".join(QUOTES))
_OPEN, _CLOSE, _DASH, _TILDE = "(（", ")）", r"\-－−", "~～"
_BREAK = rf"\s(){_OPEN[1]}{_CLOSE[1]}{_Q}，、；。！？;!?|｜"
_SKIP = re.compile(rf"(?:[\s，、；。？;?]|,(?!\d)|(?<=[^\s{_OPEN}])[!！]|[!！](?=[\s!！{_CLOSE}]|$))+")
_BARE = re.compile(rf"(?:[^{_BREAK},]|(?<=\d),(?=\d))+")
_FIELD = re.compile(r"([A-Za-z]+)[:：]")
_MINUS = re.compile(rf"[{_DASH}]+(?=[^\s{_DASH}])|[!！]")
_BARS = re.compile(r"[|｜]+")
_SLOP = re.compile(rf"[{_TILDE}](\d*)")
_IN_WORD = re.compile(rf"&&|＆＆|(?:(?<=[{HAN}])|^)(?:AND|OR|NOT|ＡＮＤ|ＯＲ|ＮＯＴ)(?=[{HAN}]|$)")
"""Operators that need no spaces around them: they touch Chinese, or are no letters."""

_COMMA = re.compile(r"[,、](?=\S)")
_NAME = re.compile(rf"[{_Q}]([^{_Q}]+)[{_Q}]|([^{_BREAK},]+)")
_DAYS = re.compile(rf"([^\s(){_OPEN[1]}{_CLOSE[1]}{_Q}，、；！？,;!?|｜]+)")
_PART = rf"[^\s{_Q}(){_OPEN[1]}{_CLOSE[1]}〔〕\[\]［］【】〈〉{{}}｛｝，、；。！？,;!?|｜]"
_IN_YEAR = rf"[〔\[［(（【〈{{｛]\s*(?:\d{{4}}|{HAN_NUMBER})\s*年?\s*[〕\]］)）】〉}}｝]"
_COUNT = rf"第?\s*(?:\d+|{HAN_NUMBER})"
_NUMBER = re.compile(
    rf"({_PART}*\s*{_IN_YEAR}\s*{_COUNT}(?:\s*[号號]|[{STARS}])?"  # 公通字〔2013〕12号
    rf"|{_PART}+?\s*{_COUNT}\s*[号號]"  # 公安部令第 12 号
    rf"|(?:[^{_BREAK},]|[(（][^\s()（）]*[)）])+)"
)
_VALUES = {"number": _NUMBER, "year": _DAYS, "date": _DAYS}
"""Field → the pattern of one value, where that is more than a word; groups hold the value without its quotes."""


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
_SIGNS = {"&": Kind.AND, "&&": Kind.AND}


def operator(word: str) -> Kind | None:
    """The operator that a word is, of whatever width."""
    plain = unicodedata.normalize("NFKC", word)
    return OPERATORS.get(plain) or _SIGNS.get(plain)


def named(field: str) -> FieldName:
    """A field as warnings name it."""
    return FieldName(field, IN_WORDS.get(field, field))


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
        elif bars := _BARS.match(self.text, self.place):
            self._add(Kind.OR, "|", bars.end())
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
        if any(star in inside for star in STARS):
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
        word = found.group() if found else self.text[self.place]
        if (inside := _IN_WORD.search(word)) and not operator(word):
            word = word[: inside.start() or inside.end()]
        self._add(operator(word) or Kind.WORD, word, self.place + len(word))

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
        if name != "title":
            self._values(name)

    def _values(self, field: str) -> None:
        """Several values with commas between them are any of these; a single name is read as any word is."""
        pattern, found = _VALUES.get(field, _NAME), list[re.Match[str]]()
        place = self.place
        while value := pattern.match(self.text, place):
            found.append(value)
            comma = _COMMA.match(self.text, value.end())
            if not comma:
                break
            place = comma.end()
        if len(found) > 1:
            self._add(Kind.OPEN, "(", self.place)
            for number, value in enumerate(found):
                if number:
                    self._add(Kind.OR, ",", value.start())
                self._value(value)
            self._add(Kind.CLOSE, ")", self.place)
        elif found and field in _VALUES:
            self._value(found[0])

    def _value(self, value: re.Match[str]) -> None:
        inside = value[value.lastindex or 0]
        self._add(Kind.WORD if inside == value[0] else Kind.PHRASE, inside, value.end())
