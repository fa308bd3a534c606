"""Which documents a change of the vocabulary concerns, and what it would change in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.functions import Length

from archive.actions.rereading import live_documents
from archive.analysis.actors import key_of
from archive.analysis.phrases import finder, stem
from archive.analysis.pipeline import analyse
from archive.analysis.vocabulary import LANGUAGES, Vocabulary, difference
from archive.models import Directive
from archive.spans import Analysis

LOOKED_THROUGH = 400
"""Documents that are looked through for changed phrases, at about a megabyte a second; where more may hold one, all of
these are taken as concerned."""
WEIGHED = 30
"""Documents in which a person is shown what a change would do, before it is saved."""
WEIGHED_CHARACTERS = 400_000
"""… and how much text they have together: about ten seconds' work."""
PHRASES_ASKED = 200
"""Conditions in one question to the database."""


def concerned(one: Vocabulary, other: Vocabulary) -> list[int]:
    """Numbers of the live documents that the two vocabularies may read otherwise, the oldest first."""
    numbers: set[int] = set()
    for language in LANGUAGES:
        differing = difference(one, other, language)
        numbers |= holding(differing.cues | differing.formulations, language)
        if differing.actors:
            numbers |= naming(one, other, language)
    return sorted(numbers)


def holding(phrases: Iterable[str], language: str) -> set[int]:
    """Live documents of a language whose text has one of the phrases, in any of its forms."""
    wanted = sorted(phrases)
    numbers: set[int] = set()
    for first in range(0, len(wanted), PHRASES_ASKED):
        numbers |= holding_some(wanted[first : first + PHRASES_ASKED], language)
    return numbers


def holding_some(phrases: list[str], language: str) -> set[int]:
    asked = reduce(or_, (Q(text__icontains=beginning(phrase, language)) for phrase in phrases))
    rows = live_documents().filter(asked, language=language).order_by("pk")
    if rows.count() > LOOKED_THROUGH:
        return set(rows.values_list("pk", flat=True))
    found = finder(phrases, language)
    return {pk for pk, text in rows.values_list("pk", "text").iterator(50) if next(found.find(text), None)}


def beginning(phrase: str, language: str) -> str:
    """What every form of the phrase holds, for a first rough choice: of its longest word the part that no form changes.

    The Porter stem of a word may differ from its forms in the last two letters (happy, happi; organize, organis).
    """
    if language == "zh":
        return phrase
    longest = max((stem(word.lstrip("=")) for word in phrase.split()), key=len)
    return longest[: max(1, len(longest) - 2)]


def naming(one: Vocabulary, other: Vocabulary, language: str) -> set[int]:
    """Live documents with a directive whose actor the two vocabularies take for different ones."""
    rows = Directive.objects.filter(document__in=live_documents(), document__language=language, retired_at=None)
    named = rows.exclude(actor_text="").order_by()
    texts = named.values_list("actor_text", flat=True).distinct()
    moved = [text for text in texts if key_of(text, language, one) != key_of(text, language, other)]
    return set(named.filter(actor_text__in=moved).values_list("document_id", flat=True))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would do to one document: key of a theme, actor or formulation → how many more, or fewer.

    `gains` and `loses` are themes of the document itself.
    """

    document: int
    title: str
    gains: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()
    directives: dict[str, int] = field(default_factory=dict)
    actors: dict[str, int] = field(default_factory=dict)
    formulations: dict[str, int] = field(default_factory=dict)

    @property
    def is_something(self) -> bool:
        return bool(self.gains or self.loses or self.directives or self.actors or self.formulations)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a change would do: to the documents that were weighed, of those that it concerns."""

    concerned: int
    weighed: int
    effects: tuple[Effect, ...]

    @property
    def is_whole(self) -> bool:
        return self.weighed == self.concerned


def outlook(numbers: list[int], one: Vocabulary, other: Vocabulary) -> Outlook:
    """Read the first of the documents that a change concerns with the words as they are and as they would be."""
    weighed = list(weighable(numbers))
    return Outlook(len(numbers), len(weighed), tuple(effects_on(weighed, one, other)))


def effects_on(numbers: list[int], one: Vocabulary, other: Vocabulary) -> Iterator[Effect]:
    """What changes in these documents; those in which nothing does are left out."""
    for pk, title, text in live_documents().filter(pk__in=numbers).order_by("pk").values_list("pk", "title", "text"):
        found = effect(pk, title, text, one, other)
        if found.is_something:
            yield found


def weighable(numbers: list[int]) -> Iterator[int]:
    """The first of the documents that together are not too long; always one at least."""
    characters = 0
    rows = live_documents().filter(pk__in=numbers[:WEIGHED]).order_by("pk")
    for place, (pk, length) in enumerate(rows.values_list("pk", Length("text"))):
        characters += length
        if place and characters > WEIGHED_CHARACTERS:
            return
        yield pk


def effect(pk: int, title: str, text: str, one: Vocabulary, other: Vocabulary) -> Effect:
    before, after = analyse(text, one), analyse(text, other)
    had, has = ({theme.key for theme in found.themes} for found in (before, after))
    return Effect(
        document=pk,
        title=title,
        gains=tuple(sorted(has - had)),
        loses=tuple(sorted(had - has)),
        directives=moved(themes_told(before), themes_told(after)),
        actors=moved(actors_told(before), actors_told(after)),
        formulations=moved(formulations_used(before), formulations_used(after)),
    )


def themes_told(found: Analysis) -> set[tuple[str, int]]:
    return {(theme.key, each.span.start) for each in found.directives for theme in each.themes}


def actors_told(found: Analysis) -> set[tuple[str, int]]:
    return {(each.actor_key, each.span.start) for each in found.directives if each.actor_key}


def formulations_used(found: Analysis) -> set[tuple[str, int]]:
    return {(each.key, each.span.start) for each in found.formulations if each.key}


def moved(before: set[tuple[str, int]], after: set[tuple[str, int]]) -> dict[str, int]:
    """Key → how many more there are; keys without a change are left out."""
    more = Counter(key for key, _ in after - before)
    more.subtract(Counter(key for key, _ in before - after))
    return {key: number for key, number in sorted(more.items()) if number}
