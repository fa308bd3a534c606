"""Fields of the query language: which names mean what, whatever language the interface speaks."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from archive.search.conditions import resolved
from archive.search.query import parse
from archive.search.tree import FieldIs, leaves
from archive.search.vocabulary import slugs
from tests.search_fixtures import make_source

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def bodies(db: None) -> None:
    make_source("police", "Police")
    make_source("dc-police", "Metropolitan Police Department", aliases=["MPD"])
    make_source("mps", "Ministry of Public Security", "公安部")
    make_source("mps-office", "General Office of the Ministry", "公安部办公厅")


@pytest.mark.usefixtures("bodies")
@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("source:police", ("dc-police", "police")),
        ('source:"Police"', ("police",)),
        ('source:"police dep"', ("dc-police",)),
        ("source:公安部", ("mps", "mps-office")),
        ("source:“公安部”", ("mps",)),
        ("source:MPD", ("dc-police",)),
        ("source:police,mps", ("dc-police", "police", "mps", "mps-office")),
        ("theme:visits", ("visits",)),
    ],
)
def test_a_part_of_a_name_means_all_that_have_it_and_a_whole_one_in_quotes_is_itself(
    q: str, meant: tuple[str, ...]
) -> None:
    tree, warnings = resolved(parse(q).tree)
    assert warnings == ()
    assert {leaf.value for leaf in leaves(tree) if isinstance(leaf, FieldIs)} == set(meant)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("q", "english", "chinese"),
    [
        ("theme:nonsense", "No theme in the archive", "主题 (theme:)"),
        ("lang:nonsense", "No language (lang:) in the archive", "语言 (lang:)"),
        ('actor:"…"', "is no value for actor", "(actor:)"),
    ],
)
def test_a_warning_names_the_field_as_typed_and_in_words(q: str, english: str, chinese: str) -> None:
    parsed = parse(q)
    (warning,) = parsed.warnings or resolved(parsed.tree)[1]
    assert english in warning.message
    with translation.override("zh-hans"):
        assert chinese in warning.said(gettext)


@pytest.mark.django_db
@pytest.mark.parametrize("speaking", LANGUAGES)
@pytest.mark.parametrize(
    ("field", "value", "meant"),
    [
        ("kind", "notice", ("notice",)),
        ("kind", "Work plan", ("plan",)),
        ("kind", "通知", ("notice",)),
        ("lang", "zh", ("zh",)),
        ("lang", "Chinese", ("zh",)),
        ("lang", "中文", ("zh",)),
        ("modality", "prohibition", ("prohibition",)),
        ("modality", "禁止", ("prohibition",)),
        ("theme", "visits", ("visits",)),
        ("theme", "走访联系", ("visits",)),
        ("kind", "novel", ()),
    ],
)
def test_names_of_all_languages_are_understood_in_each(
    speaking: str, field: str, value: str, meant: tuple[str, ...]
) -> None:
    with translation.override(speaking):
        assert slugs(field, value) == meant
