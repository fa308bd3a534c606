"""tantivy through its Python package, where that is installed; it is no dependency of the archive."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from tests.bench.contender import (
    PAGE,
    SEPARATOR,
    Answer,
    Built,
    Contender,
    Facets,
    Question,
    exploded,
    parts,
    rows,
    spaced,
)

HEAP = 256_000_000
FACETS = {"theme": "combination", "source": "source", "year": "year"}
VALUES = 65_000
"""More than any facet has: then its counts are exact."""
EXCERPT = 260


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem", index_option="position")
    builder.add_text_field("themes", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("combination", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_integer_field("day", fast=True)
    return builder.build()


class Tantivy(Contender):
    label = f"tantivy {tantivy.__version__.split(',')[0].removeprefix('tantivy v')}"

    def build(self, corpus: Path) -> Built:
        begun = time.perf_counter()
        index = tantivy.Index(schema(), path=str(self.folder))
        writer = index.writer(heap_size=HEAP, num_threads=2)
        last = 0
        for row in rows(corpus):
            writer.add_document(
                tantivy.Document(
                    id=row.id,
                    text=spaced(row.text),
                    themes=list(row.themes),
                    combination=SEPARATOR.join(row.themes),
                    source=row.source,
                    year=row.year,
                    day=date.fromisoformat(row.date).toordinal(),
                )
            )
            last = row.document
        writer.commit()
        writer.wait_merging_threads()
        return Built(time.perf_counter() - begun, last)

    def open(self) -> None:
        self.schema = schema()
        self.index = tantivy.Index(self.schema, path=str(self.folder))
        self.index.reload()
        self.searcher = self.index.searcher()
        self.stemmer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        self.stemmer = self.stemmer.filter(tantivy.Filter.stemmer("english")).build()

    def ask(self, question: Question) -> Answer:
        asked = self._asked(question)
        options: dict[str, Any] = {"order_by_field": "day"} if question.newest else {}
        found = self.searcher.search(asked, limit=PAGE, count=True, **options)
        hits = [self.searcher.doc(address) for _, address in found.hits]
        facets = self._facets(asked) if question.facets else None
        snippets = None
        if question.snippets:
            generator = tantivy.SnippetGenerator.create(self.searcher, asked, self.schema, "text")
            generator.set_max_num_chars(EXCERPT)
            snippets = [generator.snippet_from_doc(hit).to_html() for hit in hits]
        return Answer(found.count, [hit.get_first("id") for hit in hits], facets, snippets)

    def _facets(self, asked: tantivy.Query) -> Facets:
        wanted = {name: {"terms": {"field": column, "size": VALUES}} for name, column in FACETS.items()}
        counted = self.searcher.aggregate(asked, wanted)
        made = {
            name: {str(_value(bucket["key"])): bucket["doc_count"] for bucket in counted[name]["buckets"]}
            for name in FACETS
        }
        made["theme"] = exploded(made["theme"].items())
        return made

    def _asked(self, question: Question) -> tantivy.Query:
        if question.match == "prefix":
            made = tantivy.Query.regex_query(self.schema, "text", f"{question.words[0]}.*")
        else:
            runs = [self._run([*self.stemmer.analyze(" ".join(run))]) for run in parts(question)]
            occur = tantivy.Occur.Should if question.match == "any" else tantivy.Occur.Must
            made = runs[0] if len(runs) == 1 else tantivy.Query.boolean_query([(occur, run) for run in runs])
        kept = self._filters(question)
        both = [(tantivy.Occur.Must, each) for each in [made, *kept]]
        return tantivy.Query.boolean_query(both) if kept else made

    def _run(self, stems: list[str]) -> tantivy.Query:
        if len(stems) > 1:
            return tantivy.Query.phrase_query(self.schema, "text", stems)
        return tantivy.Query.term_query(self.schema, "text", stems[0])

    def _filters(self, question: Question) -> list[tantivy.Query]:
        kept = []
        if question.themes:
            kept.append(tantivy.Query.term_set_query(self.schema, "themes", list(question.themes)))
        if question.sources:
            kept.append(tantivy.Query.term_set_query(self.schema, "source", list(question.sources)))
        if question.years:
            whole = tantivy.FieldType.Integer
            kept.append(tantivy.Query.range_query(self.schema, "year", whole, *question.years))
        return [tantivy.Query.const_score_query(each, 0.0) for each in kept]


def _value(key: Any) -> Any:
    return int(key) if isinstance(key, float) else key
