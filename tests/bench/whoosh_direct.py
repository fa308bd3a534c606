"""Whoosh 2.7.4 used directly, as well as its documentation tells: one writer, sortable columns, facets by column."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import StemmingAnalyzer
from whoosh.highlight import ContextFragmenter
from whoosh.sorting import Count, FieldFacet

from tests.bench.contender import (
    PAGE,
    SEPARATOR,
    Answer,
    Built,
    Contender,
    Facets,
    Question,
    Row,
    exploded,
    parts,
    rows,
    spaced,
)

MEGABYTES = 256
EXCERPT = 260
FACETS = {"theme": "combination", "source": "source", "year": "year"}


def schema() -> fields.Schema:
    return fields.Schema(
        id=fields.STORED,
        text=fields.TEXT(analyzer=StemmingAnalyzer(stoplist=None, minsize=1), stored=True),
        themes=fields.KEYWORD,
        combination=fields.ID(sortable=True),
        source=fields.ID(sortable=True),
        year=fields.NUMERIC(sortable=True),
        day=fields.NUMERIC(sortable=True),
    )


class WhooshDirect(Contender):
    """To Whoosh 2.7.4 a filter that nothing passes is no filter: such a question is answered unlike by the others."""

    label = "Whoosh used directly"

    def build(self, corpus: Path) -> Built:
        begun = time.perf_counter()
        made = index.create_in(self.folder, schema())
        writer = made.writer(limitmb=MEGABYTES)
        last = 0
        for row in rows(corpus):
            writer.add_document(**_document(row))
            last = row.document
        writer.commit(optimize=True)
        made.close()
        return Built(time.perf_counter() - begun, last)

    def open(self) -> None:
        self.index = index.open_dir(self.folder)
        self.searcher = self.index.searcher()

    def ask(self, question: Question) -> Answer:
        options: dict[str, Any] = {"limit": PAGE, "filter": narrowed(question), "terms": question.snippets}
        if question.newest:
            options |= {"sortedby": "day", "reverse": True}
        if question.facets:
            options["groupedby"] = {name: FieldFacet(column, maptype=Count) for name, column in FACETS.items()}
        found = self.searcher.search(asked(question), **options)
        page = found[:PAGE]  # with groups, Whoosh gives all
        snippets = None
        if question.snippets:
            found.fragmenter = ContextFragmenter(maxchars=EXCERPT)
            snippets = [hit.highlights("text", top=1) for hit in page]
        return Answer(len(found), [hit["id"] for hit in page], _facets(found) if question.facets else None, snippets)

    def close(self) -> None:
        self.searcher.close()
        self.index.close()


def _document(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "text": spaced(row.text),
        "themes": " ".join(row.themes),
        "combination": SEPARATOR.join(row.themes),
        "source": row.source,
        "year": row.year,
        "day": date.fromisoformat(row.date).toordinal(),
    }


def _facets(found: Any) -> Facets:
    made = {name: {str(value): count for value, count in found.groups(name).items()} for name in FACETS}
    made["theme"] = exploded(made["theme"].items())
    return made


def asked(question: Question) -> query.Query:
    stems = StemmingAnalyzer(stoplist=None, minsize=1)
    runs = [[token.text for token in stems(" ".join(run))] for run in parts(question)]
    if question.match == "prefix":
        return query.Prefix("text", question.words[0])
    made = [query.Phrase("text", run) if len(run) > 1 else query.Term("text", run[0]) for run in runs]
    if len(made) == 1:
        return made[0]
    return query.Or(made) if question.match == "any" else query.And(made)


def narrowed(question: Question) -> query.Query | None:
    kept: list[query.Query] = []
    if question.themes:
        kept.append(query.Or([query.Term("themes", theme) for theme in question.themes]))
    if question.sources:
        kept.append(query.Or([query.Term("source", source) for source in question.sources]))
    if question.years:
        kept.append(query.NumericRange("year", *question.years))
    return query.And(kept) if kept else None
