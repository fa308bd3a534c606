"""The help page for searching; what it says stands in `search_help.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.models.sources import in_language
from archive.search import query

LIMITS = {
    "characters": query.CHARACTERS,
    "terms": query.TERMS,
    "prefixes": query.PREFIXES,
    "letters": query.PREFIX,
    "depth": query.DEPTH,
    "slop": query.SLOP,
}
DATA = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages of the interface."""

    en: str
    zh: str

    def __str__(self) -> str:
        return in_language(self.en, self.zh)


@dataclass(frozen=True, slots=True)
class Text:
    """A founding document: its file, and how the page calls it."""

    file: str
    name: Words


@dataclass(frozen=True, slots=True)
class Operator:
    """An example of an operator: what to write, what it means, and what it finds in the founding documents.

    `finds` are all the documents that it finds if `all_found`, else some; `marks` are words that are marked in them.
    """

    write: str
    means: Words
    finds: tuple[Text, ...]
    all_found: bool
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    title: Words
    operators: tuple[Operator, ...]


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    return render(request, "search_help.html", {"groups": groups(), "limits": LIMITS})


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    """The page, from its data."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    texts = {key: Text(text["file"], Words(text["en"], text["zh"])) for key, text in data["texts"].items()}
    return tuple(
        Group(Words(**group["title"]), tuple(operator(row, texts) for row in group["operators"]))
        for group in data["groups"]
    )


def operator(row: Mapping[str, Any], texts: Mapping[str, Text]) -> Operator:
    found: Sequence[str] = row["finds"] if "finds" in row else row["among"]
    return Operator(
        row["write"],
        Words(**row["means"]),
        tuple(texts[key] for key in found),
        "finds" in row,
        tuple(row.get("marks", ())),
    )
