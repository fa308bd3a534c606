"""The floors under the reading of the labelled documents; a change that reads them worse fails here."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from archive.analysis.export import record
from archive.analysis.pipeline import analyse
from tests.gold_score import Item, Score

TESTS = Path(__file__).parent
DOCUMENTS = sorted(path for folder in ("gold", "gold_own") for path in (TESTS / folder / "text").iterdir())


@cache
def gold(path: Path) -> Item:
    labels: Item = json.loads((path.parents[1] / "labels" / f"{path.name}.json").read_text(encoding="utf-8"))
    return labels


@cache
def reading(path: Path) -> Item:
    text = path.read_bytes().decode("utf-8")
    return record(path.name, text, analyse(text))


@cache
def pooled(folder: str) -> Score:
    score = Score()
    for path in DOCUMENTS:
        if path.parents[1].name == folder:
            score.add(gold(path), reading(path))
    return score


@pytest.mark.parametrize(
    ("folder", "layer", "floor"),
    [
        ("gold", "sections", 0.98),
        ("gold", "directives", 0.93),
        ("gold", "formulations", 0.85),
        ("gold", "themes", 0.85),
        ("gold_own", "sections", 0.98),
        ("gold_own", "directives", 0.97),
        ("gold_own", "formulations", 0.92),
        ("gold_own", "themes", 0.75),
    ],
)
def test_what_is_found(folder: str, layer: str, floor: float) -> None:
    assert pooled(folder).f1(layer) >= floor


@pytest.mark.parametrize("folder", ["gold", "gold_own"])
@pytest.mark.parametrize(
    ("attribute", "layer", "floor"),
    [
        ("level", "sections", 0.97),
        ("kind", "sections", 0.97),
        ("modality", "directives", 0.97),
        ("actor", "directives", 0.95),
        ("theme", "directives", 0.95),
    ],
)
def test_what_is_said_of_the_hits(folder: str, attribute: str, layer: str, floor: float) -> None:
    assert pooled(folder).share(attribute, layer) >= floor


FACTS = [(path, fact) for path in DOCUMENTS for fact in ("title", "language")]
FACTS += [
    (path, fact)
    for path in DOCUMENTS
    for fact in ("site", "category", "boilerplate")
    # a page's path without a name for the site, and a title that stands twice, are labelled otherwise in our own
    if path.parents[1].name == "gold"
]


@pytest.mark.parametrize(("path", "fact"), FACTS)
def test_facts_are_read_exactly(path: Path, fact: str) -> None:
    assert reading(path)[fact] == gold(path)[fact]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_document_by_itself_is_read_well(path: Path) -> None:
    score = Score()
    score.add(gold(path), reading(path))
    assert score.f1("sections") >= 0.95
    assert score.f1("directives") >= 0.85


def test_the_measure_counts_a_miss_a_find_too_many_and_a_wrong_level() -> None:
    def sections(*starts: int, level: int = 1) -> Item:
        found = [{"start": start, "level": level, "kind": "item"} for start in starts]
        return {"sections": found, "directives": [], "formulations": [], "themes": ["visits"]}

    score = Score()
    score.add(sections(10, 50, 90), sections(12, 54, 90, 120, level=2))
    assert (score.counts["sections hit"], score.counts["level right"], score.counts["kind right"]) == (2, 0, 2)
    assert score.f1("sections") == pytest.approx(2 * 2 / (3 + 4))
    assert score.f1("themes") == 1.0
