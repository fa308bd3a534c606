"""Reports of problems: what a reader sends lands in the queue, floods do not, and nothing personal stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from archive.actions import problems
from archive.models import Directive, ProblemReport
from tests import page_rows as rows
from tests.factories import administrator
from tests.page_rows import Page

pytestmark = pytest.mark.django_db

FORM = "/about/problem/"
GIVEN = {"page": "/themes/visits/", "words": "The date is wrong.", "contact": "reader@example.org", "website": ""}


def send(client: Client, **fields: str):
    return client.post(FORM, GIVEN | fields)


def test_every_page_leads_to_the_form_with_its_own_address(client: Client):
    links = Page(client.get("/documents/?theme=visits&page=1")).links()
    form = next(link for link in links if link.startswith(FORM))
    page = Page(client.get(form))
    assert 'value="/documents/?theme=visits&amp;page=1"' in page.html
    assert page.read.mistakes == []


def test_a_report_is_kept_and_thanked_for(client: Client):
    response = send(client)
    assert response.status_code == 302
    assert "received" in Page(client.get(response["Location"])).words
    report = ProblemReport.objects.open().get()
    assert (report.page, report.words, report.contact) == tuple(GIVEN[name] for name in ("page", "words", "contact"))
    assert "127.0.0.1" not in report.sender


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"words": ""}, "Say in a few words"),
        ({"words": " \n"}, "Say in a few words"),
        ({"words": "x" * 4001}, "4000"),
        ({"page": ""}, "Say which page"),
        ({"page": "https://elsewhere.example/"}, "not an address within this site"),
        ({"page": "//elsewhere.example/"}, "not an address within this site"),
        ({"page": "/\\elsewhere.example/"}, "not an address within this site"),
        ({"page": "javascript:alert(1)"}, "not an address within this site"),
        ({"page": "/" + "x" * 600}, "500"),
        ({"contact": "no address"}, "valid email"),
        ({"words": "\x00"}, "Null characters"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(client: Client, fields: dict[str, str], words: str):
    page = Page(send(client, **fields))
    assert page.response.status_code == 422
    assert words in page.words
    assert fields.get("words", GIVEN["words"]).strip() in page.read.text
    assert not ProblemReport.objects.exists()


def test_a_program_that_fills_in_everything_is_thanked_and_not_kept(client: Client):
    assert send(client, website="https://spam.example/").status_code == 302
    assert not ProblemReport.objects.exists()


def test_one_sender_is_bounded_and_others_are_not(client: Client):
    for _ in range(problems.OF_ONE_SENDER):
        assert send(client).status_code == 302
    page = Page(send(client, words="One more thing."))
    assert page.response.status_code == 429
    assert "send it again later" in page.words
    assert "One more thing." in page.html
    assert client.post(FORM, GIVEN, REMOTE_ADDR="192.0.2.7").status_code == 302
    ProblemReport.objects.update(made_at=timezone.now() - problems.MEMORY - timedelta(seconds=1))
    assert send(client).status_code == 302


def test_all_senders_together_are_bounded(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(problems, "OF_ALL", 2)
    answers = [client.post(FORM, GIVEN, REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(4)]
    assert answers == [302, 302, 429, 429]


@pytest.mark.parametrize(("production", "senders"), [(True, 2), (False, 1)])
def test_behind_nginx_senders_are_told_apart(client: Client, settings, production: bool, senders: int):
    settings.PRODUCTION = production
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1"):
        client.post(FORM, GIVEN, headers={"X-Real-IP": address})
    assert ProblemReport.objects.values("sender").distinct().count() == senders


def test_a_form_without_its_token_is_refused():
    assert Client(enforce_csrf_checks=True).post(FORM, GIVEN).status_code == 403


def test_who_sent_it_is_forgotten_after_an_hour_and_with_the_settling(client: Client):
    send(client)
    ProblemReport.objects.update(made_at=timezone.now() - problems.MEMORY - timedelta(seconds=1))
    send(client, words="Another.")
    first, second = ProblemReport.objects.order_by("pk")
    assert (first.sender, bool(second.sender)) == ("", True)
    problems.settle_problem(report=second, answer="Mended.", by=None)
    second.refresh_from_db()
    assert (second.sender, second.contact, second.answer, second.state) == ("", "", "Mended.", "settled")


@pytest.mark.parametrize(
    ("address", "state", "known"),
    [
        ("/documents/{document}/", "published", True),
        ("/documents/{document}/?q=rounds#s1", "published", True),
        ("/directives/{directive}/", "published", True),
        ("/documents/{document}/", "draft", False),
        ("/directives/{directive}/", "draft", False),
        ("/themes/visits/", "published", False),
        ("/no/such/page", "published", False),
    ],
)
def test_a_report_knows_its_document(client: Client, address: str, state: str, known: bool):
    document = rows.document(state=state)
    directive = Directive.objects.filter(document=document).first()
    send(client, page=address.format(document=document.pk, directive=directive.pk))
    assert ProblemReport.objects.get().document_id == (document.pk if known else None)


def test_administrators_settle_and_open_again(client: Client):
    send(client)
    report = ProblemReport.objects.get()
    client.force_login(administrator())
    address = f"/admin/archive/problemreport/{report.pk}/change/"
    assert "The date is wrong." in client.get(address).content.decode()
    client.post(address, {"state": "settled", "answer": "Corrected."})
    report.refresh_from_db()
    assert (report.state, report.answer, report.contact, report.settled_by.username) == (
        ("settled", "Corrected.", "", "curator")
    )
    selected = {"_selected_action": [report.pk]}
    client.post("/admin/archive/problemreport/", {"action": "reopen", **selected})
    report.refresh_from_db()
    assert (report.state, report.settled_at, report.answer) == ("open", None, "Corrected.")
    client.post("/admin/archive/problemreport/", {"action": "settle", **selected})
    assert not ProblemReport.objects.open().exists()


@pytest.mark.parametrize("broken", [{"words": ""}, {"state": "settled"}, {"settled_at": timezone.now()}])
def test_the_database_refuses_what_makes_no_sense(broken: dict[str, object]):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProblemReport.objects.create(**{"page": "/", "words": "x", **broken})
