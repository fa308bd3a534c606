"""The vocabularies in the admin, as an administrator uses them, and the readers' addresses of what was merged."""

from __future__ import annotations

import threading

import pytest
from django.test import Client
from django.urls import reverse

from archive.actions import vocabulary_scope
from archive.actions.accounts import give_role
from archive.actions.worker import do_next
from archive.models import Actor, Formulation, Job, Phrase, Source, Theme, VocabularyChange
from tests import page_rows as rows
from tests.factories import published
from tests.test_vocabulary_actions import OTHER, theme, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client: Client, django_user_model) -> Client:
    user = django_user_model.objects.create_user("keeper", password="a long password")
    give_role(user=user, role="administrator", by=None)
    client.force_login(user)
    return client


def filled_in(client: Client, address: str, **changed: str) -> dict[str, str]:
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()} | changed


def send(client: Client, address: str, fields: dict) -> str:
    """See what would change, then save: the words of the page where it ends."""
    shown = client.post(address, fields | {"seen": ""})
    if not shown.context or not shown.context.get("outlook"):
        return shown.content.decode()
    return client.post(address, fields | {"seen": shown.context["seen"]}, follow=True).content.decode()


def change(model: str, pk: int, word: str = "change") -> str:
    return reverse(f"admin:archive_{model}_{word}", args=[pk])


def test_a_cue_is_added_after_its_effect_was_shown(keeper: Client):
    lamps = published(OTHER, "lamps.txt")
    address = change("theme", theme("service").pk)
    fields = filled_in(keeper, address)
    fields["cues_en"] += "\n4 broken  lantern"
    shown = keeper.post(address, fields)
    page = shown.content.decode()
    assert "1 document holds words" in page
    assert f"{lamps.pk}: " in page
    assert "+ Service" in page
    assert not Phrase.objects.exists()
    other = fields | {"seen": shown.context["seen"], "name_en": "Service to all"}
    assert "What would change" in keeper.post(address, other).content.decode()
    assert not Phrase.objects.exists()
    saved = keeper.post(address, fields | {"seen": shown.context["seen"]}, follow=True)
    assert "1 document is read again" in saved.content.decode()
    work()
    assert lamps.themes.filter(key="service").exists()
    assert VocabularyChange.objects.get().made_by.username == "keeper"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"cues_en": "mass line"}, "Line 1, “mass line”: write the weight"),
        ({"cues_en": "3 mass line\n2 mass line"}, "Line 2: “mass line” is there twice"),
        ({"cues_en": "99 mass line"}, "weighs 99"),
        ({"cues_zh": "3 。"}, "needs a word"),
        ({"name_zh": ""}, "This field is required"),
        ({"parent": "999999"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(keeper: Client, fields: dict, words: str):
    address = change("theme", theme("service").pk)
    page = send(keeper, address, filled_in(keeper, address) | fields)
    assert words in page
    assert "Nothing was saved" in page
    assert not VocabularyChange.objects.exists()


def test_themes_are_added_merged_retired_and_given_again(keeper: Client):
    add = reverse("admin:archive_theme_add")
    fields = {"key": "lighting", "name_en": "Lighting", "name_zh": "照明", "definition_en": "L", "definition_zh": "灯"}
    assert "Saved" in send(keeper, add, fields | {"parent": theme("service").pk, "cues_en": "3 lamp"})
    listed = keeper.get(reverse("admin:archive_theme_changelist")).content.decode()
    assert listed.index("Service") < listed.index("└ Lighting")
    pk = theme("lighting").pk
    assert "Saved" in send(keeper, change("theme", pk, "retire"), {})
    assert "no longer given" in keeper.get("/themes/lighting/").content.decode()
    assert "Saved" in send(keeper, change("theme", pk, "revive"), {})
    assert "This field is required" in send(keeper, change("theme", pk, "merge"), {})
    assert "Saved" in send(keeper, change("theme", pk, "merge"), {"into": theme("service").pk})
    answer = keeper.get("/themes/lighting/")
    assert (answer.status_code, answer["Location"]) == (301, "/themes/service/")
    assert Theme.objects.get(key="lighting").retired


def test_sources_actors_and_formulations_lead_to_what_they_were_merged_into(keeper: Client):
    old, new = rows.source("old-bureau", "Old Bureau"), rows.source("new-bureau", "New Bureau")
    rows.document(issuer=old)
    assert keeper.get("/sources/old-bureau/").status_code == 200
    assert "Saved" in send(keeper, change("source", old.pk, "merge"), {"into": new.pk})
    assert keeper.get("/sources/old-bureau/")["Location"] == "/sources/new-bureau/"
    assert "Old Bureau" in Source.objects.get(pk=new.pk).aliases
    one, other = Actor.objects.first(), rows.actor("other-actor", "Other actor")
    assert "Saved" in send(keeper, change("actor", one.pk, "merge"), {"into": other.pk})
    assert keeper.get(f"/actors/{one.slug}/")["Location"] == "/actors/other-actor/"
    words = Formulation.objects.create(slug="one-wording", text_en="one wording")
    whole = Formulation.objects.create(slug="whole", text_en="whole wording")
    assert "Saved" in send(keeper, change("formulation", words.pk, "merge"), {"into": whole.pk})
    assert keeper.get("/formulations/one-wording/")["Location"] == "/formulations/whole/"
    page = send(keeper, change("formulation", whole.pk), filled_in(keeper, change("formulation", whole.pk), text_en=""))
    assert "Give its name in English or in Chinese" in page


def test_an_actor_is_split(keeper: Client):
    published(OTHER, "lamps.txt")
    published()
    actor = Actor.objects.exclude(aliases=[]).first()
    address = change("actor", actor.pk, "split")
    page = keeper.get(address).content.decode()
    word = actor.aliases[0]
    assert word in page
    assert "Choose the words" in send(keeper, address, {"name_en": "A part", "name_zh": "部分"})
    language = "en" if word.isascii() else "zh"
    fields = {"name_en": "A part", "name_zh": "部分", f"moving_{language}": [word]}
    assert "Saved" in send(keeper, address, fields)
    assert Actor.objects.get(slug="a-part").aliases == [word]


def test_a_source_is_not_above_itself(keeper: Client):
    above = rows.source("above", "Above")
    below = Source.objects.create(slug="below", name_en="Below", parent=above)
    address = change("source", above.pk)
    page = send(keeper, address, filled_in(keeper, address, parent=str(below.pk)))
    assert "cannot be above it" in page


def test_a_reviewer_reads_the_vocabularies_and_changes_nothing(client: Client, django_user_model):
    user = django_user_model.objects.create_user("reviewer", password="a long password")
    give_role(user=user, role="reviewer", by=None)
    client.force_login(user)
    page = client.get(change("theme", theme("service").pk)).content.decode()
    assert "mass line" in client.get(change("theme", theme("mass-line").pk)).content.decode()
    assert "See what would change" not in page
    assert client.post(change("theme", theme("service").pk), {}).status_code == 403
    assert client.post(change("theme", theme("service").pk, "retire"), {}).status_code == 403


def test_many_documents_are_weighed_by_a_worker(keeper: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vocabulary_scope, "WEIGHED", 1)
    one, two = published(OTHER, "lamps.txt"), published(f"{OTHER}\nAgain.", "again.txt")
    address = change("theme", theme("service").pk)
    fields = filled_in(keeper, address)
    fields["cues_en"] += "\n4 broken lantern"
    assert "first 1 of these 2 documents" in keeper.post(address, fields).content.decode()
    page = keeper.post(address, fields | {"all": "1"}).content.decode()
    job = Job.objects.get(kind="weigh")
    result = reverse("outlook", args=[job.pk])
    assert result in page
    assert "load this page again" in keeper.get(result).content.decode()
    assert do_next(name="test", stop=threading.Event())
    found = keeper.get(result).content.decode()
    assert f"{one.pk}: " in found
    assert f"{two.pk}: " in found
    assert not Phrase.objects.exists()
