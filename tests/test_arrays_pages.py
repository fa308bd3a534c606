"""Array postings through their history, and what a page of results needs: counts, order, groups."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from whoosh import query as wq

from archive.search.arrays import queries
from archive.search.arrays.groups import count_groups, falling, keyword_counts, number_counts, top_groups
from archive.search.arrays.searcher import Hit, Part, Searcher
from archive.search.arrays.segments import Making
from archive.search.arrays.writer import ArrayWriter, merge_all, merge_due, merge_none, merge_small
from tests.arrays_fixtures import (
    Row,
    begins,
    fill,
    make_document,
    make_index,
    ordinary,
    pks,
    rows_of,
    scores,
    sequence,
)


@pytest.mark.parametrize("seed", range(6))
def test_histories(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Adds, replaces and deletes with all ways of merging: what is found is what a dictionary would hold."""
    monkeypatch.setattr("archive.search.arrays.packing.BLOCK", [1 << 20, 50][seed % 2])
    rng, numbers = random.Random(seed), itertools.count(1)
    folder, truth = make_index(tmp_path / "arrays"), dict[int, list[Row]]()
    for _ in range(12):
        writer = ArrayWriter(folder, Making(together="document", limit=rng.choice([100, 100_000])))
        changed = rng.sample(range(1, 30), rng.randint(0, 8))
        writer.delete("key", map(str, changed))
        for document in changed:
            truth.pop(document, None)
            if rng.random() < 0.7:
                truth[document] = make_document(rng, document, numbers)
                for each in truth[document]:
                    writer.add(each)
        if rng.random() < 0.15:
            writer.cancel()
            return
        writer.commit(rng.choice([merge_all, merge_small, merge_due, merge_none, lambda all_: [all_[::2]]]))
        compare(folder, [each for rows in truth.values() for each in rows], rng)


def compare(folder: Path, rows: list[Row], rng: random.Random) -> None:
    searcher = Searcher(folder, ties=("document", "ordinal"))
    searcher.verify()
    assert searcher.count() == len(rows)
    for _ in range(6):
        asked = sequence(rng)
        found = searcher.select(asked)
        wanted = [each for each in rows if begins(each, asked)]
        assert pks(found) == {each["pk"] for each in wanted}
        assert searcher.keywords(found, "themes") == Counter(theme for each in wanted for theme in each["themes"])
        assert searcher.keywords(found, "key") == Counter(each["key"][0] for each in wanted)
        assert searcher.numbers(found, "year") == Counter(each["year"] for each in wanted)
        filtered = wq.And([asked, queries.Values("themes", ("line", "war")), queries.Between("year", 2001, 2002)])
        assert pks(searcher.select(filtered)) == {
            each["pk"] for each in wanted if {"line", "war"} & {*each["themes"]} and each["year"] in (2001, 2002)
        }
        compare_groups(searcher, found, wanted)
        words = wq.Or([wq.Term("text_exact", "mass"), wq.Phrase("text_exact", ["the", "mass"])])
        assert scores(searcher.select(words)) == pytest.approx(ordinary(folder, words), rel=1e-4)


def compare_groups(searcher: Searcher, found: list[Part], wanted: list[Row]) -> None:
    """Documents instead of rows: their number, their order, what is counted of them."""
    groups: dict[int, list[Row]] = {}
    for each in wanted:
        groups.setdefault(each["document"], []).append(each)
    assert count_groups(found, "document") == len(groups)
    themes = {document: {theme for each in rows for theme in each["themes"]} for document, rows in groups.items()}
    for joined in ((), ("line",), ("line", "war", "nothing")):
        every = Counter(theme for some in themes.values() for theme in some)
        assert keyword_counts(found, "themes", joined, "document") == {
            theme: sum(bool({theme, *joined} & some) for some in themes.values()) for theme in every
        }
        assert keyword_counts(found, "themes", joined) == {
            theme: sum(bool({theme, *joined} & {*each["themes"]}) for each in wanted) for theme in every
        }
    assert number_counts(searcher, found, "document", "document") == dict.fromkeys(groups, 1)
    known = scores(found)
    best = sorted(groups, key=lambda document: (-max(known[each["pk"]] for each in groups[document]), document))
    for end in (1, 3, None):
        top = top_groups(searcher, found, "document", end)
        assert [group.hits[0].number("document") for group in top] == best[:end]
        for group in top:
            rows = groups[group.hits[0].number("document")]
            assert group.score == max(known[each["pk"]] for each in rows)
            ranked = sorted(rows, key=lambda each: (-known[each["pk"]], each["ordinal"]))
            assert [hit.number("pk") for hit in group.hits] == [each["pk"] for each in ranked]
        years = {document: min((-each["year"], document) for each in rows) for document, rows in groups.items()}
        first = [group.hits[0].number("document") for group in top_groups(searcher, found, "document", end, ["-year"])]
        assert first == sorted(groups, key=years.__getitem__)[:end]


def page(searcher: Searcher, asked: wq.Query, end: int | None, order: tuple[str, ...] = ()) -> list[Hit]:
    return searcher.top(searcher.select(asked), end, order)


@pytest.mark.parametrize("commits", [1, 3])
@pytest.mark.parametrize("order", [(), ("year",), ("-year",), ("title_sort",), ("-title_sort", "year")])
def test_pages_lose_and_repeat_nothing(tmp_path: Path, commits: int, order: tuple[str, ...]) -> None:
    searcher = fill(make_index(tmp_path / "arrays"), rows_of(3, 60), commits)
    asked = wq.Or([wq.Every(), wq.Term("themes", "war")])  # many rows of equal scores
    whole = [hit.number("pk") for hit in page(searcher, asked, None, order)]
    assert sorted(whole) == sorted(pks(searcher.select(asked)))
    for size in (1, 2, 3, 7, 50, 1000):
        pages = [page(searcher, asked, end + size, order)[end:] for end in range(0, len(whole), size)]
        assert [hit.number("pk") for some in pages for hit in some] == whole


@pytest.mark.parametrize("commits", [1, 2])
def test_order(tmp_path: Path, commits: int) -> None:
    rows = rows_of(4, 50)
    for each in rows[::9]:
        each["year"] = 0
    searcher = fill(make_index(tmp_path / "arrays"), rows, commits)

    def by(*order: str) -> list[int]:
        return [hit.number("pk") for hit in page(searcher, wq.Every(), None, order)]

    def tie(each: Row) -> tuple[int, int]:
        return each["document"], each["ordinal"]

    rising = sorted(rows, key=lambda each: (not each["year"], each["year"], *tie(each)))
    falling = sorted(rows, key=lambda each: (not each["year"], -each["year"], *tie(each)))
    titles = sorted(rows, key=lambda each: (not each["title_sort"], each["title_sort"], *tie(each)))
    assert by("year") == [each["pk"] for each in rising]
    assert by("-year") == [each["pk"] for each in falling]
    assert by("title_sort") == [each["pk"] for each in titles]
    found = searcher.select(wq.Term("text_exact", "mass"))
    known = scores(found)
    ranked = sorted((each for each in rows if each["pk"] in known), key=lambda each: (-known[each["pk"]], *tie(each)))
    assert [hit.number("pk") for hit in searcher.top(found, 10)] == [each["pk"] for each in ranked[:10]]
    assert [hit.score for hit in searcher.top(found, 5)] == [known[each["pk"]] for each in ranked[:5]]


@pytest.mark.parametrize("seed", range(3))
def test_scores_in_falling_order(seed: int) -> None:
    rng = random.Random(seed)
    groups = [[rng.choice([0.0, 0.25, 7.5, rng.random()]) for _ in range(rng.randint(1, 9))] for _ in range(30)]
    scores = np.array([score for group in groups for score in group], np.float32)
    starts = np.array([0, *itertools.accumulate(map(len, groups))][:-1])
    assert falling(scores, starts).tolist() == [
        pytest.approx(score) for group in groups for score in sorted(group, reverse=True)
    ]
