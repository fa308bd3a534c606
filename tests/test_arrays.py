"""Array postings against ordinary Whoosh and against the slow way: rows, scores, counts, order."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from whoosh import query as wq
from whoosh.index import create_in

from archive.search.arrays import fields, queries
from archive.search.arrays.searcher import Searcher
from archive.search.arrays.segments import Making
from archive.search.arrays.words import Words
from archive.search.arrays.writer import ArrayWriter
from archive.search.spacing import INVISIBLE, closed
from archive.search.tokens import occurrences, stem, terms, tokens, units
from tests.arrays_fixtures import (
    HAN,
    PlainText,
    begins,
    fill,
    make_index,
    near,
    ordinary,
    pks,
    row,
    rows_of,
    schema,
    scores,
    sequence,
    sought,
    whoosh_scores,
)


@pytest.mark.parametrize("seed", range(4))
def test_scores_of_an_index_that_whoosh_has_written(tmp_path: Path, seed: int) -> None:
    rows = rows_of(seed)
    searcher = fill(make_index(tmp_path / "arrays"), rows)
    (tmp_path / "plain").mkdir()
    plain = create_in(str(tmp_path / "plain"), schema(PlainText))
    with plain.writer() as writer:
        for each in rows:
            writer.add_document(**each)
    rng = random.Random(seed)
    with plain.searcher() as reference:
        for _ in range(120):
            asked = sought(rng)
            assert scores(searcher.select(asked)) == pytest.approx(whoosh_scores(reference, asked), rel=1e-4), asked


@pytest.mark.parametrize("seed", range(3))
def test_whoosh_reads_the_same_index(tmp_path: Path, seed: int) -> None:
    folder = make_index(tmp_path / "arrays")
    searcher = fill(folder, rows_of(seed), commits=3)
    rng = random.Random(seed)
    for _ in range(60):
        asked = sought(rng)
        assert scores(searcher.select(asked)) == pytest.approx(ordinary(folder, asked), rel=1e-4), asked
    for asked in (wq.FuzzyTerm("text_exact", "masse"), wq.Wildcard("text_exact", "p*c?"), wq.Every("text_exact")):
        found = ordinary(folder, asked)
        assert found
        assert scores(searcher.select(asked)) == pytest.approx(found, rel=1e-4), asked


@pytest.mark.parametrize("seed", range(2))
def test_weights_of_terms_wherever_they_occur(tmp_path: Path, seed: int) -> None:
    searcher = fill(make_index(tmp_path / "arrays"), rows_of(seed), commits=2)
    weights = {queries.Step("text_exact", "mass"): 1.0, queries.Step("text_exact", "pol", 0, True): 0.5}
    alone = {step: scores(searcher.select(queries.Sequence((step,)))) for step in weights}
    found = searcher.weighed(searcher.select(queries.Values("themes", ("line",))), weights)
    assert scores(found) == pytest.approx(
        {pk: sum(weight * alone[step].get(pk, 0) for step, weight in weights.items()) for pk in pks(found)}, rel=1e-5
    )


def test_threads_may_share_a_searcher(tmp_path: Path) -> None:
    searcher = fill(make_index(tmp_path / "arrays"), rows_of(2), commits=2)
    rng = random.Random(2)
    asked = [sought(rng) for _ in range(40)] + [wq.FuzzyTerm("text_exact", "masse"), wq.Wildcard("text_exact", "p*c?")]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda query: scores(searcher.select(query)), asked * 4))
    alone = fill(tmp_path / "arrays", [])
    assert found == [scores(alone.select(query)) for query in asked] * 4


def test_what_is_excluded_is_gone(tmp_path: Path) -> None:
    searcher = fill(make_index(tmp_path / "arrays"), rows_of(1), commits=2)
    rng = random.Random(1)
    for _ in range(50):
        wanted, excluded = sought(rng, 1), sought(rng, 1)
        left = scores(searcher.select(wanted))
        for gone in scores(searcher.select(excluded)):
            left.pop(gone, None)
        assert scores(searcher.select(wq.AndNot(wanted, excluded))) == left


@pytest.mark.parametrize("seed", range(2))
def test_own_queries_inside_those_of_whoosh(tmp_path: Path, seed: int) -> None:
    folder = make_index(tmp_path / "arrays")
    searcher = fill(folder, rows_of(seed), commits=2)
    rng = random.Random(seed)
    for _ in range(30):
        year = queries.Between("year", 2001, 2003)
        for asked in (
            wq.AndMaybe(sequence(rng), sequence(rng)),
            wq.And([sequence(rng), year, wq.Not(queries.Values("themes", ("war",)))]),
            wq.DisjunctionMax([sequence(rng), wq.And([year, wq.Term("text_exact", "line")])]),
        ):
            assert scores(searcher.select(asked)) == pytest.approx(ordinary(folder, asked), rel=1e-4), asked


@pytest.mark.parametrize("seed", range(4))
def test_sequences_and_nearness_are_those_of_the_positions(tmp_path: Path, seed: int) -> None:
    rows = rows_of(seed)
    searcher = fill(make_index(tmp_path / "arrays"), rows, commits=2)
    rng = random.Random(seed)
    for _ in range(60):
        asked = sequence(rng)
        assert pks(searcher.select(asked)) == {each["pk"] for each in rows if begins(each, asked)}, asked
        close = queries.Nearby(tuple(sequence(rng) for _ in range(rng.randint(1, 3))), rng.randint(0, 4))
        assert pks(searcher.select(close)) == {each["pk"] for each in rows if near(each, close)}, close


def test_a_sequence_does_not_run_over_the_end_of_a_row(tmp_path: Path) -> None:
    rows = [row(1, 0, 1, "the mass"), row(1, 1, 2, ""), row(1, 2, 3, "line of"), row(1, 3, 4, "mass line")]
    searcher = fill(make_index(tmp_path / "arrays"), rows)
    phrase = queries.Sequence((queries.Step("text_exact", "mass"), queries.Step("text_exact", "line", 1)), 2)
    assert pks(searcher.select(phrase)) == {4}
    assert pks(searcher.select(wq.Phrase("text_exact", ["mass", "line"]))) == {4}
    parts = tuple(queries.Sequence((queries.Step("text_exact", word),)) for word in ("of", "mass"))
    assert pks(searcher.select(queries.Nearby(parts, 5))) == set()


@pytest.mark.parametrize("seed", range(3))
def test_chinese_is_found_as_a_substring_is(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    texts = ["".join(rng.choices(HAN[:4] + "，a ", k=rng.randint(0, 40))) for _ in range(60)]
    rows = [row(number, 0, number, text) for number, text in enumerate(texts, 1)]
    searcher = fill(make_index(tmp_path / "arrays"), rows, commits=2)
    shown = [closed(text).replace(INVISIBLE, "") for text in texts]
    for _ in range(80):
        wanted = "".join(rng.choices(HAN[:4], k=rng.randint(1, 5)))
        found = units(wanted)
        asked = queries.Sequence(tuple(queries.Step("text_han", unit.text, unit.offset) for unit in found))
        assert pks(searcher.select(asked)) == {number for number, text in enumerate(shown, 1) if wanted in text}, wanted


def test_a_text_may_be_given_in_three_ways(tmp_path: Path) -> None:
    """As term → positions, as parallel sequences, and with its stems left to the writer."""
    texts = [*("the masses of masses mass" for _ in range(3)), "公安 mass 群众", "", "policing police, policed"]
    wanted = rows_of(5)[:0] + [row(number, 0, number, text) for number, text in enumerate(texts, 1)]
    kinds = [make_index(tmp_path / name) for name in ("terms", "parallel", "derived")]
    fill(kinds[0], wanted)
    for folder, derived in zip(kinds[1:], ({}, {"text": ("text_exact", stem)}), strict=True):
        writer = ArrayWriter(folder, Making(derived))
        for each, text in zip(wanted, texts, strict=True):
            words = [token for token in tokens(text) if not token.han]
            at = [token.position for token in words]
            given = {**each, "text_exact": fields.Occurrences([token.text for token in words], at)}
            given["text"] = fields.Occurrences([stem(token.text) for token in words], at)
            for name in derived:
                del given[name]
            writer.add(given)
        writer.commit()
    files = [{name: leaf.data.file[name].tolist() for name in leaf.data.file} for leaf in map(only_leaf, kinds)]
    assert files[1] == files[0]
    assert files[2] == files[0]


def test_han_may_be_given_in_runs(tmp_path: Path) -> None:
    """Characters that touch are counted one by one and two by two, whatever stands between them."""
    texts = ["公安 mass 群众，群众路线", "", "mass", "线", "公安，公安"]
    folders = [make_index(tmp_path / name) for name in ("terms", "runs")]
    for folder in folders:
        writer = ArrayWriter(folder)
        for number, text in enumerate(texts):
            given = row(number, 0, number, text)
            if folder.name == "runs":
                given["text_han"] = fields.Runs(*occurrences(text)[1])
                assert fields.by_term(given["text_han"]) == terms(text).han
            writer.add(given)
        writer.commit()
    files = [{name: leaf.data.file[name].tolist() for name in leaf.data.file} for leaf in map(only_leaf, folders)]
    assert files[1] == files[0]


def only_leaf(folder: Path):
    (leaf,) = Searcher(folder).leaves
    return leaf


def test_merging_stems_that_were_given_by_term(tmp_path: Path) -> None:
    """Two words with one stem, each given with its positions: the places of the stem rise all the same."""
    writer = ArrayWriter(make_index(tmp_path / "arrays"), Making({"text": ("text_exact", stem)}))
    writer.add({"pk": 1, "text_exact": {"masses": [1, 4], "mass": [0, 3]}})
    writer.commit()
    assert only_leaf(tmp_path / "arrays").data.text("text").places.tolist() == [0, 1, 3, 4]


def test_the_dictionary_of_several_segments(tmp_path: Path) -> None:
    rows = rows_of(3)
    searcher = fill(make_index(tmp_path / "arrays"), rows, commits=3)
    known = {word for each in rows for word in each["text_exact"]}
    for beginning in ("", "p", "po", "masses", "x"):
        assert [*searcher.words("text_exact", beginning)] == sorted(
            word for word in known if word.startswith(beginning)
        )


def test_what_a_row_lacks(tmp_path: Path) -> None:
    folder = make_index(tmp_path / "arrays")
    searcher = fill(folder, [{"pk": 7}, {"pk": 8, "themes": None, "year": 2001, "text": {}}])
    everything = searcher.select(wq.Every())
    assert pks(everything) == {7, 8}
    assert searcher.numbers(everything, "year") == {2001: 1}
    assert searcher.keywords(everything, "themes") == {}
    with pytest.raises(KeyError, match="colour"):
        fill(folder, [{"colour": 1}])


def test_an_empty_index(tmp_path: Path) -> None:
    searcher = Searcher(make_index(tmp_path / "arrays"))
    assert searcher.top(searcher.select(wq.Every())) == []
    assert searcher.keywords([], "themes") == {}


def test_positions_are_given_back_as_they_were(tmp_path: Path) -> None:
    rows = rows_of(6, 10)
    fill(make_index(tmp_path / "arrays"), rows)
    terms_reader = only_leaf(tmp_path / "arrays").stock().reader()
    for word in set().union(*(each["text_exact"] for each in rows)):
        matcher = terms_reader.postings("text_exact", word)
        found = {rows[row]["pk"]: at for row, at in zip(matcher.all_ids(), iter_positions(matcher), strict=True)}
        assert found == {each["pk"]: each["text_exact"][word] for each in rows if word in each["text_exact"]}


def iter_positions(matcher):
    while matcher.is_active():
        yield matcher.value_as("positions")
        matcher.next()


@pytest.mark.parametrize(
    ("prefix", "found"), [(b"", ["", "a", "ab", "b", "b\xff", "c"]), (b"a", ["a", "ab"]), (b"b", ["b", "b\xff"])]
)
def test_words(prefix: bytes, found: list[str]) -> None:
    words = Words.of([b"", b"a", b"ab", b"b", b"b\xff", b"c"])
    low, high = words.begins(prefix)
    assert [word.decode("latin-1") for word in words[low:high]] == found
    assert words.begins(b"b\xff") == (4, 5)
    assert [words.number(word) for word in (b"ab", b"aa", b"zz")] == [2, -1, -1]


def test_filters_are_forgotten_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.search.arrays.reading.MASKS", 3)
    searcher = fill(make_index(tmp_path / "arrays"), rows_of(7))
    for year in [*range(1990, 2010), 2001]:
        searcher.select(queries.Between("year", year, year))
    assert len(searcher.leaves[0].data._masks) == 3
    assert np.count_nonzero(searcher.leaves[0].data._masks[queries.Between("year", 2001, 2001)])
