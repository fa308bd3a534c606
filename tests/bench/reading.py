"""How fast the stages of the analysis read: characters per second, and the wall time of very long documents."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from itertools import chain, zip_longest
from pathlib import Path
from statistics import median
from types import FunctionType
from typing import Any

from archive.analysis import pipeline
from archive.formats import SUFFIXES, UnreadableFile, read
from tests.bench.corpus import CHINESE_EACH, document, documents
from tests.bench.vocabulary import SEED

CHARACTERS = 1_000_000
"""Of a folder of documents, so many characters are read."""
LONGEST = 200_000
"""Documents longer than this are left to the measurement of long documents."""
STAGES = {"outline": "sections"}
"""Module of a stage → its name, where it is another."""


def measure(folder: Path | None, rounds: int, characters: int = CHARACTERS) -> dict[str, Any]:
    """Figures as plain data; `folder` may be None, then the texts are generated."""
    texts = list(upto(characters, from_folder(folder) if folder else generated()))
    pipeline.analyse(texts[0])  # reads the lexicons
    each = [stages(texts) for _ in range(rounds)]
    total = sum(map(len, texts))
    spent = {name: median(done[name] for done in each) for name in each[0]}
    return {
        "source": "generated" if folder is None else "documents of the corpus",
        "documents": len(texts),
        "characters": total,
        "stages": {name: {"seconds": took, "characters per second": total / took} for name, took in spent.items()},
        "long documents": {name: seconds(text) for name, text in long_documents().items()},
    }


def upto(characters: int, texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        if characters <= 0:
            return
        if len(text) <= LONGEST:
            characters -= len(text)
            yield text


def generated() -> Iterator[str]:
    return (each["text"] for each in documents(10_000))


def from_folder(folder: Path) -> Iterator[str]:
    """The texts of the files, from every sub-folder in turn, in an order that is mixed but always the same."""
    kinds = []
    for part in sorted(path for path in folder.iterdir() if path.is_dir()) or [folder]:
        files = sorted(path for path in part.rglob("*") if path.suffix in SUFFIXES and path.suffix != ".zip")
        random.Random(SEED).shuffle(files)
        kinds.append(files)
    for path in chain.from_iterable(zip_longest(*kinds)):
        try:
            if path:
                yield read(path.read_bytes(), path.name).text
        except UnreadableFile:
            continue


def stages(texts: Sequence[str]) -> dict[str, float]:
    """Seconds that each stage took for all the texts, in the order of the pipeline, and `all` of them together."""
    spent: dict[str, float] = defaultdict(float)
    with watched(spent):
        begun = time.perf_counter()
        for text in texts:
            pipeline.analyse(text)
        return {**spent, "all": time.perf_counter() - begun}


@contextmanager
def watched(spent: dict[str, float]) -> Iterator[None]:
    """The functions that the pipeline calls add their time to `spent` inside the block."""
    names = {name: value for name, value in vars(pipeline).items() if is_stage(value)}
    try:
        for name, function in names.items():
            module = function.__module__.rsplit(".", 1)[-1]
            setattr(pipeline, name, clocked(function, STAGES.get(module, module), spent))
        yield
    finally:
        for name, function in names.items():
            setattr(pipeline, name, function)


def is_stage(value: object) -> bool:
    """Whether it is a function that the pipeline has from another module of the analysis."""
    home = getattr(value, "__module__", "")
    return isinstance(value, FunctionType) and home.startswith("archive.analysis.") and home != pipeline.__name__


def clocked(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    @wraps(function)
    def call(*values: Any, **options: Any) -> Any:
        begun = time.perf_counter()
        try:
            return function(*values, **options)
        finally:
            spent[stage] += time.perf_counter() - begun

    return call


def long_documents() -> dict[str, str]:
    """Name → text of a document that would show a stage which is not linear."""
    english = "".join(document(number)["text"] for number in range(1, 200) if number % CHINESE_EACH)
    chinese = "".join(document(number)["text"] for number in range(CHINESE_EACH, 200 * CHINESE_EACH, CHINESE_EACH))
    return {
        "English, one line of 240 KB": " ".join(english.split())[:240_000],
        "English, 1 MB": english[:1_000_000],
        "Chinese, one line of 240 KB": "".join(chinese.split())[:80_000],
        "Chinese, 1 MB": chinese[:333_000],
    }


def seconds(text: str) -> float:
    begun = time.perf_counter()
    pipeline.analyse(text)
    return time.perf_counter() - begun
