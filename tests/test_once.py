"""What templates write once: for each language and each given value, and never anything of a request."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.template import RequestContext, engines
from django.test import RequestFactory
from django.utils import translation

from archive.reader.addresses import changed, page_links, pages, varied


def written(template: str, request: HttpRequest, language: str, **values: object) -> str:
    with translation.override(language):
        return str(template.render(RequestContext(request, values)))


def test_once_depends_on_the_language_and_the_named_values_alone(rf: RequestFactory):
    source = (
        '{% load i18n once %}{% once to=to %}{{ to }}{{ name }}{{ request.path }} {% translate "Search" %}{% endonce %}'
    )
    template = engines["django"].from_string(source).template
    first = [written(template, rf.get("/first/"), code, to="<a", name="x") for code in ("en", "zh-hans")]
    assert first == ["&lt;a Search", "&lt;a 检索"]
    assert written(template, rf.get("/second/"), "en", to="<a", name="y") == first[0]
    assert written(template, rf.get("/second/"), "en", to="b", name="y") == "b Search"


@pytest.mark.parametrize(
    ("query", "name", "value", "expected"),
    [
        ("q=a b&sort=title&page=3", "sort", "newest", "?q=a+b&sort=newest"),
        ("q=走访&page=3&lang=en", "page", 2, "?q=%E8%B5%B0%E8%AE%BF&page=2&lang=en"),
        ("q=a&in=x&in=y&theme=&theme=b", "in", "documents", "?q=a&in=documents&theme=&theme=b"),
        ("", "page", 2, "?page=2"),
    ],
)
def test_addresses_that_differ_in_one_parameter(
    rf: RequestFactory, query: str, name: str, value: object, expected: str
):
    assert varied(rf.get(f"/search/?{query}"), name)(value) == expected


@pytest.mark.parametrize(
    ("query", "name", "new", "expected"),
    [
        ("q=a&theme=x&page=2&lang=", "theme", ["y", "z"], "/search/?q=a&theme=y&theme=z"),
        ("q=a&theme=x", "theme", [], "/search/?q=a"),
        ("page=2", "theme", [], "/search/"),
        ("q=%26", "exact", ["1"], "/search/?q=%26&exact=1"),
    ],
)
def test_addresses_with_other_values(rf: RequestFactory, query: str, name: str, new: list[str], expected: str):
    assert changed(rf.get(f"/search/?{query}"), name, new) == expected


def test_numbers_of_pages(rf: RequestFactory):
    assert page_links(rf.get("/search/?q=%3Cb"), pages(1, 9)) == (
        '<li><a href="?q=%3Cb&amp;page=1" aria-current="page">1</a></li><li><a href="?q=%3Cb&amp;page=2">2</a></li>'
        '<li><a href="?q=%3Cb&amp;page=3">3</a></li><li><span class="gap">…</span></li>'
        '<li><a href="?q=%3Cb&amp;page=8">8</a></li><li><a href="?q=%3Cb&amp;page=9">9</a></li>'
    )
