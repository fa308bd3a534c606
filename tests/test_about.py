"""The pages about the archive: they are sound, cost little, and say what is so."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.test import Client

from archive.reader.about import LAYERS, quality
from tests import page_rows as rows
from tests.page_rows import Page
from tests.test_gold import DOCUMENTS, pooled

PAGES = ("", "method/", "coverage/", "cite/", "accessibility/", "problem/", "problem/thanks/")
MOST_QUERIES = 12


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(client: Client, django_assert_max_num_queries, name: str, language: str):
    rows.document(issuer=rows.source(), **rows.dated(2009))
    with django_assert_max_num_queries(MOST_QUERIES):
        page = Page(client.get(f"/about/{name}?hl={language}"))
    assert page.response.status_code == 200
    assert page.read.mistakes == []
    tags = [tag for tag, _ in page.read.tags]
    assert tags.count("h1") == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert f'lang="{language}"' in page.html


@pytest.mark.django_db
def test_pages_of_an_empty_archive(client: Client):
    for name in PAGES:
        assert client.get(f"/about/{name}").status_code == 200
    assert "No document is published yet." in Page(client.get("/about/coverage/")).words


@pytest.mark.django_db
def test_coverage_counts_what_is_published_by_year_and_language_and_names_the_gaps(client: Client):
    rows.document(issuer=rows.source(), **rows.dated(2009))
    rows.document("必须走访。\n", language="zh", title="通知", found_at=rows.source(), **rows.dated(2009))
    rows.document(**rows.dated(2012), translation="machine")
    rows.document(title_in_text=False)
    rows.document(state="draft", **rows.dated(2015))
    page = Page(client.get("/about/coverage/"))
    table = page.words.partition("Year English Chinese Documents")[2]
    assert table.startswith(" 2009 1 1 2 2010 0 0 0 2011 0 0 0 2012 1 0 1 undated 1 0 1 All 4")
    assert "without any document: 2010, 2011." in page.words
    assert "without a date 1 whose issuer is not known 3" in page.words
    assert "that carry no title of their own 1" in page.words
    assert "translated by machine 1" in page.words
    assert "2015" not in page.words


@pytest.mark.django_db
def test_counts_of_coverage_lead_to_lists_of_that_length(client: Client):
    rows.document(issuer=rows.source(), **rows.dated(2009))
    rows.document("必须走访。\n", language="zh", title="通知", **rows.dated(2009))
    page = Page(client.get("/about/coverage/"))
    linked = re.findall(r'<a href="(/documents/[^"]*)">(\d+)</a>', page.main)
    assert len(linked) == 4
    for href, number in linked:
        words = Page(client.get(href.replace("&amp;", "&"))).words
        assert re.search(rf"\b{number} documents?\b", words), href


def test_the_method_page_promises_what_is_measured():
    counts = pooled("gold").counts + pooled("gold_own").counts
    measured = [
        {"layer": layer, "labelled": counts[f"{layer} gold"], "found": counts[f"{layer} found"], "right": counts[hit]}
        for layer in ("sections", "directives", "formulations", "themes")
        for hit in [f"{layer} hit"]
    ]
    hits = counts["directives hit"]
    measured += [
        {"layer": layer, "labelled": hits, "found": hits, "right": counts[f"{layer} right"]}
        for layer in ("modality", "actor", "theme")
    ]
    assert quality()["layers"] == measured, "put the measured numbers into archive/reader/reading_quality.json"
    assert quality()["texts"] == len(DOCUMENTS)
    assert set(LAYERS) == {row["layer"] for row in measured}
