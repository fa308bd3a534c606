"""Addresses made from patterns are those that the URL resolver gives."""

from __future__ import annotations

import pytest
from django.urls import reverse

from archive.reader.paths import path_of, path_to

KEYS = (
    *(("document", 1), ("directive", 10**17), ("cite", 987654321), ("year", 1949)),
    *(("theme", "mass-line"), ("actor", "case-officers"), ("source", "harbour-bureau")),
    *(
        ("source", "公安部"),
        ("source", "100% & more"),
        ("source", "a+b=c;d,e:f@g~h'i(j)"),
        ("formulation", 'said "so"?#'),
    ),
)


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_a_thing_is_where_the_resolver_says(name: str, key: int | str) -> None:
    assert path_to(name, key) == reverse(name, args=[key])


@pytest.mark.parametrize("name", ["home", "documents", "directives", "undated"])
def test_a_list_is_where_the_resolver_says(name: str) -> None:
    assert path_of(name) == reverse(name)
