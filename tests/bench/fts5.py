"""SQLite's FTS5: an external-content index over a table of sections."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

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

SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE section (id INTEGER PRIMARY KEY, document INT, source TEXT, themes TEXT, year INT, date TEXT, text TEXT);
CREATE TABLE theme (name TEXT, document INT, PRIMARY KEY (name, document)) WITHOUT ROWID;
CREATE INDEX section_source ON section (source);
CREATE INDEX section_year ON section (year);
CREATE VIRTUAL TABLE fts USING fts5(text, content='section', content_rowid='id', tokenize='porter unicode61');
"""
FACETS = {"theme": "themes", "source": "source", "year": "year"}


class Fts5(Contender):
    label = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.file = folder / "fts.sqlite3"

    def build(self, corpus: Path) -> Built:
        begun = time.perf_counter()
        database = sqlite3.connect(self.file)
        database.executescript(SCHEMA)
        themes: set[tuple[str, int]] = set()
        database.executemany("INSERT INTO section VALUES (?, ?, ?, ?, ?, ?, ?)", (_row(row) for row in rows(corpus)))
        for row in rows(corpus):
            themes.update((theme, row.document) for theme in row.themes)
        database.executemany("INSERT INTO theme VALUES (?, ?)", sorted(themes))
        database.execute("INSERT INTO fts (fts) VALUES ('rebuild')")
        database.execute("INSERT INTO fts (fts) VALUES ('optimize')")
        database.commit()
        database.execute("ANALYZE")
        [(documents,)] = database.execute("SELECT count(DISTINCT document) FROM section")
        database.close()
        return Built(time.perf_counter() - begun, documents)

    def open(self) -> None:
        self.database = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)
        self.database.execute("PRAGMA mmap_size = 2000000000")

    def ask(self, question: Question) -> Answer:
        where, values = condition(question)
        source = f"FROM fts JOIN section ON section.id = fts.rowid WHERE {where}"
        if not (question.themes or question.sources or question.years or question.newest):
            source = f"FROM fts WHERE {where}"
        total = self.database.execute(f"SELECT count(*) {source}", values).fetchone()[0]
        order = "date DESC, section.id" if question.newest else "rank"
        top = self.database.execute(f"SELECT fts.rowid {source} ORDER BY {order} LIMIT {PAGE}", values)
        ids = [number for (number,) in top]
        facets = self._facets(where, values) if question.facets else None
        return Answer(total, ids, facets, self._snippets(question, ids) if question.snippets else None)

    def _facets(self, where: str, values: list[object]) -> Facets:
        each = " UNION ALL ".join(
            f"SELECT '{name}', {column}, count(*) FROM found GROUP BY {column}" for name, column in FACETS.items()
        )
        found = self.database.execute(
            f"WITH found AS MATERIALIZED (SELECT themes, source, year FROM fts JOIN section ON section.id = fts.rowid "
            f"WHERE {where}) {each}",
            values,
        )
        made: Facets = {name: {} for name in FACETS}
        for name, value, count in found:
            made[name][str(value)] = count
        made["theme"] = exploded(made["theme"].items())
        return made

    def _snippets(self, question: Question, ids: list[int]) -> list[str]:
        marks = ", ".join("?" * len(ids))
        found = self.database.execute(
            f"SELECT fts.rowid, snippet(fts, 0, '<mark>', '</mark>', '…', 40) FROM fts "
            f"WHERE fts MATCH ? AND fts.rowid IN ({marks})",
            [match(question), *ids],
        )
        made = dict(found.fetchall())
        return [made[number] for number in ids]

    def close(self) -> None:
        self.database.close()


def _row(row: Row) -> tuple[object, ...]:
    themes = SEPARATOR.join(row.themes)
    return row.id, row.document, row.source, themes, row.year, row.date, spaced(row.text)


def match(question: Question) -> str:
    """The question in FTS5's own language."""
    runs = [f'"{" ".join(run)}"' + ("*" if question.match == "prefix" else "") for run in parts(question)]
    return (" OR " if question.match == "any" else " AND ").join(runs)


def condition(question: Question) -> tuple[str, list[object]]:
    where = ["fts MATCH ?"]
    made: list[object] = [match(question)]
    if question.themes:
        marks = ", ".join("?" * len(question.themes))
        where.append(f"document IN (SELECT document FROM theme WHERE name IN ({marks}))")
        made += question.themes
    if question.sources:
        where.append(f"source IN ({', '.join('?' * len(question.sources))})")
        made += question.sources
    if question.years:
        where.append("year BETWEEN ? AND ?")
        made += question.years
    return " AND ".join(where), made
