"""The names whose variants search knows: those of the lexicon, and what the archive has learnt since."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.db.models import Exists, OuterRef

from archive.analysis.actors import all_actors
from archive.analysis.formulations import vocabulary
from archive.models import Actor, Directive, Formulation, Occurrence
from archive.search.expansion import Families, Family, Kind

SECONDS = 60.0
"""How long names are kept before the database is asked again."""


class _Kept:
    """The families of this process, made anew when they are too old."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made = 0.0
        self._families: Families | None = None

    def get(self) -> Families:
        with self._lock:
            if self._families is None or time.monotonic() - self._made > SECONDS:
                self._families, self._made = Families(_known()), time.monotonic()
            return self._families

    def forget(self) -> None:
        with self._lock:
            self._families = None


_kept = _Kept()


def families() -> Families:
    """Everything that is known; a name that is given to the archive counts after SECONDS at the latest."""
    return _kept.get()


def forget() -> None:
    """Ask the database at the next search."""
    _kept.forget()


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
