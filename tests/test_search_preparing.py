"""Rows that are prepared for the index."""

from __future__ import annotations

from datetime import date

import pytest
from haystack import connections

from archive.models import Directive, Section, Theme
from archive.search.filling import dealt
from archive.search.preparing import CHUNK, prepared
from tests.search_fixtures import direct, make_document

pytestmark = pytest.mark.django_db

KEPT_BY_HAYSTACK = {"django_ct", "django_id"}


def test_rows_have_just_the_fields_of_the_index_classes() -> None:
    document = make_document("Front. ", "Police must visit. ")
    direct(document, 7, 24)
    fields = {*connections["default"].get_unified_index().all_searchfields()}
    assert [row.keys() - KEPT_BY_HAYSTACK for row in prepared([document.pk])] == [fields] * 3


def test_what_sections_and_directives_say_of_themselves_and_of_their_document() -> None:
    themes = [Theme.objects.order_by("order")[place].key for place in range(2)]
    document = make_document(
        "Front. ",
        "Police must visit. Menu",
        title="On visits",
        themes=themes[:1],
        year=2009,
        issuer="ministry",
        found_at="site",
        number="公通字〔2009〕12号",
        boilerplate=[(26, 30, "menu")],
        title_in_text=False,
    )
    told = direct(document, 7, 25, actor="police", themes=themes[1:])
    direct(document, 7, 13, status="rejected", actor="nobody")
    front, body, directive = prepared([document.pk])
    assert (front["text"], body["text"]) == ("Front. \n\nOn visits", "Police must visit.     ")
    assert (directive["text"], directive["ordinal"]) == ("Police must visit.", 7)
    assert (front["actors"], body["actors"], directive["actors"]) == ([], ["police"], ["police"])
    assert (front["themes"], body["themes"], directive["themes"]) == (themes[:1], themes[:1], themes[1:])
    assert (front["modalities"], body["modalities"]) == ([], ["obligation"])
    sections = Section.objects.filter(document=document)
    assert [row["django_id"] for row in (front, body, directive)] == [*sections.values_list("pk", flat=True), told.pk]
    for row in (front, body, directive):
        assert row["title"] == "On visits"
        assert (row["issuers"], row["places"], row["sources"]) == (["ministry"], ["site"], ["ministry", "site"])
        assert (row["year"], row["date"], row["numbers"]) == (2009, date(2009, 5, 1), ["公通字-2009-12"])


def test_nothing_of_drafts_and_of_directives_that_a_rereading_lost() -> None:
    draft = make_document("Draft. ", published=False)
    document = make_document("Police must visit. ")
    lost = direct(document, 0, 18)
    Directive.objects.filter(pk=lost.pk).update(retired_at="2020-01-01T00:00Z")
    assert [row["django_id"] for row in prepared([draft.pk, document.pk])] == [document.sections.get().pk]


def test_processes_get_shares_of_documents_that_were_added_together() -> None:
    ids = [*range(2 * CHUNK + 3)]
    first, second = dealt(ids, 2)
    assert second == ids[CHUNK : 2 * CHUNK]
    assert first == [*ids[:CHUNK], *ids[2 * CHUNK :]]
    assert dealt([], 2) == [[], []]
