"""The floors under the reading of the labelled documents; a change that reads them worse fails here."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from archive.analysis.export import record
from archive.analysis.pipeline import analyse
from tests.gold_score import Item, Score

GOLD = Path(__file__).parent / "gold"
NAMES = sorted(path.name for path in (GOLD / "text").iterdir())


@cache
def gold(name: str) -> Item:
    labels: Item = json.loads((GOLD / "labels" / f"{name}.json").read_text(encoding="utf-8"))
    return labels


@cache
def reading(name: str) -> Item:
    text = (GOLD / "text" / name).read_bytes().decode("utf-8")
    return record(name, text, analyse(text))


@cache
def pooled() -> Score:
    score = Score()
    for name in NAMES:
        score.add(gold(name), reading(name))
    return score


@pytest.mark.parametrize(
    ("layer", "floor"), [("sections", 0.98), ("directives", 0.93), ("formulations", 0.85), ("themes", 0.85)]
)
def test_what_is_found(layer: str, floor: float) -> None:
    assert pooled().f1(layer) >= floor


@pytest.mark.parametrize(
    ("attribute", "layer", "floor"),
    [
        ("level", "sections", 0.97),
        ("kind", "sections", 0.97),
        ("modality", "directives", 0.97),
        ("actor", "directives", 0.85),
        ("theme", "directives", 0.95),
    ],
)
def test_what_is_said_of_the_hits(attribute: str, layer: str, floor: float) -> None:
    assert pooled().share(attribute, layer) >= floor


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fact", ["title", "site", "category", "language", "boilerplate"])
def test_facts_are_read_exactly(name: str, fact: str) -> None:
    assert reading(name)[fact] == gold(name)[fact]


@pytest.mark.parametrize("name", NAMES)
def test_every_document_by_itself_is_read_well(name: str) -> None:
    score = Score()
    score.add(gold(name), reading(name))
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
