"""This archive as a contender: the whole service path, and the engine alone through Haystack."""

from __future__ import annotations

import os
import time
from functools import lru_cache
from pathlib import Path

import django

from tests.bench.contender import PAGE, Answer, Built, Contender, Facets, Question

FACETS = {"theme": "themes", "source": "sources", "year": "year"}


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """The environment in which the archive has all its state in `folder`, and its rows there or at `database`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MASSLINE_", "DATABASE_URL"))}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "MASSLINE_DATA": str(folder),
        "MASSLINE_LOG_LEVEL": "ERROR",
        "DATABASE_URL": database,
    }


class Service(Contender):
    """Query text → page of 20 with facets, snippets, warnings and rows: what the HTML page is made of."""

    label = "this archive, service"

    def prepare(self, corpus: Path) -> float:
        django.setup()
        from django.core.management import call_command

        from tests.bench.rows import load

        begun = time.perf_counter()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        load(corpus)
        return time.perf_counter() - begun

    def build(self, corpus: Path) -> Built:
        """`indexer.rebuild`, from the rows in the database to the generation in its place."""
        django.setup()
        from archive.models import Document
        from archive.search import indexer

        begun = time.perf_counter()
        indexer.rebuild()
        return Built(time.perf_counter() - begun, Document.objects.published().count())

    def open(self) -> None:
        django.setup()

    def ask(self, question: Question) -> Answer:
        from archive.search import search

        page = search(params(question))
        if page.notice:
            raise RuntimeError(f"the index did not answer: {page.notice}")
        facets = {name: {value.value: value.count for value in page.facets[name]} for name in FACETS}
        return Answer(
            page.total, [hit.section.pk for hit in page.hits], facets, [hit.snippet.text for hit in page.hits]
        )

    def size(self) -> int:
        return sum(path.stat().st_size for path in (self.folder / "index").rglob("*") if path.is_file())


class Engine(Service):
    """Query tree → what was asked for, through Haystack and without rows; texts of snippets come by one query."""

    label = "this archive, engine"

    def ask(self, question: Question) -> Answer:
        from archive.search.conditions import condition, filters
        from haystack.query import SearchQuerySet

        asked = params(question)
        found = SearchQuerySet().all().filter(condition(tree(asked.q)))
        for part in filters(asked).values():
            found = found.filter(part)
        found = found.order_by(*(["-date"] if question.newest else []))
        for field in FACETS.values() if question.facets else ():
            found = found.facet(field)
        ids = [int(result.pk) for result in found[:PAGE]]
        facets: Facets | None = None
        if question.facets:
            counted = found.facet_counts()["fields"]
            facets = {name: {str(value): n for value, n in counted[field]} for name, field in FACETS.items()}
        return Answer(len(found), ids, facets, snippets(asked.q, ids) if question.snippets else None)


def query_text(question: Question) -> str:
    """The question as a reader types it."""
    if question.match == "phrase":
        return f'"{" ".join(question.words)}"'
    if question.match == "prefix":
        return f"{question.words[0]}*"
    return (" OR " if question.match == "any" else " ").join(question.words)


def params(question: Question):  # type: ignore[no-untyped-def]  # the type needs Django set up
    from archive.search import SearchParams, Sort

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
def tree(q: str):  # type: ignore[no-untyped-def]
    from archive.search.query import parse

    return parse(q).tree


def snippets(q: str, ids: list[int]) -> list[str]:
    from archive.models import Section
    from archive.search.snippets import snippet
    from django.db.models import F
    from django.db.models.functions import Substr

    own = Substr("document__text", F("start") + 1, F("own_end") - F("start"))
    texts = dict(Section.objects.filter(pk__in=ids).values_list("pk", own))
    return [snippet(tree(q), texts[number]).text for number in ids]
