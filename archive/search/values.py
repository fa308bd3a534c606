"""Values of fields → conditions, forgiving of the ways in which days and document numbers are written."""

from __future__ import annotations

import re

from archive.analysis.numerals import HAN_NUMBER, han
from archive.search.days import period
from archive.search.lexing import STARS, Kind, Lexeme, named
from archive.search.page import QueryWarning
from archive.search.tokens import number_key, units
from archive.search.tree import FieldBetween, FieldIs, Node, Or, joined

_COUNTED = re.compile(rf"{HAN_NUMBER}(?=\s*[〕\]］)）】年号號])")


class Values:
    """Reads values; what it cannot take as typed is added to `warnings`."""

    def __init__(self, warnings: list[QueryWarning]) -> None:
        self._warnings = warnings

    def warn(self, template: str, lexeme: Lexeme, **values: object) -> None:
        self._warnings.append(QueryWarning(template, lexeme.span, tuple(values.items())))

    def condition(self, lexeme: Lexeme, field: str) -> Node | None:
        """What a value of a field asks for; None where it asks for nothing."""
        text = lexeme.text.strip()
        if field in ("year", "date"):
            return self._between(field, text, lexeme)
        if field == "number":
            return self._number(text, lexeme)
        if units(text):
            return FieldIs(field, text, lexeme.span, whole=lexeme.kind is Kind.PHRASE)
        self.warn("“%(text)s” is no value for %(field)s; it was ignored.", lexeme, text=text, field=named(field))
        return None

    def _number(self, text: str, lexeme: Lexeme) -> Node | None:
        """A document number, with Chinese numerals as they stand and as digits; with a star, all that begin so."""
        digits = _COUNTED.sub(lambda found: str(han(found.group()) or found.group()), text)
        if text and text[-1] in STARS and (beginning := _beginning(digits.rstrip(STARS))):
            return FieldIs("number", beginning + STARS[0], lexeme.span)
        keys = [key for key in dict.fromkeys(map(number_key, (digits, text))) if key]
        if not keys:
            self.warn(
                "“%(text)s” is not a document number like 公通字〔2013〕12号 or 公通字*; it was ignored.",
                lexeme,
                text=text,
            )
            return None
        meant = tuple(FieldIs("number", key, lexeme.span) for key in keys)
        return joined(Or, meant)

    def _between(self, field: str, text: str, lexeme: Lexeme) -> FieldBetween | None:
        found = period(text)
        if found is None:
            self._no_period(field, text, lexeme)
            return None
        if found.turned:
            self.warn("The range runs backwards; it was turned round.", lexeme)
        if field == "date":
            return FieldBetween(field, found.low or None, found.high or None, lexeme.span)
        if not found.whole_years:
            self.warn("“year:” takes whole years, which were searched for; “date:” takes months and days.", lexeme)
        return FieldBetween(field, found.low[:4] or None, found.high[:4] or None, lexeme.span)

    def _no_period(self, field: str, text: str, lexeme: Lexeme) -> None:
        if field == "year":
            self.warn("“%(text)s” is not a year like 2008 or 2008..2013; it was ignored.", lexeme, text=text)
        else:
            self.warn(
                "“%(text)s” is not a date like 2009-03, 2009-03-05 or 2009-03..2010; it was ignored.", lexeme, text=text
            )


def _beginning(text: str) -> str:
    """The key that all numbers begin with which begin with a text: 公通字〔2013〕1 → 公通字-2013-1; "" for none."""
    return number_key(f"{text}0")[:-1]
