"""What a contender is. Standard library only: one of them may run under another interpreter."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

PAGE = 20
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
SEPARATOR = "|"
_BETWEEN = re.compile(rf"(?<=[{HAN}])\W+(?=[{HAN}])")
_HAN = re.compile(rf"([{HAN}])")

CONTENDERS = {
    "service": "tests.bench.archive:Service",
    "engine": "tests.bench.archive:Engine",
    "stock": "tests.bench.stock.contender:Stock",
    "fts5": "tests.bench.fts5:Fts5",
    "postgresql": "tests.bench.postgresql:PostgreSQL",
    "whoosh": "tests.bench.whoosh_direct:WhooshDirect",
    "tantivy": "tests.bench.tantivy_engine:Tantivy",
}
"""Name → where it is made, imported only in its own process."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question without any engine's syntax. `match` is all, any, phrase or prefix; years are both included."""

    words: tuple[str, ...]
    match: str = "all"
    themes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    newest: bool = False
    facets: bool = False
    snippets: bool = False
    group: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A section as the contenders index it."""

    id: int
    document: int
    title: str
    source: str
    themes: tuple[str, ...]
    date: str
    text: str

    @property
    def year(self) -> int:
        return int(self.date[:4])


Facets = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The exact number of sections that match, the first PAGE of them, and what else was asked for."""

    total: int
    ids: Sequence[int]
    facets: Facets | None = None
    snippets: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """How long building took, for how many documents; `memory` in bytes, of servers outside the process tree."""

    seconds: float
    documents: int
    memory: int = 0
    note: str = ""


class Contender:
    """One way to search the corpus, with its files in `folder`."""

    label = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self, corpus: Path) -> float:
        """What has to be there before the index can be built; returns the seconds it took."""
        return 0.0

    def build(self, corpus: Path) -> Built:
        """Build the index from nothing."""
        raise NotImplementedError

    def open(self) -> None:
        """Get ready to answer."""

    def ask(self, question: Question) -> Answer:
        raise NotImplementedError

    def every(self, question: Question) -> Sequence[int]:
        """All sections that match, in any order."""
        raise NotImplementedError

    def size(self) -> int:
        """Bytes of the index on disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def close(self) -> None:
        """Give back what `open` took."""


def contender(name: str, folder: Path) -> Contender:
    module, made = CONTENDERS[name].split(":")
    found: Contender = getattr(import_module(module), made)(folder)
    return found


def rows(corpus: Path) -> Iterator[Row]:
    """The sections of the corpus file; they are numbered as they come, from 1, and so they are in the database."""
    number = 0
    with corpus.open(encoding="utf-8") as file:
        for line in file:
            document = json.loads(line)
            for section in document["sections"]:
                number += 1
                text = document["text"][section["start"] : section["end"]]
                common = (document["title"], document["source"], tuple(document["themes"]), document["date"])
                yield Row(number, document["id"], *common, text)


def read_questions(path: Path) -> list[Question]:
    made = []
    for each in json.loads(path.read_text(encoding="utf-8")):
        lists = {name: tuple(each[name]) for name in ("words", "themes", "sources")}
        made.append(Question(**{**each, **lists, "years": tuple(each["years"]) if each["years"] else None}))
    return made


def spaced(text: str) -> str:
    """Chinese for tokenizers that know none: each character a word, and a filler where two do not touch."""
    return _HAN.sub(r" \1 ", _BETWEEN.sub(" zq ", text))


def is_han(word: str) -> bool:
    return _HAN.match(word) is not None


def parts(question: Question) -> list[list[str]]:
    """The question's words as runs of tokens: a Chinese word is a run of its characters, a phrase is one run."""
    runs = [list(word) if is_han(word) else [word] for word in question.words]
    return [[token for run in runs for token in run]] if question.match == "phrase" else runs


def exploded(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Counts of combinations (a|b) → counts of single values."""
    found: Counter[str] = Counter()
    for combination, count in counts:
        for value in combination.split(SEPARATOR):
            found[value] += count
    return dict(found)
