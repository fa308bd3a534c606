"""Prepared query sets answer what the query set itself would, on whichever database the tests run."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections
from django.db.models import Value

from archive.models import Document, Section
from archive.models.prepared import Prepared
from tests.search_fixtures import make_document

COLUMNS = ("id", "title", "issued_on", "boilerplate", "title_in_text", "issuer_id")
documents = Prepared(lambda found: Document.objects.filter(pk__in=found).order_by("pk").values_list(*COLUMNS))
places = Prepared(
    lambda found, paths: (
        Section.objects.filter(document__in=found, path__in=paths)
        .order_by("pk")
        .values_list("document", "path", "document__issued_on")
    )
)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 9])
def test_rows_are_those_of_the_query_set(number: int) -> None:
    made = [
        make_document("word", year=1963 if each % 2 else None, boilerplate=[(0, 1, "banner")] * (each % 3)).pk
        for each in range(number)
    ]
    for keys in (made, made[::-1], [*made, made[0]], [*made, 10**9]):
        asked = Document.objects.filter(pk__in=keys).order_by("pk").values_list(*COLUMNS)
        assert documents(keys) == list(asked)


@pytest.mark.django_db
def test_several_lists_of_keys() -> None:
    first, second = make_document("one", "two", "three"), make_document("one", "two")
    paths = sorted({*first.sections.values_list("path", flat=True)})
    for chosen in (paths, paths[:1], ["9.9.9"]):
        asked = Section.objects.filter(document__in=[first.pk, second.pk], path__in=chosen).order_by("pk")
        assert places([first.pk, second.pk], chosen) == list(
            asked.values_list("document", "path", "document__issued_on")
        )


@pytest.mark.django_db
def test_no_keys_ask_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert documents([]) == places([], ["1"]) == places([1], []) == []


@pytest.mark.django_db
def test_other_parameters_stay_as_they_are() -> None:
    notices = Prepared(
        lambda first, found: (
            Document.objects.filter(kind="notice", pk__in=found)
            .exclude(pk__in=first)
            .annotate(one=Value("1900000000"))
            .values_list("pk", "one")
        )
    )
    made = [make_document("word", kind=kind).pk for kind in ("notice", "plan", "notice")]
    assert notices(made[:1], made) == [(made[2], "1900000000")]
    assert notices([10**9], made[:2]) == [(made[0], "1900000000")]


@pytest.mark.django_db
def test_keys_that_are_no_parameters_are_refused() -> None:
    every_other = Prepared(lambda found: Document.objects.filter(pk__in=found[::2]).values_list("pk"))
    with pytest.raises(ValueError, match="each key must be a parameter"):
        every_other([1, 2])


@pytest.mark.django_db(transaction=True)
def test_a_statement_serves_every_thread() -> None:
    made = make_document("word", year=1963).pk
    here, there = documents([made]), []

    def read() -> None:
        there.extend(documents([made]))
        connections.close_all()

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert there == here
    assert connection.is_usable()
