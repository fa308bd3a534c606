"""The Whoosh schema, made from the Haystack index classes, and rows for it.

A Haystack text field `f` becomes three Whoosh fields with common positions: `f` (English stems), `f_exact` (words as
they stand) and `f_han` (Han characters, single and in pairs). Multi-valued fields become keywords, numbers and dates
become columns.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from haystack.fields import SearchField
from whoosh.fields import Schema

from archive.folding import fold
from archive.search.arrays.fields import Bytes, Keywords, Number, Occurrences, Runs, Text
from archive.search.arrays.segments import Making
from archive.search.tokens import TOKENIZER_VERSION, occurrences, stem

SCHEMA_VERSION = 4
"""Raise it when rows are written differently under the same field names: every index is then built anew."""

EXACT, HAN, SORT = "_exact", "_han", "_sort"
KEY = "document_key"
"""The field by which the rows of a document are replaced."""
MODEL = "django_ct"
"""The field that says of which model a row is, by Haystack's name for it."""

NUMBERS = ("integer", "date")
NONE = 0
"""What a column of numbers keeps for a row that has none."""
NOWHERE = -1
"""The default of a column whose rows all have a number, which none of them has."""


def kind(field: SearchField) -> str:
    """What a Haystack field is here: text, keywords or number."""
    if field.is_multivalued:
        return "keywords"
    if field.field_type in NUMBERS:
        return "number"
    return "text"


def build(searchfields: dict[str, SearchField]) -> Schema:
    """The Whoosh schema for Haystack's fields."""
    built = Schema(pk=Number())
    built.add(KEY, Keywords())
    built.add(MODEL, Keywords())
    for name, field in searchfields.items():
        if kind(field) == "keywords":
            built.add(name, Keywords())
        elif kind(field) == "number":
            built.add(name, Number(NONE if field.null else NOWHERE))
        else:
            for part in (name, name + EXACT, name + HAN):
                built.add(part, Text())
            if not field.document:
                built.add(name + SORT, Bytes())
    return built


def making(searchfields: dict[str, SearchField]) -> Making:
    """How rows are made into segments: stems of words, the sections of a document side by side."""
    texts = [name for name, field in searchfields.items() if kind(field) == "text"]
    return Making({name: (name + EXACT, stem) for name in texts}, together="document")


def fingerprint(searchfields: dict[str, SearchField]) -> str:
    """Changes when an index made before can no longer be used."""
    described = {name: [kind(field), bool(field.document)] for name, field in sorted(searchfields.items())}
    parts = [SCHEMA_VERSION, TOKENIZER_VERSION, described]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Makes prepared rows into the keyword arguments of a Whoosh writer."""

    keywords: tuple[str, ...]
    numbers: tuple[str, ...]
    bodies: tuple[str, ...]
    labels: tuple[str, ...]
    """texts that all rows of a document have in common, such as its title"""

    @classmethod
    def of(cls, searchfields: dict[str, SearchField]) -> RowMaker:
        kinds: dict[str, list[str]] = {"keywords": [], "number": [], "text": [], "label": []}
        for name, field in searchfields.items():
            of_kind = kind(field)
            kinds["label" if of_kind == "text" and not field.document else of_kind].append(name)
        return cls(tuple(kinds["keywords"]), tuple(kinds["number"]), tuple(kinds["text"]), tuple(kinds["label"]))

    def __call__(self, prepared: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {name: prepared[name] for name in self.keywords}
        made["pk"] = prepared["django_id"]
        made[KEY] = (str(prepared["document"]),)
        made[MODEL] = (prepared[MODEL],)
        for name in self.numbers:
            made[name] = number(prepared[name])
        for name in self.bodies:
            made[name + EXACT], made[name + HAN] = text(prepared[name])
        for name in self.labels:
            made[name + EXACT], made[name + HAN], made[name + SORT] = label(prepared[name])
        return made


def text(value: str) -> tuple[Occurrences | None, Runs | None]:
    words, han = occurrences(value)
    return Occurrences(*words) if words[0] else None, Runs(*han) if han[0] else None


@lru_cache(maxsize=8)
def label(value: str) -> tuple[Occurrences | None, Runs | None, bytes]:
    """The words, Han characters and sorting key of a short text; the rows of a document follow each other."""
    return *text(value), fold(value).text.strip().encode()


def number(value: int | date | None) -> int:
    """A number or a day as a column keeps it: days as 20090312, nothing as 0."""
    if value is None:
        return NONE
    if isinstance(value, date):
        return value.year * 10000 + value.month * 100 + value.day
    return int(value)
