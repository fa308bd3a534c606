"""Fields of forms for what stands in addresses: names, wordings, years and numbers of pages."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from archive.reader.queries import UNDATED
from archive.search.query import CHARACTERS

UNREADABLE = "\ufffd"
MOST_NAMES = 50
DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


class SharedFields(dict[str, forms.Field]):
    """The fields of a kind of form. They keep nothing of a request, so Django's copies for each would be the same."""

    def __deepcopy__(self, memo: object) -> SharedFields:
        return self


class SharingFields(DeclarativeFieldsMetaclass):
    """Makes a kind of form all of whose forms share their fields."""

    def __new__(mcs, *declared: Any, **options: Any) -> SharingFields:
        kind: Any = super().__new__(mcs, *declared, **options)
        kind.base_fields = kind.declared_fields = SharedFields(kind.base_fields)
        return kind


class NamesField(forms.Field):
    """Slugs or keys: the parameter may be repeated, and may hold several with commas between them."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> tuple[str, ...]:
        names = (name.strip() for part in value or () for name in str(part).split(","))
        return tuple(dict.fromkeys(name for name in names if name))[:MOST_NAMES]


class FormsField(forms.Field):
    """Wordings as they stand, commas and all: the parameter may be repeated."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(form)[:CHARACTERS] for form in value or () if form))[:MOST_NAMES]


class QueryField(forms.Field):
    """A question as typed; what cannot be searched for in it is said by the search. No text has null characters."""

    def to_python(self, value: Any) -> str:
        return str(value or "").strip().replace("\x00", UNREADABLE)


class YearField(forms.Field):
    """A year, or a date that is cut to its year; None where none is given."""

    def to_python(self, value: Any) -> int | str | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            if DATE.fullmatch(text):
                return date.fromisoformat(f"{text}-01-01"[:10]).year
        except ValueError:
            pass
        message = _("“%(value)s” is not a year like 2017; it was left out.")
        raise forms.ValidationError(message, params={"value": shown(text)})


class YearOrNoneField(YearField):
    """A year, or `UNDATED` for what has no date."""

    def to_python(self, value: Any) -> int | str | None:
        return UNDATED if str(value or "").strip() == UNDATED else super().to_python(value)


class NumberField(forms.Field):
    """A whole number, from 1 or another `least` on; `refused` says what a value is not, and what is shown instead."""

    def __init__(self, refused: Any, least: int = 1) -> None:
        super().__init__(required=False)
        self._refused, self._least = refused, least

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if text.isdecimal() and len(text) < 10 and int(text) >= self._least:
            return int(text)
        raise forms.ValidationError(self._refused, params={"value": shown(text)})


class PageField(forms.Field):
    """The number of a page, from 1."""

    def to_python(self, value: Any) -> int:
        text = str(value or "").strip()
        if not text:
            return 1
        if text.isdecimal() and len(text) < 10 and int(text) > 0:
            return int(text)
        message = _("“%(value)s” is not the number of a page; this is the first one.")
        raise forms.ValidationError(message, params={"value": shown(text)})


def shown(value: str) -> str:
    """What a reader typed, short enough to be repeated in a message."""
    return Truncator(value).chars(60)
