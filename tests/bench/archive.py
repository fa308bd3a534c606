"""This archive as a contender: the whole service path, and the engine alone through Haystack."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from haystack.query import SearchQuerySet

from archive.models import Document, Section
from archive.models.prepared import Prepared
from archive.search import SearchParams, Sort, indexer, search
from archive.search.asking import asking
from archive.search.conditions import FACETS
from archive.search.facets import count
from archive.search.loading import OwnText
from archive.search.query import parse
from archive.search.snippets import snippet
from archive.search.tree import Node
from tests.bench.contender import PAGE, Answer, Built, Contender, Facets, Question
from tests.bench.places import query_text
from tests.bench.rows import load

SHOWN = ("theme", "source", "year")
"""Facets that every contender is asked for."""
TEXTS = Prepared(
    lambda ids: (
        Section.objects.filter(pk__in=ids).order_by().values_list("pk", OwnText("document__text", "start", "own_end"))
    )
)


class Service(Contender):
    """Query text → page of 20 with facets, snippets, warnings and rows: what the HTML page is made of."""

    label = "this archive, service"

    def prepare(self, corpus: Path) -> float:
        begun = time.perf_counter()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        load(corpus)
        if connection.vendor == "postgresql":
            connection.cursor().execute("ANALYZE")  # its autovacuum would have, by the time that anybody asks
        return time.perf_counter() - begun

    def build(self, corpus: Path) -> Built:
        """`indexer.rebuild`, from the rows in the database to the generation in its place."""
        begun = time.perf_counter()
        indexer.rebuild()
        return Built(time.perf_counter() - begun, Document.objects.published().count())

    def ask(self, question: Question) -> Answer:
        page = search(params(question))
        if page.notice:
            raise RuntimeError(f"the index did not answer: {page.notice}")
        shown = {name: values for name, values in page.facets.items() if name in SHOWN}
        facets = {name: {value.value: value.count for value in values} for name, values in shown.items()}
        return Answer(
            page.total,
            [hit.section.pk for hit in page.hits if hit.section],
            facets,
            [hit.snippet.text for hit in page.hits],
        )

    def size(self) -> int:
        return sum(path.stat().st_size for path in (self.folder / "index").rglob("*") if path.is_file())


class Engine(Service):
    """Query tree → what was asked for, through Haystack and without rows; texts of snippets come by one query."""

    label = "this archive, engine"

    def ask(self, question: Question) -> Answer:
        found = matching(question)
        if question.facets:
            count(found, SHOWN)
        ids = [int(result.pk) for result in found[:PAGE]]
        facets: Facets | None = None
        if question.facets:
            counted = found.query.get_facet_counts()["fields"]
            facets = {name: {str(value): n for value, n in counted[FACETS[name]]} for name in SHOWN}
        return Answer(found.query.get_count(), ids, facets, snippets(question, ids) if question.snippets else None)

    def every(self, question: Question) -> list[int]:
        found = matching(question)
        return [int(result.pk) for result in found[: len(found)]]


def matching(question: Question) -> SearchQuerySet:
    asked = params(question)
    return asking(asked, tree(asked.q)).ordered()


def params(question: Question) -> SearchParams:
    first, last = question.years or (None, None)
    return SearchParams(
        q=query_text(question),
        themes=question.themes,
        sources=question.sources,
        year_from=first,
        year_to=last,
        sort=Sort.NEWEST if question.newest else Sort.RELEVANCE,
        page_size=PAGE,
    )


@lru_cache(maxsize=1000)
def tree(q: str) -> Node:
    """Every question of the mix has words, so there is a tree."""
    found = parse(q).tree
    if found is None:
        raise ValueError(f"{q} asks for nothing")
    return found


def snippets(question: Question, ids: list[int]) -> list[str]:
    texts = dict(TEXTS(ids))
    return [snippet(tree(query_text(question)), texts[number]).text for number in ids]
