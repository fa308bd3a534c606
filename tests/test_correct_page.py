"""The page on which a person corrects what was read, as a person uses it, without a script."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from archive.actions.accounts import give_role
from archive.actions.directives import accept_directive
from archive.models import Decision, Document
from tests.factories import administrator, draft, published
from tests.standing import standing

pytestmark = pytest.mark.django_db

SAYS = {"modality": "obligation", "actor": "", "actor_key": "", "themes": ["visits"]}


@pytest.fixture
def reviewer(client: Client, django_user_model) -> Client:
    person = django_user_model.objects.create_user("reviewer", password="a long password")
    give_role(user=person, role="reviewer", by=None)
    client.force_login(person)
    return client


def address(document: Document) -> str:
    return reverse("admin:archive_document_correct", args=[document.pk])


def send(client: Client, document: Document, do: str, *, follow: bool = True, **fields: object):
    document.refresh_from_db()
    return client.post(address(document), {"do": do, "revision": document.revision, **fields}, follow=follow)


def page(response) -> str:
    return " ".join(re.sub("<[^>]*>", " ", response.content.decode()).split())


DEEDS = {
    "merge 2": ({}, "Merged with the section before it.", "merged"),
    "down 2": ({}, "The section is on level 2 now.", "moved"),
    "split": ({"words": "It is strictly"}, "A new section begins", "split"),
    "head": ({"words": "Measures. Community police"}, "are the heading of section 2", "changed"),
    "add": ({"words": "a good job in home\n visits", **SAYS}, "was added.", "added"),
    "retag": ({"themes": ["petitions"]}, "has these themes now", "changed"),
}


@pytest.mark.parametrize("do", DEEDS)
def test_each_correction_is_made_listed_and_undone(reviewer: Client, do: str):
    fields, words, verb = DEEDS[do]
    document = published()
    before = standing(document)
    response = send(reviewer, document, do, **fields)
    assert response.redirect_chain
    assert words in page(response)
    decision = document.decisions.about_the_reading().get()
    assert (decision.verb, decision.made_by.username) == (verb, "reviewer")
    assert standing(document) != before
    response = send(reviewer, document, f"undo {decision.pk}")
    assert "Undone:" in page(response)
    assert "undone by reviewer" in page(response)
    assert standing(document) == before


def test_a_directive_is_confirmed_corrected_rejected_and_restored(reviewer: Client):
    document = published()
    row = document.directives.first()
    shown = reviewer.get(f"{address(document)}?directive={row.pk}")
    assert f"Directive {row.pk}, suggested" in page(shown)
    assert 'aria-current="true"' in shown.content.decode()
    assert "was confirmed" in page(send(reviewer, document, "accept", directive=row.pk, words=row.quote))
    said = {**SAYS, "modality": "prohibition", "words": row.quote}
    assert "was corrected" in page(send(reviewer, document, "change", directive=row.pk, **said))
    assert "was rejected" in page(send(reviewer, document, "reject", directive=row.pk, words=""))
    assert "is back" in page(send(reviewer, document, "restore", directive=row.pk, words=""))
    row.refresh_from_db()
    assert (row.status, row.modality) == ("changed", "prohibition")


PROBLEMS = {
    "nothing chosen": ("add", {"words": "", **SAYS}, "nothing is chosen"),
    "not in the text": ("add", {"words": "no such words", **SAYS}, "not in the text"),
    "several places": ("add", {"words": "the", **SAYS}, "Say which one you mean"),
    "fewer places": ("add", {"words": "Notice on", "nth": "3", **SAYS}, "occur only 1 times"),
    "across sections": ("add", {"words": "No. 12 of 2015 1. General", **SAYS}, "two sections"),
    "overlapping": ("add", {"words": "must carry out", **SAYS}, "already"),
    "no modality": ("add", {"words": "Notice on doing", "themes": "visits"}, "prohibition or a recommendation"),
    "unknown theme": ("add", {"words": "Notice on doing", **SAYS, "themes": ["x"]}, "not one of the available"),
    "nowhere to split": ("split", {"words": ""}, "with which the new section begins"),
    "no such section": ("merge 17", {}, "no section 17"),
    "no such directive": ("accept", {"directive": "9999"}, "no longer in the document"),
    "no such deed": ("", {}, "Nothing was chosen"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_what_is_not_possible_comes_back_as_it_was_typed(reviewer: Client, name: str):
    do, fields, words = PROBLEMS[name]
    document = published()
    before = standing(document)
    response = send(reviewer, document, do, **fields)
    assert response.status_code == 200
    assert words in page(response)
    if typed := fields.get("words"):
        assert response.context["form"]["words"].value() == typed
    assert standing(document) == before
    assert not document.decisions.about_the_reading().exists()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"words": "visit", "nth": "2"}, 1),
        ({"words": "visit", "near": "10000"}, -1),
        ({"words": "visit", "section": "2"}, 3),
    ],
)
def test_words_that_occur_several_times_are_told_apart(reviewer: Client, fields: dict, expected: int):
    text = "On visits\n\n1. Aims\nThe visit helps. The visit counts.\n2. Means\nA visit takes an hour.\n"
    document = published(text)
    places = [found.start() for found in re.finditer("visit", text)]
    send(reviewer, document, "add", **{**SAYS, **fields})
    assert document.directives.get(rule="person").start == places[expected]


def test_the_second_of_two_people_is_told_what_changed_and_loses_nothing(reviewer: Client):
    document = published()
    accept_directive(directive=document.directives.first(), by=administrator("other"))
    fields = {"words": "Notice on doing", **SAYS, "actor": "my own words"}
    response = reviewer.post(address(document), {"do": "add", "revision": 1, **fields})
    assert response.status_code == 409
    assert "other changed the document while you were at it" in page(response)
    assert "other: Directive" in page(response)
    assert response.context["form"]["actor"].value() == "my own words"
    document.refresh_from_db()
    assert f'name="revision" value="{document.revision}"' in response.content.decode()
    assert "was added" in page(send(reviewer, document, "add", **fields))


def test_what_is_not_found_again_is_listed_until_a_person_settles_it(reviewer: Client):
    document = draft()
    accept_directive(directive=document.directives.first(), by=None)
    decision = document.decisions.get()
    Decision.objects.update(quote="words that are gone", not_found_at="2026-01-01T00:00Z")
    assert "Not found again" in page(reviewer.get(address(document)))
    send(reviewer, document, f"undo {decision.pk}")
    assert "Not found again" not in page(reviewer.get(address(document)))


def test_a_former_address_still_leads_to_its_place(reviewer: Client, client: Client):
    document = published()
    send(reviewer, document, "merge 2")
    assert '<span id="s2">' in Client().get(document.get_absolute_url()).content.decode()
    assert Client().get(reverse("cite", args=[document.pk]), {"section": "2"}).context["document"] == document


def test_the_document_page_says_how_much_people_have_confirmed(client: Client):
    document = published()
    accept_directive(directive=document.directives.first(), by=None)
    count = document.directives.count()
    assert f"1 of {count} directives confirmed by people" in page(client.get(document.get_absolute_url()))


def test_the_number_of_queries_does_not_grow_with_the_document(reviewer: Client, django_assert_max_num_queries):
    document = published("\n".join(f"{n}. Part {n}\nPolice stations must visit house {n}." for n in range(1, 60)))
    for row in document.directives.all()[:4]:
        accept_directive(directive=row, by=None)
    with django_assert_max_num_queries(22):
        reviewer.get(f"{address(document)}?directive={document.directives.first().pk}")
