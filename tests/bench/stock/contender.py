"""Stock Haystack + Whoosh. Only its index is made in a way it does not offer, for at its own pace it takes hours."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from haystack import connections
from haystack.inputs import AutoQuery
from haystack.query import SQ, SearchQuerySet

from tests.bench.contender import PAGE, Answer, Built, Contender, Question, Row, rows
from tests.bench.stock.models import Passage

BATCH = 1000
"""Rows that Haystack's `update_index` hands over at a time."""
MEASURED = 3 * BATCH
"""Rows that its own building is measured with."""
MEGABYTES = 256
FACETS = {"theme": "themes", "source": "source", "year": "year"}


class Stock(Contender):
    label = "stock Haystack + Whoosh"

    def build(self, corpus: Path) -> Built:
        """Its own building, measured with the first MEASURED rows; then all rows with one bulk writer, into its schema.

        The searching that is measured later is so the best that this engine can do.
        """
        begun = time.perf_counter()
        last = self._build_its_way(islice(rows(corpus), MEASURED))
        own = time.perf_counter() - begun
        self._build_at_once(rows(corpus))
        bulk = time.perf_counter() - begun - own
        return Built(own, last, note=f"rate of its own update; the index was made by one bulk writer, in {bulk:.0f} s")

    def _build_its_way(self, some: Iterator[Row]) -> int:
        backend, index = self._backend("own")
        last = 0
        while batch := list(islice(some, BATCH)):
            backend.update(index, [_passage(row) for row in batch])
            last = batch[-1].document
        return last

    def _build_at_once(self, every: Iterator[Row]) -> None:
        backend, index = self._backend("default")
        backend.setup()
        writer = backend.index.writer(limitmb=MEGABYTES)
        for row in every:
            prepared = index.full_prepare(_passage(row))
            writer.add_document(**{name: backend._from_python(value) for name, value in prepared.items()})
        writer.commit(optimize=True)

    def _backend(self, alias: str) -> tuple[Any, Any]:
        return connections[alias].get_backend(), connections[alias].get_unified_index().get_index(Passage)

    def ask(self, question: Question) -> Answer:
        found = _matching(SearchQuerySet(), question)
        if question.themes:
            found = found.filter(themes__in=question.themes)
        if question.sources:
            found = found.filter(source__in=question.sources)
        if question.years:
            found = found.filter(year__range=question.years)
        if question.newest:
            found = found.order_by("-date")
        for field in FACETS.values() if question.facets else ():
            found = found.facet(field)
        if question.snippets:
            found = found.highlight()
        top = found[:PAGE]
        return self._answer(question, found, top)

    def _answer(self, question: Question, found: Any, top: list[Any]) -> Answer:
        facets = None
        if question.facets:
            counted = found.facet_counts().get("fields", {})
            facets = {name: {str(value): n for value, n in counted.get(field, ())} for name, field in FACETS.items()}
        snippets = ["".join(hit.highlighted or ()) for hit in top] if question.snippets else None
        return Answer(len(found), [int(hit.pk) for hit in top], facets, snippets)

    def size(self) -> int:
        return sum(path.stat().st_size for path in (self.folder / "index").iterdir())


def _passage(row: Row) -> Passage:
    return Passage(
        pk=row.id,
        text=row.text,
        title=row.title,
        source=row.source,
        themes=list(row.themes),
        date=date.fromisoformat(row.date),
        year=row.year,
    )


def _matching(found: Any, question: Question) -> Any:
    text = " ".join(question.words)
    if question.match == "phrase":
        return found.filter(content=AutoQuery(f'"{text}"'))
    if question.match == "prefix":
        return found.filter(content__startswith=text)
    if question.match == "any":
        either = SQ()
        for word in question.words:
            either |= SQ(content=word)
        return found.filter(either)
    return found.filter(content=AutoQuery(text))
