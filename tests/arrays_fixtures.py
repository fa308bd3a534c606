"""Rows, queries and a reference for the tests of array postings: a small language in which terms often meet."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from whoosh import query as wq
from whoosh.fields import Schema
from whoosh.formats import Positions
from whoosh.index import create_in, open_dir
from whoosh.searching import Searcher as WhooshSearcher

from archive.search import positions
from archive.search.arrays import fields, queries
from archive.search.arrays.searcher import Part, Searcher
from archive.search.arrays.writer import ArrayWriter, merge_none
from archive.search.tokens import terms

WORDS = ["mass", "masses", "line", "police", "polices", "policing", "village", "the", "of", "to", "be", "or", "not"]
HAN = "公安群众路线"
THEMES = ["line", "order", "study", "village", "war"]

Row = dict[str, Any]


class PlainText(fields.Text):
    """The same terms for Whoosh's own codec."""

    def __init__(self) -> None:
        super().__init__()
        self.format = Positions()


def schema(text: Callable[[], fields.Text] = fields.Text) -> Schema:
    made = Schema(key=fields.Keywords(), themes=fields.Keywords(), title_sort=fields.Bytes())
    for name in ("text", "text_exact", "text_han"):
        made.add(name, text())
    for name in ("pk", "document", "ordinal", "year"):
        made.add(name, fields.Number())
    return made


def make_index(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    create_in(str(folder), schema())
    return folder


def sentence(rng: random.Random, longest: int = 30) -> str:
    """Words, the first ones oftener, and runs of Han characters among them."""
    some = rng.choices(WORDS, [1 / (place + 1) for place in range(len(WORDS))], k=rng.randint(0, longest))
    for _ in range(rng.randint(0, 3)):
        some.insert(rng.randint(0, len(some)), "".join(rng.choices(HAN, k=rng.randint(1, 5))))
    return " ".join(some)


def make_row(rng: random.Random, document: int, ordinal: int, pk: int) -> Row:
    return row(document, ordinal, pk, sentence(rng), rng.sample(THEMES, rng.randint(0, 3)), rng.randint(2000, 2004))


def row(document: int, ordinal: int, pk: int, text: str, themes: Sequence[str] = (), year: int = 0) -> Row:
    found = terms(text)
    return {
        "pk": pk,
        "document": document,
        "ordinal": ordinal,
        "year": year,
        "key": [str(document)],
        "themes": themes,
        "title_sort": f"title {document % 7}".encode() if document % 5 else b"",
        "text": found.stems,
        "text_exact": found.words,
        "text_han": found.han,
    }


def make_document(rng: random.Random, document: int, pks: Iterator[int]) -> list[Row]:
    return [make_row(rng, document, ordinal, next(pks)) for ordinal in range(rng.randint(1, 5))]


def sought(rng: random.Random, depth: int = 2) -> wq.Query:
    """A random query that Whoosh knows.

    Not AndNot and AndMaybe: Whoosh 2.7.4 keeps the first row of an AndNot whatever is excluded, and loses scores of an
    AndMaybe inside an And.
    """
    word = rng.choice(WORDS)
    kinds = ["term", "term", "phrase", "prefix", "keyword", "every", "none"]
    match rng.choice(kinds + ["and", "or", "not"] * 2 if depth else kinds):
        case "term":
            return wq.Term("text_exact", word, boost=rng.choice([1.0, 1.0, 2.5]))
        case "phrase":
            return wq.Phrase("text_exact", rng.choices(WORDS[:8], k=rng.randint(1, 3)))
        case "prefix":
            return wq.Prefix("text_exact", word[: rng.randint(1, 4)], constantscore=False)
        case "keyword":
            return wq.Term("themes", rng.choice(THEMES))
        case "every":
            return wq.Every()
        case "none":
            return wq.Term("text_exact", "nowhere")
        case "and":
            return wq.And([sought(rng, depth - 1) for _ in range(rng.randint(1, 3))], boost=rng.choice([1.0, 0.5]))
        case "or":
            return wq.Or([sought(rng, depth - 1) for _ in range(rng.randint(1, 3))], boost=rng.choice([1.0, 0.5]))
        case _:
            return wq.And([sought(rng, depth - 1), wq.Not(sought(rng, depth - 1))])


def sequence(rng: random.Random) -> queries.Sequence:
    """A random sequence of words and pairs of Han characters."""
    steps, offset = [], 0
    for _ in range(rng.randint(1, 3)):
        if rng.random() < 0.3:
            steps.append(queries.Step("text_han", "".join(rng.choices(HAN, k=rng.randint(1, 2))), offset))
        else:
            steps.append(queries.Step(*rng.choice([("text", "mass"), ("text_exact", rng.choice(WORDS))]), offset))
        offset += rng.randint(1, 2)
    if rng.random() < 0.3:
        steps[-1] = queries.Step("text_exact", rng.choice(WORDS)[: rng.randint(1, 3)], steps[-1].offset, open_end=True)
    return queries.Sequence(tuple(steps), offset)


def begins(row: Row, asked: queries.Sequence) -> set[int]:
    """Where a sequence begins in a row, found the slow way."""
    return positions.starts([(step.offset, list(_at(row, step))) for step in asked.steps])


def _at(row: Row, step: queries.Step) -> Iterator[int]:
    for term, at in row[step.field].items():
        if term == step.text or (step.open_end and term.startswith(step.text)):
            yield from at


def near(row: Row, asked: queries.Nearby) -> bool:
    parts = [(part.length, begins(row, part)) for part in asked.parts]
    return all(at for _, at in parts) and bool(positions.windows(parts, asked.slop))


def pks(parts: Iterable[Part]) -> set[int]:
    """The rows of a selection by their primary keys; each may be there once only."""
    found = [number for part in parts for number in part.leaf.data.numbers("pk")[part.rows].tolist()]
    assert len(found) == len(set(found))
    return set(found)


def scores(parts: Iterable[Part]) -> dict[int, float]:
    found = {}
    for part in parts:
        keys = part.leaf.data.numbers("pk")[part.rows].tolist()
        found.update(zip(keys, part.matches.scores(part.rows).tolist(), strict=True))
    return found


def ordinary(folder: Path, asked: wq.Query) -> dict[int, float]:
    """Primary keys and scores that Whoosh's own searcher finds."""
    with open_dir(str(folder)).searcher() as searcher:
        return whoosh_scores(searcher, asked)


def whoosh_scores(searcher: WhooshSearcher, asked: wq.Query) -> dict[int, float]:
    found = {}
    for leaf, _ in searcher.leaf_searchers():
        column = leaf.reader().column_reader("pk")
        matcher = asked.matcher(leaf, leaf.context())
        while matcher.is_active():
            if not leaf.reader().is_deleted(matcher.id()):
                found[column[matcher.id()]] = matcher.score()
            matcher.next()
    return found


def fill(folder: Path, rows: list[Row], commits: int = 1) -> Searcher:
    for some in range(commits):
        writer = ArrayWriter(folder)
        for each in rows[some::commits]:
            writer.add(each)
        writer.commit(merge_none)
    return Searcher(folder, ties=("document", "ordinal"))


def rows_of(seed: int, documents: int = 40) -> list[Row]:
    rng, numbers = random.Random(seed), itertools.count(1)
    return [each for document in range(1, documents + 1) for each in make_document(rng, document, numbers)]
