"""The vocabulary that texts are read with now: the lexicon with the phrases that administrators changed over it."""

from __future__ import annotations

from dataclasses import astuple
from functools import lru_cache
from typing import Any

from archive.analysis.vocabulary import LEXICON, Edit, Edits, Kind, Vocabulary, edited
from archive.models import Actor, Formulation, Phrase, Theme, VocabularyChange

KEPT = 4
"""Vocabularies that are kept ready; all but the newest are those of readings that are under way."""


def current_vocabulary() -> Vocabulary:
    """One small query where nothing has changed since the last call in this process."""
    newest = VocabularyChange.objects.values_list("token", flat=True).first()
    return vocabulary_of(str(newest)) if newest else LEXICON


@lru_cache(maxsize=KEPT)
def vocabulary_of(version: str) -> Vocabulary:
    return edited(LEXICON, edits(), version)


def edits() -> Edits:
    """Every change that stands in the database."""
    return Edits(phrases=tuple(phrases()), themes=themes_in_order(), gone=frozenset(gone()))


def packed(found: Edits) -> dict[str, Any]:
    """The edits as JSON, for a job."""
    return {"phrases": [astuple(one) for one in found.phrases], "themes": [*found.themes], "gone": [*found.gone]}


def unpacked(data: dict[str, Any]) -> Edits:
    return Edits(
        phrases=tuple(Edit(*one) for one in data["phrases"]),
        themes=tuple(data["themes"]),
        gone=frozenset((kind, key) for kind, key in data["gone"]),
    )


def phrases() -> list[Edit]:
    rows = Phrase.objects.select_related("theme", "actor", "formulation").order_by("pk")
    return [
        Edit(*kind_and_key(row), row.language, row.words, weight=row.weight or 0.0, taken_out=row.taken_out)
        for row in rows
    ]


def kind_and_key(row: Phrase) -> tuple[Kind, str]:
    if row.theme:
        return "theme", row.theme.key
    if row.actor:
        return "actor", row.actor.slug
    if row.formulation:
        return "formulation", row.formulation.slug
    raise ValueError(f"phrase {row.pk} is of nothing")


def themes_in_order() -> tuple[str, ...]:
    return tuple(Theme.objects.order_by("order", "key").values_list("key", flat=True))


def gone() -> list[tuple[Kind, str]]:
    themes = Theme.objects.filter(retired=True).values_list("key", flat=True)
    actors = Actor.objects.exclude(merged_into=None).values_list("slug", flat=True)
    formulations = Formulation.objects.exclude(merged_into=None).values_list("slug", flat=True)
    return [
        *(("theme", key) for key in themes),
        *(("actor", slug) for slug in actors),
        *(("formulation", slug) for slug in formulations),
    ]
