"""What `make bench` measures with: the same corpus every time, and contenders that answer the same questions alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from archive.search import indexer
from tests.bench import archive, corpus, fts5, questions, reading, whoosh_direct
from tests.bench.contender import Contender, Question, exploded, parts, rows, spaced
from tests.bench.contest import BASE, Contest, Options, agree
from tests.bench.figures import percentile, times
from tests.bench.report import markdown
from tests.bench.rows import load
from tests.bench.worker import outcome
from tests.search_fixtures import index_folder  # noqa: F401 - a fixture

DOCUMENTS = 16


def test_the_corpus_is_the_same_every_time():
    assert list(corpus.documents(8)) == list(corpus.documents(20))[:8]
    assert list(corpus.documents(8)) != list(corpus.documents(8, seed=1))


def test_documents_are_of_the_promised_shape():
    made = list(corpus.documents(40))
    assert {len(each["sections"]) for each in made} == {corpus.SECTIONS}
    for each in made:
        ends = [section["end"] for section in each["sections"]]
        assert [section["start"] for section in each["sections"]] == [0, *ends[:-1]]
        assert ends[-1] == len(each["text"])
    words = [len(each["text"].split()) / corpus.SECTIONS for each in made if each["language"] == "en"]
    assert 100 < sum(words) / len(words) < 135
    assert Counter(each["language"] for each in made) == {"en": 35, "zh": 5}


def test_the_questions_are_the_same_every_time():
    asked = questions.questions()
    assert asked == questions.questions()
    assert [question.number for question in asked] == list(range(200))
    assert Counter(question.group for question in asked) == {name: count for name, count, _ in questions.CLASSES}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Question(("big", "visit")), [["big"], ["visit"]]),
        (Question(("big", "visit"), "phrase"), [["big", "visit"]]),
        (Question(("群众", "路")), [["群", "众"], ["路"]]),
        (Question(("群众", "路"), "phrase"), [["群", "众", "路"]]),
    ],
)
def test_chinese_is_asked_character_by_character(question: Question, expected: list[list[str]]):
    assert parts(question) == expected


def test_chinese_characters_that_do_not_touch_are_kept_apart():
    assert spaced("群众,路 big").split() == ["群", "众", "zq", "路", "big"]


def test_combined_facets_are_counted_by_value():
    assert exploded([("a|b", 2), ("b", 3)]) == {"a": 2, "b": 5}


def test_figures_are_medians_of_the_rounds():
    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile(range(1, 101), 0.95) == 95
    assert asdict(times([[1, 2, 3], [1, 2, 9], [4, 5, 6]])) == {"p50": 2, "p95": 6, "worst": 6}


def test_every_stage_of_the_analysis_is_measured():
    found = reading.stages([document["text"] for document in corpus.documents(1)])
    assert {*found} == {name for name, _ in reading.pipeline.STAGES} | {"all"}
    assert reading.pipeline.sections.__name__ == "sections"  # and not still the one that is timed


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, list[Question]]:
    corpus.write(tmp_path / "corpus.jsonl", corpus.documents(DOCUMENTS))
    return tmp_path / "corpus.jsonl", questions.questions()


def answers(contender: Contender, asked: list[Question]) -> list[dict[str, object]]:
    contender.open()
    found = [contender.ask(question) for question in asked]
    contender.close()
    for question, answer in zip(asked, found, strict=True):
        assert answer.snippets is None or not question.snippets or len(answer.snippets) == len(answer.ids)
    return [outcome(answer) for answer in found]


@pytest.mark.django_db
def test_contenders_agree(files: tuple[Path, list[Question]], index_folder: Path, tmp_path: Path):  # noqa: F811
    made, asked = files
    assert load(made) == DOCUMENTS
    indexer.rebuild()
    engine = answers(archive.Engine(index_folder), asked)
    assert sum(answer["total"] > 0 for answer in engine) > 120
    service = answers(archive.Service(index_folder), asked)
    # the page may look for variants of the words, too
    assert all(more["total"] >= least["total"] for more, least in zip(service, engine, strict=True))
    assert sum(map(agree, asked, service, engine)) > 180
    for kind in (fts5.Fts5, whoosh_direct.WhooshDirect):
        contender = kind(tmp_path)
        assert contender.build(made).documents == DOCUMENTS
        # Whoosh takes a filter that nothing passes for none
        fair = [q.number for q in asked if kind is fts5.Fts5 or not (q.themes or q.sources or q.years)]
        found = answers(contender, asked)
        assert [n for n in fair if not agree(asked[n], found[n], engine[n])] == []


def test_a_set_phrase_is_found_where_it_literally_stands(files: tuple[Path, list[Question]], tmp_path: Path):
    made, asked = files
    phrase = next(question for question in asked if question.match == "phrase" and len(question.words) > 3)
    contender = fts5.Fts5(tmp_path)
    contender.build(made)
    contender.open()
    total = contender.ask(phrase).total
    contender.close()
    assert total == sum(" ".join(phrase.words) in row.text.lower() for row in rows(made)) > 0


def test_a_contest_between_processes(tmp_path: Path):
    contest = Contest(tmp_path / "work", Options(names=("fts5", "whoosh"), rounds=1, pages=0))
    found = contest.run(corpus.documents(DOCUMENTS), questions.questions())
    contest.clear()
    assert {name: each["answered"] for name, each in found["contenders"].items()} == {"fts5": 200, "whoosh": 200}
    assert found["skipped"] == {}
    assert found["contenders"]["fts5"]["build"]["documents"] == DOCUMENTS
    assert not contest.folder.exists()
    results = {"begun": "today", "cores": 2, "python": "3", "rounds": 1, "search": [found]}
    assert f"## Search: {DOCUMENTS} documents" in markdown(results)


def test_a_contender_that_cannot_run_is_skipped(tmp_path: Path):
    contest = Contest(tmp_path / "work", Options(names=("fts5", "tantivy"), rounds=1, pages=0, tantivy_python="false"))
    found = contest.run(corpus.documents(2), questions.questions()[:5])
    assert {*found["contenders"]} == {"fts5"}
    assert {*found["skipped"]} == {"tantivy"}
    assert BASE not in found["contenders"]
