"""PostgreSQL's full text: a tsvector column with a GIN index, on a server of the run's own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.bench.contender import PAGE, Answer, Built, Contender, Facets, Question, parts, rows, spaced
from tests.bench.places import ADDRESS

SCHEMA = """
DROP TABLE IF EXISTS section;
DROP TEXT SEARCH CONFIGURATION IF EXISTS every_word CASCADE;
DROP TEXT SEARCH DICTIONARY IF EXISTS every_stem CASCADE;
CREATE TEXT SEARCH DICTIONARY every_stem (TEMPLATE = snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION every_word (COPY = english);
ALTER TEXT SEARCH CONFIGURATION every_word ALTER MAPPING REPLACE english_stem WITH every_stem;
CREATE TABLE section (
    id int PRIMARY KEY, document int, source text, themes text[], year int, date date, text text, words tsvector
);
"""
INDEXES = """
CREATE INDEX ON section USING gin (words);
CREATE INDEX ON section USING gin (themes);
CREATE INDEX ON section (source);
CREATE INDEX ON section (year);
ANALYZE section;
"""
FACETS = ("theme", "source", "year")
HEADLINE = "MaxFragments=1, MinWords=20, MaxWords=40, StartSel=<mark>, StopSel=</mark>"


class PostgreSQL(Contender):
    label = "PostgreSQL full text"

    def build(self, corpus: Path) -> Built:
        begun = time.perf_counter()
        with psycopg.connect(os.environ[ADDRESS]) as database:
            database.execute(SCHEMA)
            insert = "COPY section (id, document, source, themes, year, date, text) FROM STDIN"
            with database.cursor().copy(insert) as copy:
                for row in _rows(corpus):
                    copy.write_row(row)
            database.execute("UPDATE section SET words = to_tsvector('every_word', text)")
            database.execute(INDEXES)
            documents = database.execute("SELECT count(DISTINCT document) FROM section").fetchone()
            memory = _peak(database.info.backend_pid)
        with psycopg.connect(os.environ[ADDRESS], autocommit=True) as database:
            database.execute("VACUUM FULL ANALYZE section")
        seconds = time.perf_counter() - begun
        return Built(seconds, documents[0] if documents else 0, memory, "memory with the server's")

    def open(self) -> None:
        self.database = psycopg.connect(os.environ[ADDRESS], autocommit=True)

    def ask(self, question: Question) -> Answer:
        where, values = condition(question)
        counted = self.database.execute(f"SELECT count(*) FROM section WHERE {where}", values).fetchone()
        order = "date DESC, id" if question.newest else "ts_rank(words, to_tsquery('every_word', %(q)s)) DESC, id"
        top = self.database.execute(f"SELECT id FROM section WHERE {where} ORDER BY {order} LIMIT {PAGE}", values)
        ids = [number for (number,) in top]
        facets = self._facets(where, values) if question.facets else None
        snippets = self._snippets(ids, values) if question.snippets else None
        return Answer(counted[0] if counted else 0, ids, facets, snippets)

    def _facets(self, where: str, values: dict[str, object]) -> Facets:
        found = self.database.execute(
            f"SELECT themes, source, year, count(*) FROM section WHERE {where} "
            "GROUP BY GROUPING SETS ((themes), (source), (year))",
            values,
        )
        made: Facets = {name: {} for name in FACETS}
        for themes, source, year, count in found:
            for theme in themes or ():
                made["theme"][theme] = made["theme"].get(theme, 0) + count
            if source is not None:
                made["source"][source] = count
            if year is not None:
                made["year"][str(year)] = count
        return made

    def _snippets(self, ids: list[int], values: dict[str, object]) -> list[str]:
        found = self.database.execute(
            f"SELECT id, ts_headline('every_word', text, to_tsquery('every_word', %(q)s), '{HEADLINE}') FROM section "
            "WHERE id = ANY(%(ids)s)",
            {**values, "ids": ids},
        )
        made: dict[int, str] = dict(found.fetchall())
        return [made[number] for number in ids]

    def size(self) -> int:
        with psycopg.connect(os.environ[ADDRESS]) as database:
            found = database.execute("SELECT pg_total_relation_size('section')").fetchone()
        return int(found[0]) if found else 0

    def close(self) -> None:
        self.database.close()


def _rows(corpus: Path) -> Iterator[tuple[object, ...]]:
    for row in rows(corpus):
        yield row.id, row.document, row.source, list(row.themes), row.year, row.date, spaced(row.text)


def _peak(process: int) -> int:
    """The most memory in bytes that a process has had; 0 where /proc does not tell."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def match(question: Question) -> str:
    """The question in the language of to_tsquery, which stems the words."""
    if question.match == "prefix":
        return f"{question.words[0]}:*"
    runs = [f"({' <-> '.join(run)})" for run in parts(question)]
    return (" | " if question.match == "any" else " & ").join(runs)


def condition(question: Question) -> tuple[str, dict[str, object]]:
    where = ["words @@ to_tsquery('every_word', %(q)s)"]
    made: dict[str, object] = {"q": match(question)}
    if question.themes:
        where.append("themes && %(themes)s")
        made["themes"] = list(question.themes)
    if question.sources:
        where.append("source = ANY(%(sources)s)")
        made["sources"] = list(question.sources)
    if question.years:
        where.append("year BETWEEN %(first)s AND %(last)s")
        made["first"], made["last"] = question.years
    return " AND ".join(where), made
