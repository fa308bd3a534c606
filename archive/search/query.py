"""The query language: text → tree, with a warning for whatever could not be taken as typed.

    words            all must occur, in any English form       "exact phrase"    exactly so
    a OR b, a AND b  either, both                              NOT a, -a         without it
    ( … )            a group                                   prefix*           a word that begins so
    "a b"~5          near each other                           field:value       see `lexing.FIELDS`
    year:2008..2013, date:2009-03..                            ranges, open at either end
    lang:en,zh       any of several values

Operators are written in capitals, or as the signs | & !. Nothing a reader types raises an exception or is dropped in
silence.
"""

from __future__ import annotations

import re

from archive.search.finding import near_parts
from archive.search.lexing import STARS, Kind, Lexeme, Lexer
from archive.search.page import QueryWarning
from archive.search.tokens import tokens, units
from archive.search.tree import (
    And,
    InTitle,
    Near,
    Node,
    Not,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    Word,
    Words,
    joined,
)
from archive.search.values import Values
from archive.spans import Span

CHARACTERS = 800
"""Of a whole query: as an address, percent signs and all, so many Chinese ones still fit into what servers take.

Boxes take a few more, so that what is pasted is refused with a reason, and not cut in silence."""
UNREADABLE = "\x00\ufffd"
"""What stands in a query whose characters were broken on the way here."""
TERMS = 24
DEPTH = 6
PREFIX = 2
PREFIXES = 8
SLOP = 50
_TILDE = re.compile(r"[~～]\d*$")


def parse(text: str) -> ParsedQuery:
    """Read a query. Bounded by CHARACTERS, TERMS, PREFIXES and DEPTH, so that no query can hold up the server."""
    if why := refusal(text):
        return ParsedQuery(text, None, (why,), refused=True)
    lexer = Lexer(text)
    parser = _Parser(lexer.run(), lexer.warnings)
    tree = parser.run()
    warnings = sorted(parser.warnings, key=lambda warning: warning.span or Span(0, 0))
    once = {warning.message: warning for warning in reversed(warnings)}
    return ParsedQuery(text, tree, tuple(reversed(once.values())))


def refusal(text: str) -> QueryWarning | None:
    """Why a query is not searched for at all: half of it would find something else than what was asked for."""
    if len(text) > CHARACTERS:
        told = (("length", len(text)), ("limit", CHARACTERS))
        return QueryWarning(
            "The query has %(length)s characters, and at most %(limit)s can be searched for. Shorten it.", None, told
        )
    if any(character in text for character in UNREADABLE):
        return QueryWarning("The query has a character that cannot be read (�). Take it out, or type it anew.")
    return None


class _Parser:
    """Recursive descent over lexemes whose brackets have been balanced before."""

    def __init__(self, lexemes: list[Lexeme], warnings: list[QueryWarning]) -> None:
        self.warnings = warnings
        self._values = Values(warnings)
        self.place = 0
        self.terms = 0
        self.prefixes = 0
        self.lexemes = self._balanced(lexemes)

    def warn(self, template: str, span: Span, **values: object) -> None:
        self.warnings.append(QueryWarning(template, span, tuple(values.items())))

    def run(self) -> Node | None:
        return self._either(None)

    def _balanced(self, lexemes: list[Lexeme]) -> list[Lexeme]:
        """The lexemes without brackets that are too deep or closed without being open, the open ones closed."""
        kept: list[Lexeme] = []
        opened: list[Lexeme] = []
        for lexeme in lexemes:
            if lexeme.kind is Kind.OPEN:
                opened.append(lexeme)
                if len(opened) == DEPTH + 1:
                    self.warn(
                        "Brackets are nested more than %(limit)s deep; the inner ones were ignored.",
                        lexeme.span,
                        limit=DEPTH,
                    )
                if len(opened) > DEPTH:
                    continue
            elif lexeme.kind is Kind.CLOSE:
                if not opened:
                    self.warn("A closing bracket has no opening one; it was ignored.", lexeme.span)
                    continue
                opened.pop()
                if len(opened) >= DEPTH:
                    continue
            kept.append(lexeme)
        if opened:
            self.warn("An opening bracket has no end; it was closed at the end of the query.", opened[-1].span)
            kept += [Lexeme(Kind.CLOSE, ")", lexeme.span) for lexeme in opened[:DEPTH]]
        return kept

    def _peek(self) -> Lexeme | None:
        return self.lexemes[self.place] if self.place < len(self.lexemes) else None

    def _take(self, kind: Kind) -> Lexeme | None:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind is not kind:
            return None
        self.place += 1
        return lexeme

    def _either(self, field: str | None) -> Node | None:
        first, sides, operators = self._peek(), [self._side(field)], list[Lexeme]()
        while sign := self._take(Kind.OR):
            operators.append(sign)
            sides.append(self._side(field))
        if operators:
            self._check_sides([typed for _part, typed in sides], operators)
        kept = tuple(part for part, _typed in sides if part is not None)
        if first and len(kept) > 1 and any(isinstance(part, And) for part in kept):
            self.warn(
                "AND binds closer than OR: “a b OR c” was understood as “(a b) OR c”. Use brackets to group otherwise.",
                first.span,
            )
        return joined(Or, kept)

    def _side(self, field: str | None) -> tuple[Node | None, bool]:
        """One side of an OR, and whether anything was typed there."""
        start = self.place
        return self._all(field), self.place > start

    def _check_sides(self, typed: list[bool], operators: list[Lexeme]) -> None:
        """Each OR has something on both sides; where several have nothing between them, it is said once."""
        if not any(typed):
            self.warn("OR has nothing on either side; it was ignored.", operators[0].span)
            return
        if not typed[0]:
            self.warn("OR has nothing on its left; it was ignored.", operators[0].span)
        for sign, side in zip(operators, typed[1:], strict=True):
            if not side:
                self.warn("OR has nothing on its right; it was ignored.", sign.span)

    def _all(self, field: str | None) -> Node | None:
        parts: list[Node] = []
        joint: Lexeme | None = None
        while (lexeme := self._peek()) and lexeme.kind not in (Kind.OR, Kind.CLOSE):
            if operator := self._take(Kind.AND):
                if joint or not parts:
                    self.warn("AND has nothing on its left; it was ignored.", operator.span)
                joint = operator
                continue
            part = self._signed(field)
            if part is not None:
                parts.append(part)
                joint = None
        if joint and parts:
            self.warn("AND has nothing on its right; it was ignored.", joint.span)
        return joined(And, tuple(parts))

    def _signed(self, field: str | None) -> Node | None:
        negated, sign = False, None
        while operator := self._take(Kind.NOT):
            negated, sign = not negated, operator
        following = self._peek()
        if sign and (following is None or following.kind in (Kind.AND, Kind.OR, Kind.CLOSE)):
            self.warn("NOT has nothing after it; it was ignored.", sign.span)
            return None
        part = self._operand(field)
        return Not(part) if negated and part is not None else part

    def _operand(self, field: str | None) -> Node | None:
        lexeme = self.lexemes[self.place]
        self.place += 1
        if lexeme.kind is Kind.OPEN:
            start = self.place
            inside = self._either(field)
            empty = self.place == start
            self._take(Kind.CLOSE)
            if empty:
                self.warn("Between brackets there is nothing to search for; they were ignored.", lexeme.span)
            return inside
        if lexeme.kind is Kind.FIELD:
            return self._valued(lexeme)
        return self._leaf(lexeme, field)

    def _valued(self, field: Lexeme) -> Node | None:
        following = self._peek()
        touches = following is not None and following.span.start == field.span.end
        if not touches or following is None or following.kind not in (Kind.WORD, Kind.PHRASE, Kind.OPEN):
            self.warn("“%(field)s:” has no value after it; it was ignored.", field.span, field=field.text)
            return None
        return self._operand(field.text)

    def _leaf(self, lexeme: Lexeme, field: str | None) -> Node | None:
        words = field in (None, "title")
        leaf = self._words(lexeme) if words else self._values.condition(lexeme, field or "")
        if leaf is None:
            return None
        self.terms += 1
        if self.terms > TERMS:
            if self.terms == TERMS + 1:
                self.warn(
                    "More than %(limit)s words; this one and those after it were ignored.", lexeme.span, limit=TERMS
                )
            return None
        return InTitle(leaf) if field == "title" and isinstance(leaf, Words) else leaf

    def _words(self, lexeme: Lexeme) -> Words | None:
        if not units(lexeme.text):
            self.warn("“%(text)s” has neither letters nor digits; it was ignored.", lexeme.span, text=lexeme.text)
            return None
        if lexeme.kind is Kind.PHRASE:
            return self._phrase(lexeme)
        text = lexeme.text
        self._check_small(text, lexeme.span)
        if _TILDE.search(text):
            self.warn("~ works after quotes only; it was ignored.", lexeme.span)
        if any(star in text for star in STARS):
            return self._starred(lexeme)
        return Word(text, lexeme.span)

    def _check_small(self, word: str, span: Span) -> None:
        """Operators in small letters are words."""
        match word:
            case "or":
                self.warn("“or” was searched for as a word; OR in capitals means either of two.", span)
            case "and":
                self.warn("“and” was searched for as a word; all words must occur without it, or with AND.", span)
            case "not":
                self.warn("“not” was searched for as a word; NOT in capitals leaves out what follows.", span)

    def _phrase(self, lexeme: Lexeme) -> Phrase | Near:
        if lexeme.slop is None:
            return Phrase(lexeme.text, lexeme.span)
        if lexeme.slop > SLOP:
            self.warn(
                "~%(slop)s is too far; at most %(limit)s words between were allowed.",
                lexeme.span,
                slop=lexeme.slop,
                limit=SLOP,
            )
        if sum(part.length for part in near_parts(lexeme.text)) < sum(1 for _ in tokens(lexeme.text)):
            self.warn("A word stands twice before ~: it was looked for once.", lexeme.span)
        return Near(lexeme.text, min(lexeme.slop, SLOP), lexeme.span)

    def _starred(self, lexeme: Lexeme) -> Word | Prefix:
        stem = lexeme.text.lstrip(STARS)
        cut = min(index for star in STARS if (index := f"{stem}{STARS}".find(star)) >= 0)
        stem, rest = stem[:cut], stem[cut:].strip(STARS)
        found = units(stem)
        if not found:
            self.warn("A * works at the end of a word only; searched for the words without it.", lexeme.span)
            return Word(lexeme.text.translate({ord(star): " " for star in STARS}), lexeme.span)
        if stem.strip() != lexeme.text.rstrip(STARS) or rest:
            self.warn("A * works at the end of a word only; searched for “%(stem)s*”.", lexeme.span, stem=stem)
        last = found[-1]
        if not last.han and len(last.text) < PREFIX:
            self.warn(
                "Before * at least %(limit)s letters are needed; searched for the word “%(stem)s” instead.",
                lexeme.span,
                limit=PREFIX,
                stem=stem,
            )
            return Word(stem, lexeme.span)
        self.prefixes += 1
        if self.prefixes > PREFIXES:
            if self.prefixes == PREFIXES + 1:
                self.warn(
                    "More than %(limit)s words with *; this one and those after it were searched for without it.",
                    lexeme.span,
                    limit=PREFIXES,
                )
            return Word(stem, lexeme.span)
        return Prefix(stem, lexeme.span)
