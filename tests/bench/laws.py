"""Chinese without spaces: strings out of real texts, and what is found for them against literal truth.

The texts are the Chinese ones of a folder; laws are cut at their articles, others at their headings or not at all.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.folding import fold
from archive.formats import UnreadableFile, read
from archive.search.spacing import INVISIBLE, closed
from tests.bench.contender import HAN, Question, rows
from tests.bench.contest import OURS, Contest, Options
from tests.bench.corpus import Document
from tests.bench.vocabulary import SEED

STRINGS = 200
LONGEST = 6
_HAN = re.compile(rf"[{HAN}]")
_RUN = re.compile(rf"[{HAN}]+")
_CUT = re.compile(r"^(?=#|第[一二三四五六七八九十百千零〇\d]+条)", re.MULTILINE)


def measure(source: Path, folder: Path, options: Options, limit: int) -> dict[str, Any]:
    """Figures as plain data, of at most `limit` texts of `source` (0 for all); `folder` is the run's own."""
    made = list(documents(source, limit))
    if not made:
        return {}
    asked = strings(made)
    contest = Contest(folder, replace(options, names=OURS, pages=0))
    found = contest.run(made, asked)
    answers = list(contest.every(asked))
    texts = {row.id: closed(row.text).replace(INVISIBLE, "") for row in rows(contest.corpus)}
    folded = {number: fold(text).text for number, text in texts.items()}
    found["characters"] = sum(len(each["text"]) for each in made)
    found["literal"] = compared(asked, answers, texts)
    wanted = [replace(question, words=(fold(question.words[0]).text,)) for question in asked]
    found["folded"] = compared(wanted, answers, folded)
    contest.clear()
    return found


def documents(source: Path, limit: int) -> Iterator[Document]:
    """The Chinese texts of a folder, mixed; the same ones every time."""
    files = sorted(path for path in source.rglob("*") if path.suffix in (".txt", ".md"))
    random.Random(SEED).shuffle(files)
    number = 0
    for path in files:
        text = _text(path)
        if is_chinese(text):
            number += 1
            yield document(number, path.stem, text)
        if limit and number >= limit:
            return


def _text(path: Path) -> str:
    try:
        return read(path.read_bytes(), path.name).text
    except UnreadableFile:
        return ""


def is_chinese(text: str) -> bool:
    sample = text[:2000]
    return len(_HAN.findall(sample)) * 2 > len(sample)


def document(number: int, name: str, text: str) -> Document:
    starts = sorted({0, *(cut.start() for cut in _CUT.finditer(text))})
    ends = [*starts[1:], len(text)]
    return {
        "id": number,
        "title": name[:500],
        "language": "zh",
        "kind": "law",
        "number": "",
        "source": "laws",
        "themes": [],
        "date": "",
        "text": text,
        "sections": [{"start": start, "end": end, "heading": ""} for start, end in zip(starts, ends, strict=True)],
    }


def strings(made: Sequence[Document]) -> list[Question]:
    """STRINGS different pieces of 1 to LONGEST characters, each out of some text, as exact phrases."""
    dice = random.Random(SEED)
    found: dict[str, None] = {}
    while len(found) < STRINGS:
        length = len(found) % LONGEST + 1
        run = dice.choice(_RUN.findall(dice.choice(made)["text"]))
        start = dice.randint(0, max(0, len(run) - length))
        if len(run) >= length:
            found[run[start : start + length]] = None
    return [
        Question((string,), "phrase", group=f"{len(string)} characters", number=number)
        for number, string in enumerate(found)
    ]


def compared(asked: Sequence[Question], answers: Sequence[set[int]], texts: dict[int, str]) -> dict[str, Any]:
    """How many strings are found exactly where they stand; recall and precision over all their places."""
    right = there = found = equal = 0
    for question, answer in zip(asked, answers, strict=True):
        truth = {number for number, text in texts.items() if question.words[0] in text}
        right, there, found = right + len(truth & answer), there + len(truth), found + len(answer)
        equal += truth == answer
    return {"strings": len(asked), "equal": equal, "recall": right / there, "precision": right / found if found else 0}
