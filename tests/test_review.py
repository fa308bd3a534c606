"""The review queue: one by one, as a list, by document; settled once, whoever is quicker."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from archive.actions.accounts import give_role
from archive.actions.directives import accept_directive, reject_directive
from archive.actions.documents import discard, withdraw
from archive.models import Directive, Document
from tests.factories import CHINESE_NOTICE, administrator, draft, published

pytestmark = pytest.mark.django_db
QUEUE = "/admin/archive/review/"


@pytest.fixture
def reviewer(client: Client, django_user_model) -> Client:
    person = django_user_model.objects.create_user("reviewer", password="a long password")
    give_role(user=person, role="reviewer", by=None)
    client.force_login(person)
    return client


def words(response) -> str:
    return " ".join(re.sub("<[^>]*>", " ", response.content.decode()).split())


def send(client: Client, do: str, query: str = "", **fields: object):
    return client.post(f"{QUEUE}?{query}", {"do": do, **fields}, follow=True)


def waiting(document: Document) -> list[Directive]:
    return list(document.directives.order_by("start"))


def test_one_after_the_other_is_settled_and_undone(reviewer: Client):
    document = published()
    first, second, third = waiting(document)
    shown = reviewer.get(QUEUE)
    assert shown.context["directive"] == first
    assert "1 of 3 waiting" in words(shown)
    assert all(f'data-key="{key}"' in shown.content.decode() for key in "arncp")
    shown = send(reviewer, "accept", directive=first.pk)
    assert "was confirmed" in words(shown)
    assert shown.context["directive"] == second
    shown = send(reviewer, "reject", directive=second.pk)
    assert shown.context["directive"] == third
    assert "2 of 3 directives settled" in words(shown)
    shown = send(reviewer, f"undo {shown.context['last'].decision.pk}")
    assert shown.context["directive"] == second
    fields = {"modality": "recommendation", "actor": "Officers", "themes": ["visits"]}
    send(reviewer, "change", directive=second.pk, **fields)
    send(reviewer, "accept", directive=third.pk)
    assert list(document.directives.order_by("start").values_list("status", flat=True)) == [
        "accepted",
        "changed",
        "accepted",
    ]
    assert "Nothing is waiting here" in words(reviewer.get(QUEUE))


def test_next_and_previous_go_round(reviewer: Client):
    first, second, third = waiting(published())
    for place, expected in (
        (f"after={first.pk}", second),
        (f"after={third.pk}", first),
        (f"before={first.pk}", third),
        (f"before={third.pk}", second),
        (f"at={second.pk}", second),
        ("at=99999", first),
        ("at=x", first),
    ):
        assert reviewer.get(f"{QUEUE}?{place}").context["directive"] == expected


@pytest.mark.parametrize("do", ["accept", "reject", "change"])
def test_what_another_has_settled_is_skipped_with_a_notice(reviewer: Client, do: str):
    first, second, _third = waiting(published())
    reject_directive(directive=first, by=administrator("other"))
    shown = send(reviewer, do, directive=first.pk, modality="prohibition")
    assert "Somebody was quicker" in words(shown)
    assert shown.context["directive"] == second
    first.refresh_from_db()
    assert first.status == "rejected"


FILTERS = [
    ({}, 5),
    ({"theme": "discipline"}, 1),
    ({"modality": "prohibition"}, 2),
    ({"language": "zh"}, 2),
    ({"language": "zh", "modality": "obligation"}, 1),
    ({"kind": "speech"}, 0),
    ({"below": "0"}, 5),
    ({"theme": "nowhere"}, 5),
    ({"document": "999999"}, 0),
]


@pytest.mark.parametrize(("filters", "count"), FILTERS)
def test_the_queue_is_filtered(reviewer: Client, filters: dict, count: int):
    published()
    draft(CHINESE_NOTICE)
    for text in ("Gone. Units must visit.", "Thrown away. Units must visit."):
        other = published(text) if text.startswith("Gone") else draft(text)
        if other.is_published:
            withdraw(document=other, by=None, reason="Wrong.")
        else:
            discard(document=other, by=None)
    shown = reviewer.get(f"{QUEUE}?{urlencode({**filters, 'view': 'list'})}")
    assert shown.context["progress"].all == count
    assert len(shown.context["rows"]) == count


@pytest.mark.parametrize("deed", ["accept", "reject"])
def test_a_suggestion_that_is_no_longer_what_was_shown_is_shown_anew(reviewer: Client, deed: str):
    row = waiting(published())[0]
    shown = reviewer.get(QUEUE).context["directive"].shown_as
    Directive.objects.filter(pk=row.pk).update(modality="recommendation")
    told = send(reviewer, deed, directive=row.pk, shown_as=shown)
    assert "was read anew since you were shown it" in words(told)
    assert told.context["directive"] == row
    send(reviewer, "accept-all", directives=[f"{row.pk} {shown}"])
    row.refresh_from_db()
    assert row.status == "suggested"
    assert "was confirmed" in words(send(reviewer, "accept", directive=row.pk, shown_as=row.shown_as))


def test_a_page_is_confirmed_at_once_after_a_question(reviewer: Client):
    rows = waiting(published())
    accept_directive(directive=rows[0], by=None)
    asked = reviewer.get(f"{QUEUE}?view=list&confirm=1")
    assert "Confirm these 2 directives as they stand?" in words(asked)
    assert not Directive.objects.filter(status="accepted").exclude(pk=rows[0].pk).exists()
    done = send(reviewer, "accept-all", "view=list&confirm=1", directives=[row.pk for row in rows])
    assert "2 directives were confirmed" in words(done)
    assert "1 was settled or read anew meanwhile" in words(done)
    assert Directive.objects.filter(status="accepted").count() == 3


def test_progress_is_shown_by_document(reviewer: Client):
    document = published()
    other = draft(CHINESE_NOTICE)
    accept_directive(directive=waiting(document)[0], by=None)
    rows = reviewer.get(f"{QUEUE}?view=documents").context["documents"]
    assert [(row["document_id"], row["settled"], row["all"], row["waiting"]) for row in rows] == [
        (document.pk, 1, 3, 2),
        (other.pk, 0, 2, 2),
    ]


@pytest.mark.parametrize(
    ("do", "fields"),
    [("", {}), ("fly", {}), ("accept", {"directive": "x"}), ("accept", {"directive": "999"}), ("undo 999", {})],
)
def test_what_is_not_possible_is_said(reviewer: Client, do: str, fields: dict):
    published()
    shown = send(reviewer, do, **fields)
    assert shown.status_code == 200
    assert shown.context["problems"]
    assert not Directive.objects.exclude(status="suggested").exists()


def test_a_correction_that_changes_nothing_keeps_what_was_typed(reviewer: Client):
    row = waiting(published())[0]
    fields = {"modality": "", "actor": "somebody"}
    shown = send(reviewer, "change", f"at={row.pk}", directive=row.pk, **fields)
    assert "an obligation, a prohibition or a recommendation" in words(shown)
    assert shown.context["says"]["actor"].value() == "somebody"


@pytest.mark.parametrize("view", ["", "list", "documents"])
def test_the_number_of_queries_does_not_grow(reviewer: Client, view: str, django_assert_max_num_queries):
    published("\n".join(f"{n}. Part {n}\nPolice stations must visit house {n}." for n in range(1, 60)))
    with django_assert_max_num_queries(20):
        assert reviewer.get(f"{QUEUE}?view={view}").status_code == 200


def test_contributors_do_not_review(client: Client, django_user_model):
    person = django_user_model.objects.create_user("contributor", password="a long password")
    give_role(user=person, role="contributor", by=None)
    client.force_login(person)
    assert client.get(QUEUE).status_code == 403
    assert Client().get(QUEUE)["Location"].startswith("/admin/login/")
