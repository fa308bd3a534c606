"""Fields of the query language: which names mean what, whatever language the interface speaks."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation

from archive.search.vocabulary import slugs

LANGUAGES = [code for code, _name in settings.LANGUAGES]


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
