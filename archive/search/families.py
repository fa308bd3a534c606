"""The names whose variants search knows: those of the lexicon, and what the archive has learnt since."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from django.db.models import Exists, OuterRef

from archive.analysis.actors import all_actors
from archive.analysis.formulations import vocabulary
from archive.models import Actor, Directive, Formulation, Occurrence
from archive.search.expansion import Families, Family, Kind

SECONDS = 60.0
"""How long names are kept before the database is asked again."""


def families() -> Families:
    """Everything that is known; a name that is new to the archive counts after SECONDS at the latest."""
    return made_in(int(time.monotonic() / SECONDS))


@lru_cache(maxsize=1)
def made_in(period: int) -> Families:
    """The names as they were when they were first asked for in a period of SECONDS."""
    return Families(_known())


def _known() -> Iterator[Family]:
    formulations = {entry.key: [*entry.forms("en"), *entry.forms("zh")] for entry in vocabulary()}
    for slug, *texts, variants in _formulations():
        formulations.setdefault(slug, []).extend([text for text in (*texts, *variants) if text])
    actors = {entry.key: _names(entry.name_en, entry.name_zh, *entry.aliases.values()) for entry in all_actors()}
    for slug, english, chinese, aliases in _actors():
        actors.setdefault(slug, []).extend(_names(english, chinese, aliases))
    yield from (Family(Kind.SPELLING, forms) for forms in spellings())
    yield from (Family(Kind.FORMULATION, tuple(dict.fromkeys(forms))) for forms in formulations.values())
    yield from (Family(Kind.ACTOR, tuple(dict.fromkeys(forms))) for forms in actors.values())


def _names(english: str, chinese: str, *aliases: list[str] | tuple[str, ...]) -> list[str]:
    return [name for name in (english, chinese, *(alias for each in aliases for alias in each)) if name]


@cache
def spellings() -> tuple[tuple[str, ...], ...]:
    """Numbers that people and translations spell in several ways."""
    path = Path(__file__).parent / "lexicon" / "spellings.json"
    return tuple(tuple(forms) for forms in json.loads(path.read_text(encoding="utf-8")))


def _formulations() -> list[tuple[str, str, str, list[str]]]:
    """Those that a published document uses: what is not published must not show in a suggestion."""
    used = Exists(Occurrence.objects.public().filter(formulation=OuterRef("pk")))
    return list(Formulation.objects.filter(used).values_list("slug", "text_en", "text_zh", "variants"))


def _actors() -> list[tuple[str, str, str, list[str]]]:
    told = Exists(Directive.objects.public().filter(actor=OuterRef("pk")))
    return list(Actor.objects.filter(told).values_list("slug", "name_en", "name_zh", "aliases"))
