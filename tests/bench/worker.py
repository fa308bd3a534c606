"""One contender in a process of its own: `python -m tests.bench.worker build fts5 FOLDER CORPUS QUESTIONS`.

`prepare` and `build` print what they did and end; `every` prints all that each question finds. `ask` opens the index
and then, for every line on its standard input (seconds it may take, 0 for as long as it likes), asks all questions once
and prints a line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench.contender import Answer, Contender, Question, contender, read_questions


def main(action: str, name: str, folder: str, corpus: str, questions: str) -> None:
    # Libraries may print: what the parent reads goes another way.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        Path(folder).mkdir(parents=True, exist_ok=True)
        if "DJANGO_SETTINGS_MODULE" in os.environ:
            import_module("django").setup()
        made = contender(name, Path(folder))
        if action == "prepare":
            say(answers, {"seconds": made.prepare(Path(corpus))})
        elif action == "build":
            say(answers, asdict(made.build(Path(corpus))))
        elif action == "every":
            made.open()
            for question in read_questions(Path(questions)):
                say(answers, {"ids": list(made.every(question))})
        else:
            serve(answers, made, read_questions(Path(questions)))


def say(answers: Any, what: dict[str, Any]) -> None:
    answers.write(json.dumps(what) + "\n")
    answers.flush()


def serve(answers: Any, made: Contender, questions: list[Question]) -> None:
    made.open()
    say(answers, {"label": made.label, "size": made.size()})
    try:
        for line in sys.stdin:
            say(answers, {"asked": [ask(made, each) for each in within(questions, float(line))]})
    finally:
        made.close()


def within(questions: list[Question], seconds: float) -> Any:
    """The questions, until the time is over."""
    begun = time.monotonic()
    for question in questions:
        if seconds and time.monotonic() - begun > seconds:
            return
        yield question


def ask(made: Contender, question: Question) -> dict[str, Any]:
    begun, cpu = time.perf_counter(), time.process_time()
    answer = made.ask(question)
    spent = {"ms": (time.perf_counter() - begun) * 1000, "cpu": (time.process_time() - cpu) * 1000}
    return {**spent, **outcome(answer)}


def outcome(answer: Answer) -> dict[str, Any]:
    """What answers of different contenders are compared by; the order of hits is each one's own affair."""
    return {"total": answer.total, "facets": answer.facets, "hits": len(answer.ids)}


if __name__ == "__main__":
    main(*sys.argv[1:])
