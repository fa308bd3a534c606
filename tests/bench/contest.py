"""The contest: every contender builds its index of the same corpus, then all answer the same questions in turns."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests import postgres
from tests.bench import corpus, first_page, questions
from tests.bench.contender import CONTENDERS, Question
from tests.bench.figures import times
from tests.bench.places import ADDRESS, archive_environment, plain_environment, stock_environment
from tests.bench.processes import Failed, Worker

OURS = ("service", "engine")
BASE = "engine"
"""The contender whose answers the others' are compared with."""


@dataclass(frozen=True)
class Options:
    """What to measure, and how patiently."""

    names: Sequence[str] = tuple(CONTENDERS)
    rounds: int = 3
    """in each, a contender is asked everything twice, and the second time is measured"""
    budget: float = 60.0
    """seconds that stock Haystack may take for a round"""
    pages: int = 200
    """requests to gunicorn"""
    tantivy_python: str = ""
    """an interpreter that has tantivy, when this one has not"""
    keep: bool = False
    """leave indexes where they are, and use those of other contenders that are there from an earlier run"""
    archive_on_postgresql: bool = False


class Contest:
    """One corpus and one set of questions, in a folder of its own."""

    def __init__(self, folder: Path, options: Options) -> None:
        self.folder = folder
        self.options = options
        self.corpus, self.questions = folder / "corpus.jsonl", folder / "questions.json"
        self.found: dict[str, Any] = {"contenders": {}, "skipped": {}}
        self.servers: dict[str, str] = {}

    def run(self, documents: Iterable[corpus.Document], asked: Sequence[Question]) -> dict[str, Any]:
        """All figures as plain data, ready for JSON."""
        self.folder.mkdir(parents=True, exist_ok=True)
        written, sections = corpus.write(self.corpus, documents)
        questions.write(self.questions, asked)
        self.found |= {"documents": written, "sections": sections}
        with self._servers():
            names = [name for name in self.options.names if self._built(name)]
            self._ask(names, asked)
            if "service" in names and self.options.pages:
                self._first_page(asked)
        return self.found

    def _first_page(self, asked: Sequence[Question]) -> None:
        say("first page")
        try:
            self.found["first page"] = first_page.measure(self._environment("service"), asked, self.options.pages)
        except first_page.NoPage as problem:
            self.found["skipped"]["first page"] = str(problem)
            say(f"first page: {problem}")

    def every(self, asked: Sequence[Question]) -> Iterator[set[int]]:
        """All sections that the archive's engine finds for each question, after `run`."""
        with self._worker("every", BASE) as worker:
            for _ in asked:
                yield set(worker.said()["ids"])

    def clear(self) -> None:
        """Give the disk back, unless the indexes are to be kept."""
        if not self.options.keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def _servers(self) -> Iterator[None]:
        """A PostgreSQL server for each contender that needs one."""
        wanted = [("postgresql", "postgresql" in self.options.names), ("service", self.options.archive_on_postgresql)]
        with ExitStack() as stack:
            for name, needed in wanted:
                if needed and postgres.programs():
                    self.servers[name] = stack.enter_context(postgres.server())
            yield

    def _built(self, name: str) -> bool:
        """Whether the contender has an index now; why not is in the results."""
        say(f"{name}: building")
        try:
            self.found["contenders"][name] = self._build(name)
        except Failed as failure:
            self._skip(name, failure)
        return name in self.found["contenders"]

    def _build(self, name: str) -> dict[str, Any]:
        if name in OURS and (other := next((each for each in OURS if each in self.found["contenders"]), None)):
            return {"build": self.found["contenders"][other]["build"]}
        if name == "postgresql" and name not in self.servers:
            raise Failed("PostgreSQL is not installed")
        known = self._folder(name) / "built.json"
        if name not in (*OURS, "postgresql") and self.options.keep and known.exists():
            return {"build": json.loads(known.read_text())}
        shutil.rmtree(self._folder(name), ignore_errors=True)
        built = self._build_anew(name)
        known.write_text(json.dumps(built))
        return {"build": built}

    def _build_anew(self, name: str) -> dict[str, Any]:
        prepared = {}
        if name in OURS:
            with self._worker("prepare", name) as worker:
                prepared = {"loading": worker.said()["seconds"]}
        with self._worker("build", name) as worker:
            built = worker.said()
        return {**built, **prepared, "memory": worker.peak + built["memory"]}

    def _ask(self, names: Sequence[str], asked: Sequence[Question]) -> None:
        rounds: dict[str, list[list[dict[str, Any]]]] = {name: [] for name in names}
        with ExitStack() as stack:
            workers = {name: stack.enter_context(self._worker("ask", name)) for name in names}
            for name in names:
                if said := self._hear(name, workers):
                    self.found["contenders"][name] |= said
            for number in range(1, self.options.rounds + 1):
                say(f"round {number} of {self.options.rounds}")
                for name in [*workers]:
                    self._once(name, workers)  # brings back to memory what others have displaced
                    rounds[name].append(self._once(name, workers))
        for name in workers:
            self.found["contenders"][name] |= summary(asked, rounds[name], rounds[BASE] if BASE in workers else None)

    def _once(self, name: str, workers: dict[str, Worker]) -> list[dict[str, Any]]:
        """All questions, to one contender; nothing from one that has ended."""
        if name not in workers:
            return []
        workers[name].tell(str(self.options.budget if name == "stock" else 0))
        asked: list[dict[str, Any]] = self._hear(name, workers).get("asked", [])
        return asked

    def _hear(self, name: str, workers: dict[str, Worker]) -> dict[str, Any]:
        """What a contender says; one that has ended says nothing and is left out of all that follows."""
        try:
            return workers[name].said()
        except Failed as failure:
            del workers[name]
            self._skip(name, failure)
            return {}

    def _skip(self, name: str, failure: Failed) -> None:
        self.found["contenders"].pop(name, None)
        self.found["skipped"][name] = str(failure).strip().splitlines()[-1]
        say(f"{name}: skipped, {self.found['skipped'][name]}")

    def _worker(self, action: str, name: str) -> Worker:
        python = self.options.tantivy_python if name == "tantivy" else ""
        files = (self.corpus, self.questions)
        return Worker(action, name, self._folder(name), files, self._environment(name), python or sys.executable)

    def _folder(self, name: str) -> Path:
        return self.folder / ("archive" if name in OURS else name)

    def _environment(self, name: str) -> Mapping[str, str]:
        if name in OURS:
            return archive_environment(self._folder(name), self.servers.get("service", ""))
        if name == "stock":
            return stock_environment(self._folder(name))
        return {**plain_environment(), ADDRESS: self.servers.get("postgresql", "")}


Rounds = Sequence[Sequence[dict[str, Any]]]


def summary(asked: Sequence[Question], rounds: Rounds, base: Rounds | None) -> dict[str, Any]:
    """The figures of a contender: for each class and for all, and how often it agrees with the archive's engine."""
    groups = {group: [q.number for q in asked if q.group == group] for group in dict.fromkeys(q.group for q in asked)}
    classes = {"all": range(len(asked)), **dict(sorted(groups.items()))}
    by_clock = {group: _figures(rounds, numbers, "ms") for group, numbers in classes.items()}
    by_cpu = {group: _figures(rounds, numbers, "cpu") for group, numbers in classes.items()}
    answered = min(map(len, rounds))
    return {"classes": by_clock, "cpu": by_cpu, "answered": answered, **_agreement(asked, rounds[0][:answered], base)}


def _figures(rounds: Rounds, numbers: Sequence[int], what: str) -> dict[str, float]:
    """The figures of some questions in milliseconds; empty when none of them was answered."""
    each = [[done[number][what] for number in numbers if number < len(done)] for done in rounds]
    return asdict(times(each)) if any(each) else {}


def _agreement(asked: Sequence[Question], done: Sequence[dict[str, Any]], base: Rounds | None) -> dict[str, Any]:
    if base is None:
        return {}
    differing = [
        {"question": asdict(question), "total": mine["total"], "here": right["total"]}
        for question, mine, right in zip(asked, done, base[0], strict=False)
        if not agree(question, mine, right)
    ]
    return {"agree": len(done) - len(differing), "differing": differing}


def agree(question: Question, one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two contenders gave the same total, length of the page and, unfiltered, counts of the facets of both.

    A page counts a filtered facet as what a click would lead to, an engine as what is there.
    """
    filtered = question.themes or question.sources or question.years
    compared = {*one["facets"]} & {*other["facets"]} if question.facets and not filtered else set()
    return (
        one["total"] == other["total"]
        and one["hits"] == other["hits"]
        and all(one["facets"][name] == other["facets"][name] for name in compared)
    )


def say(what: str) -> None:
    print(what, flush=True)
