"""Golden queries on texts that were uploaded, read and published: the founding documents and two notices.

A row says in which documents passages are found, and words whose sections must, and must not, be among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from archive.models import Document, Section
from archive.search import Grain, SearchParams, Variants, indexer, search
from tests.factories import published
from tests.search_fixtures import index_in

pytestmark = pytest.mark.django_db
TEXTS = {
    "pointed": "archive/founding_documents/000_a81bee9048402d87.txt",
    "four": "archive/founding_documents/001_4ee9e110e922a036.txt",
    "study": "archive/founding_documents/002_7b8794a6b6157b48.txt",
    "customs": "archive/founding_documents/003_6b860823d964cfe5.txt",
    "visits": "archive/founding_documents/004_16824a289556e031.txt",
    "lamp": "tests/gold/text/S1_ministry_notice_last_lamp.txt",
    "knock": "tests/gold/text/S7_zh_notice_night_knock.txt",
}
Row = tuple[str, str, tuple[str, ...], tuple[str, ...]]

GOLDEN: list[Row] = [
    ('"seeds and land"', "pointed", ("fish and water",), ()),
    ('"fish and water"', "pointed", (), ()),
    ('fish water "tree without roots"', "customs", (), ()),
    ("fish water", "pointed customs", (), ()),
    ('"four environments"', "four", (), ("A good public security environment is first and foremost stable",)),
    ("Meizhou stability", "four", ("actively carry out strike-hard rectification offensives",), ()),
    ('"20 Gong"', "study", (), ()),
    ('"from the masses, to the masses"', "customs", (), ()),
    ('"to the people" "seeds"', "", (), ()),
    (
        '"mass line" -political',
        "customs lamp visits",
        ("Adhere to the mass line", "insufficient understanding of the importance of implementing the mass line"),
        (),
    ),
    ("“flesh-and-blood connection”", "customs", (), ()),
    ('"safe China"', "pointed", (), ()),
    ('"big visit"', "visits", (), ()),
    ('"large-scale visits"', "visits", (), ()),
    ("Joke Collection Website", "", (), ()),
    ("Bulletin headlines", "", (), ()),
    ('"last lamp"', "lamp", (), ("Crack down on those who feed on the darkness",)),
    ('"small bench meeting"', "lamp", ("to be answered within seven days",), ("Find out the real situation",)),
    ("bench* compound", "lamp", ("three fifths of the opinions",), ("Crack down on those",)),
    ('"ledger tenants"~30', "lamp", ("copy last year's ledger",), ("clear the sundries",)),
    ("bench -threshold", "lamp", ("Units not listed have no task",), ("The bench is low",)),
    ("(burglary OR tricycle) gate", "lamp", ("feed on the darkness",), ("clear the sundries",)),
    ("title:lamp inspection", "lamp", ("make sure that the inspection hears the truth",), ()),
    ("number:公通字〔2013〕12号", "", (), ()),
    ("lang:zh", "knock", (), ()),
    ("敲门问安", "knock", ("扎实开展敲门问安",), ("指挥中心应对夜间警情逐周分析",)),
    ("敲门", "knock", ("每周至少敲门一次",), ("亮灯岗亭的位置已由规划部门现场确认",)),
    ("群众", "knock", ("这些话不中听",), ("列入2021年平安建设重点项目",)),
    ("羣眾", "knock", ("这些话不中听",), ("列入2021年平安建设重点项目",)),
    ("门敲", "", (), ()),
    ("夜市 -摊", "knock", ("严查酒驾醉驾",), ("去年登记的312户",)),
    ("“板凳调解室”", "knock", ("不能当场调解的次日上午",), ("严查酒驾醉驾",)),
    ("板凳 调解", "knock", ("不能当场调解的次日上午",), ("动员部署阶段",)),
    ("调解板凳", "", (), ()),
    ("１１０", "knock", ("接到110夜市警情",), ("动员会",)),
    ("酒", "knock", ("不得在岗亭内饮酒", "严查酒驾醉驾"), ("动员会",)),
    ("number:澜公通字（2021）36号", "knock", (), ()),
    ("澜公通字〔2021〕36号", "knock", (), ("动员会",)),
    ('"群众 满意度"~6', "knock", ("抽取200名群众开展满意度",), ("动员会",)),
    ("year:2021 敲门", "knock", ("每周至少敲门一次",), ()),
    ("year:..2020 敲门", "", (), ()),
    ("lamp OR 亮灯", "lamp knock", ("亮灯岗亭的位置", "repair, within 48 hours"), ("动员会",)),
    ("群众路线", "", (), ()),
    ("modality:prohibition 弄虚作假", "knock", ("坚决杜绝弄虚作假",), ("动员会",)),
    ("modality:prohibition ledger", "lamp", ("copy last year's ledger",), ("three fifths of the opinions",)),
]


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, Document]]:
    """Name → document."""
    folder = tmp_path_factory.mktemp("founding")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder / "uploads"),
        index_in(folder / "index"),
        transaction.atomic(),
    ):
        root = Path(settings.BASE_DIR)
        made = {
            name: published((root / path).read_text(encoding="utf-8"), f"{name}.txt") for name, path in TEXTS.items()
        }
        indexer.catch_up()
        yield made
        transaction.set_rollback(True)


def sections(q: str) -> list[Section]:
    page = search(SearchParams(q=q, page_size=500, variants=Variants(exact=True)))
    assert page.notice == ""
    return [hit.section for hit in page.hits if hit.section]


@pytest.mark.parametrize(("q", "documents", "found", "not_found"), GOLDEN)
def test_golden_query(
    library: dict[str, Document], q: str, documents: str, found: tuple[str, ...], not_found: tuple[str, ...]
) -> None:
    rows = sections(q)
    names = {document.pk: name for name, document in library.items()}
    assert {names[row.document_id] for row in rows} == set(documents.split())
    texts = [library[names[row.document_id]].text[row.start : row.own_end] for row in rows]
    for words in found:
        assert any(words in text for text in texts), words
    everything = "".join(document.text for document in library.values())
    for words in not_found:
        assert words in everything
        assert not any(words in text for text in texts), words


@pytest.mark.parametrize(
    ("q", "quotes"),
    [
        ("modality:prohibition ledger", ["copy last year's ledger"]),
        ("敲门 modality:obligation", ["每周至少敲门一次", "每半月至少敲门一次", "每月至少敲门一次"]),
        ("吃请", ["严禁接受摊主吃请"]),
    ],
)
def test_directives_are_found_by_what_they_say(library: dict[str, Document], q: str, quotes: list[str]) -> None:
    page = search(SearchParams(q=q, grain=Grain.DIRECTIVES, page_size=100))
    found = [hit.directive.quote for hit in page.hits if hit.directive]
    for words in quotes:
        assert any(words in quote for quote in found), (words, found)


def test_facets_of_real_documents_lead_to_what_they_count(library: dict[str, Document]) -> None:
    page = search(SearchParams(q="police OR 民警", grain=Grain.DIRECTIVES))
    assert page.facets["actor"]
    for value in page.facets["actor"]:
        narrowed = search(SearchParams(q="police OR 民警", grain=Grain.DIRECTIVES, actors=(value.value,)))
        assert narrowed.total == value.count
