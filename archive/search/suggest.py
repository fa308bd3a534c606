"""Suggestions while a reader types: names and phrases that occur in published documents, from a list in memory.

A list is made at most every REST seconds when documents have changed, and at once when one was withdrawn, so that what
is no longer published is suggested no longer. A look-up is bisections, and one pass over the numbers between.
"""

from __future__ import annotations

import re
import threading
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
from django.db.models import Count, Max

from archive.folding import HAN, fold
from archive.models import Actor, Directive, Document, DocumentTheme, Occurrence, OutboxEntry, Theme

SHOWN = 10
LOOKED_AT = 8 * SHOWN
REST = 60.0
TITLES = 10_000
PHRASES = 10_000
"""Titles (the newest) and wordings of formulations (those in most documents) that a list holds."""
STARTS = 12
"""Words of a name, or Chinese characters, at which what is typed may begin."""
KEY = 40
"""Characters of what is typed that count."""

_WORD = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:'[^\W_{HAN}]+)*")
_HAN = re.compile(f"[{HAN}]")
_QUOTES = re.compile('["“”„‟＂«»「」『』〝〞]')


class Kind(StrEnum):
    """What a suggestion is, in the order in which equals are shown."""

    FORMULATION = "formulation"
    THEME = "theme"
    ACTOR = "actor"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name, the query that finds it, and in how many documents (an actor: directives) it is."""

    text: str
    query: str
    kind: Kind
    count: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """What a list was made from: the last change that was announced, and the last withdrawal."""

    changed: int | None
    withdrawn: datetime | None


class Suggestions:
    """The names in the order of their weight, and the beginnings of them all, and of their first words, sorted."""

    def __init__(self, found: Iterable[Suggestion]) -> None:
        self._all = sorted(found, key=lambda each: (_RANK[each.kind], -each.count, len(each.text)))
        self._whole = _Beginnings((next(keys(each.text), ""), number) for number, each in enumerate(self._all))
        self._words = _Beginnings((key, number) for number, each in enumerate(self._all) for key in keys(each.text))

    def __len__(self) -> int:
        return len(self._all)

    def beginning(self, typed: str) -> list[Suggestion]:
        """The best SHOWN of the names that begin so, and after them of those that have a word that does."""
        start = next(keys(typed), "")
        if not start:
            return []
        numbers = [*self._whole.first(start), *self._words.first(start)]
        named: dict[str, Suggestion] = {}
        for number in numbers:
            named.setdefault(self._all[number].query, self._all[number])
        return list(named.values())[:SHOWN]


class _Beginnings:
    """Sorted keys with the numbers of the names that they are of."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        made = sorted(pairs)
        self._keys = [key for key, _ in made]
        self._numbers = np.array([number for _, number in made], dtype=np.int32)

    def first(self, start: str) -> list[int]:
        """The lowest numbers of the keys that begin so, in rising order: more than are shown, for some are alike."""
        low = bisect_left(self._keys, start)
        here = self._numbers[low : bisect_left(self._keys, f"{start}\U0010ffff", low)]
        if len(here) > LOOKED_AT:
            here = np.partition(here, LOOKED_AT)[:LOOKED_AT]
        return sorted(set(here.tolist()))


_RANK = {kind: place for place, kind in enumerate(Kind)}


def keys(text: str) -> Iterator[str]:
    """The folded text from each of its first words on."""
    folded = _folded(text)
    for _, word in zip(range(STARTS), _WORD.finditer(folded), strict=False):
        yield folded[word.start() : word.start() + KEY]


def _folded(text: str) -> str:
    """The words alone, as they are compared: whatever stands between two Latin ones is a space."""
    made = ""
    for word in _WORD.findall(fold(text).text):
        made += f" {word}" if made and not _HAN.match(made[-1]) and not _HAN.match(word) else word
    return made


def collected() -> Iterator[Suggestion]:
    """All that may be suggested, from the database: a fixed number of queries."""
    yield from _phrases()
    yield from _themes()
    yield from _actors()
    titles = Document.objects.published().order_by("-published_at").values_list("title", flat=True)
    for title in titles[:TITLES]:
        if quoted := in_quotes(title):
            yield Suggestion(title, f"title:{quoted}", Kind.TITLE, 1)


def _phrases() -> Iterator[Suggestion]:
    """The wordings of formulations that stand in published documents, whichever of their variants they are."""
    rows = (
        Occurrence.objects.public()
        .order_by()
        .values_list("quote")
        .annotate(documents=Count("document", distinct=True))
        .order_by("-documents", "quote")
    )
    counted: dict[str, tuple[str, int]] = {}
    for quote, documents in rows[:PHRASES]:
        words = " ".join(quote.split())
        shown, before = counted.get(_folded(words), (words, 0))
        counted[_folded(words)] = (shown, max(before, documents))
    for shown, documents in counted.values():
        if quoted := in_quotes(shown):
            yield Suggestion(shown, quoted, Kind.FORMULATION, documents)


def _themes() -> Iterator[Suggestion]:
    given = DocumentTheme.objects.filter(document__state=Document.State.PUBLISHED).order_by()
    counts = dict(given.values_list("theme").annotate(documents=Count("document", distinct=True)))
    for theme in Theme.objects.filter(pk__in=counts, retired=False):
        for name in dict.fromkeys((theme.name_en, theme.name_zh)):
            yield Suggestion(name, f"theme:{theme.key}", Kind.THEME, counts[theme.pk])


def _actors() -> Iterator[Suggestion]:
    told = Directive.objects.public().exclude(actor=None).order_by()
    counts = dict(told.values_list("actor").annotate(directives=Count("pk")))
    for actor in Actor.objects.filter(pk__in=counts):
        for name in dict.fromkeys((actor.name_en, actor.name_zh)):
            yield Suggestion(name, f"actor:{actor.slug}", Kind.ACTOR, counts[actor.pk])


def in_quotes(text: str) -> str:
    """The text as an exact phrase of the query language; "" when it has nothing to search for."""
    inside = " ".join(_QUOTES.sub(" ", text).split())
    return f'"{inside}"' if _WORD.search(fold(inside).text) else ""


class _Kept:
    """The list of this process, and what it was made from."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: Suggestions | None = None
        self._state = State(None, None)
        self._made = 0.0

    def suggestions(self) -> Suggestions:
        state = _state()
        with self._lock:
            rested = time.monotonic() - self._made > REST
            old = self._found is None or state.withdrawn != self._state.withdrawn
            if self._found is None or old or (rested and state != self._state):
                self._found, self._state, self._made = Suggestions(collected()), state, time.monotonic()
            return self._found


_kept = _Kept()


def _state() -> State:
    withdrawn = Document.objects.filter(state=Document.State.WITHDRAWN).aggregate(last=Max("withdrawn_at"))
    return State(OutboxEntry.objects.aggregate(last=Max("pk"))["last"], withdrawn["last"])


def suggest(typed: str) -> list[Suggestion]:
    """Suggestions for what a reader has typed so far, the best first; at most SHOWN."""
    return _kept.suggestions().beginning(typed[: 2 * KEY])
