"""Rows of vocabularies with their numbers, most first or by name, and the letters that a list by name has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from django.db.models import Model

from archive.models import Actor, Source, Theme
from archive.reader import counts, queries
from archive.reader.kept import kept
from archive.reader.matrices import address

M = TypeVar("M", bound=Model)
OTHER_LETTERS = "#"
HAN = "中"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with what is counted of it, and where the number leads."""

    row: Any
    count: Any
    href: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A first letter, how many names have it, and the address of the list with these alone."""

    letter: str
    number: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme, with the numbers of its published documents and public directives."""

    row: Theme
    documents: int
    directives: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive holds, in numbers; the years are None where no document has a date."""

    documents: int
    sections: int
    directives: int
    first: int | None
    last: int | None


def themes_counted(state: str) -> list[ThemeEntry]:
    """The themes in use, in their order; `state` is that of the corpus."""
    documents, directives = documents_by_theme(state), kept(state, counts.directives_by_theme)
    return [ThemeEntry(theme, documents.get(theme.pk, 0), directives.get(theme.pk, 0)) for theme in queries.themes()]


def documents_by_theme(state: str) -> Counter[int]:
    """Theme → its published documents."""
    found: Counter[int] = Counter()
    for (theme, _year), number in kept(state, counts.documents_by_theme_and_year).items():
        found[theme] += number
    return found


def holdings(state: str) -> Holdings:
    years = kept(state, counts.documents_by_year)
    dated = [year for year in years if year is not None]
    return Holdings(
        sum(years.values()),
        kept(state, counts.sections),
        kept(state, counts.directives),
        min(dated, default=None),
        max(dated, default=None),
    )


def actors_counted(state: str) -> list[Entry]:
    """All actors that are told something, most directives first."""
    told = kept(state, counts.directives_by_actor)
    return most(Actor, told, len(told), lambda actor: address("directives", actor=actor.slug))


def largest_sources(state: str, shown: int) -> list[Entry]:
    """The sources with most published documents."""
    numbers = {key: of.documents for key, of in kept(state, counts.documents_by_source).items()}
    return most(Source, numbers, shown, Source.get_absolute_url)


def sources_named(state: str) -> list[Source]:
    """All sources of published documents, by name."""
    return sorted(Source.objects.in_bulk(kept(state, counts.documents_by_source)).values(), key=str)


def most(model: type[M], counts: Mapping[int, int], shown: int, href: Callable[[Any], str]) -> list[Entry]:
    """The rows with the highest counts, at most `shown` of them; of equal ones the older row first."""
    chosen = sorted(counts, key=lambda key: (-counts[key], key))[:shown]
    rows = model._default_manager.in_bulk(chosen)
    return [Entry(rows[key], counts[key], href(rows[key])) for key in chosen if key in rows]


def initial(name: str) -> str:
    """The letter that a name is filed under: A to Z, one for Chinese names, and one for all others."""
    first = name[:1].upper()
    if "A" <= first <= "Z":
        return first
    return HAN if "㐀" <= first <= "鿿" else OTHER_LETTERS


def letters(names: Iterable[str], chosen: str, href: Callable[[str], str]) -> list[Letter]:
    """The first letters of the names in order; the address of the chosen one leads back to all."""
    found = groupby(sorted(map(initial, names), key=filed), key=lambda letter: letter)
    return [
        Letter(letter, len(list(members)), href("" if letter == chosen else letter), letter == chosen)
        for letter, members in found
    ]


def filed(letter: str) -> tuple[int, str]:
    """The order of letters: A to Z, other signs, Chinese."""
    return {OTHER_LETTERS: 1, HAN: 2}.get(letter, 0), letter
