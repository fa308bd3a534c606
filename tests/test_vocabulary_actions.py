"""Changes of the vocabularies: what lies over the lexicon, what is read again, what is refused, what people keep."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict

from archive.actions.rereading import reread, stale_documents
from archive.actions.vocabulary_changes import NotAccepted, rehearse
from archive.actions.vocabulary_names import merge_named, names_of, save_names, split_named
from archive.actions.vocabulary_sources import merge_sources, save_source
from archive.actions.vocabulary_themes import cues_of, merge_themes, retire_theme, revive_theme, save_theme
from archive.actions.vocabulary_words import current_vocabulary
from archive.analysis.vocabulary import LEXICON
from archive.models import (
    Actor,
    Directive,
    DocumentTheme,
    Formulation,
    Job,
    OutboxEntry,
    Phrase,
    Source,
    Theme,
    VocabularyChange,
)
from archive.reader.forms import SearchForm
from archive.search.families import families, made_in
from archive.search.vocabulary import slugs
from tests.factories import CHINESE_NOTICE, administrator, draft, published

pytestmark = pytest.mark.django_db
OTHER = """Notice on the lamp lighters

1. Duties. Lamp lighters must report every broken lantern to the watch house at once.
"""


def theme(key: str) -> Theme:
    return Theme.objects.get(key=key)


def work() -> list[int]:
    """Have done what waits, as the worker does; the documents that were read again."""
    numbers = [number for job in Job.objects.order_by("pk") for number in job.arguments["documents"]]
    for number in numbers:
        reread(number=number, by=None)
    Job.objects.all().delete()
    return numbers


def themes_of(document) -> set[str]:
    return set(document.themes.values_list("key", flat=True))


def test_without_changes_the_words_are_those_of_the_lexicon():
    assert current_vocabulary() is LEXICON
    unchanged = {"cues": cues_of(theme("visits")), "by": None}
    assert save_theme(theme=theme("visits"), **unchanged) == []
    assert not Phrase.objects.exists()
    assert not VocabularyChange.objects.exists()


def test_a_new_cue_gives_its_theme_to_exactly_the_documents_that_have_it():
    lamps, _visits = published(OTHER, "lamps.txt"), published()
    cues = cues_of(theme("service"))
    cues["en"]["broken lantern"] = 4.0
    by = administrator()
    assert "service" not in themes_of(lamps)
    assert save_theme(theme=theme("service"), cues=cues, by=by) == [lamps.pk]
    assert stale_documents() == [lamps.pk]
    change = VocabularyChange.objects.get()
    assert (change.made_by, change.data) == (by, {"cues_en": {"broken lantern": [None, 4.0]}})
    assert Phrase.objects.get().words == "broken lantern"
    assert work() == [lamps.pk]
    assert stale_documents() == []
    assert "service" in themes_of(lamps)
    assert lamps.directives.get().themes.filter(key="service").exists()


def test_cues_are_taken_out_weighed_anew_and_brought_back():
    document = published()
    visits = theme("visits")
    before = cues_of(visits)
    less = {language: {} for language in before}
    assert document.pk in save_theme(theme=visits, cues=less, by=None)
    work()
    assert "visits" not in themes_of(document)
    assert Phrase.objects.filter(taken_out=True).count() == len(before["en"]) + len(before["zh"])
    save_theme(theme=visits, cues=before, by=None)
    work()
    assert "visits" in themes_of(document)
    assert not Phrase.objects.exists()
    assert cues_of(visits) == before


def test_what_would_change_is_shown_and_nothing_is_changed():
    lamps = published(OTHER, "lamps.txt")
    cues = cues_of(theme("service"))
    cues["en"]["broken lantern"] = 4.0
    found = rehearse(lambda: save_theme(theme=theme("service"), cues=cues, by=None)).outlook()
    assert (found.concerned, found.weighed) == (1, 1)
    (effect,) = found.effects
    assert (effect.document, effect.gains, effect.directives["service"]) == (lamps.pk, ("service",), 1)
    assert not Phrase.objects.exists()
    assert not Job.objects.exists()
    assert current_vocabulary() is LEXICON


@pytest.mark.parametrize(
    ("fields", "cues", "field", "words"),
    [
        ({"name_en": " "}, {}, "name_en", "may not be empty"),
        ({"definition_zh": ""}, {}, "definition_zh", "may not be empty"),
        ({"parent": "visits"}, {}, "parent", "not its own parent"),
        ({"parent": "petitions"}, {}, "parent", "two levels"),
        ({"key": "petitions"}, {}, "key", "already"),
        ({"key": "other"}, {}, "key", "stays as it is"),
        ({}, {"en": {"knock": 0}}, "cues_en", "above 0"),
        ({}, {"en": {"knock": 9.5}}, "cues_en", "at most 9"),
        ({}, {"en": {"knock on doors": 1, "knocking on the door": 2}}, "cues_en", "in the same places"),
        ({}, {"zh": {"。": 1}}, "cues_zh", "needs a word"),
        ({}, {"zh": {"走" * 121: 1}}, "cues_zh", "at most 120 characters"),
    ],
)
def test_what_cannot_stand_is_refused_with_its_reason(fields: dict, cues: dict, field: str, words: str):
    Theme.objects.filter(key="petitions").update(parent=theme("service"))
    one = theme("visits")
    for name, value in fields.items():
        setattr(one, name, theme(value) if name == "parent" else value)
    with pytest.raises(NotAccepted) as refused:
        save_theme(theme=one, cues=cues, by=None)
    assert words in " ".join(refused.value.complaints[field])
    assert not VocabularyChange.objects.exists()


def test_a_parent_stays_on_the_first_level():
    Theme.objects.filter(key="petitions").update(parent=theme("service"))
    one = theme("service")
    one.parent = theme("visits")
    with pytest.raises(NotAccepted, match="move them first"):
        save_theme(theme=one, cues=cues_of(one), by=None)


def test_a_new_theme_is_found_by_its_cues():
    lamps = published(OTHER, "lamps.txt")
    new = Theme(key="lighting", name_en="Lighting", name_zh="照明", definition_en="Lamps.", definition_zh="路灯。")
    assert save_theme(theme=new, cues={"en": {"lamp": 3.0}}, by=None) == [lamps.pk]
    work()
    assert "lighting" in themes_of(lamps)
    assert new.order == 16


def test_merging_moves_everything_and_keeps_what_people_gave():
    document = published()
    extra = DocumentTheme.objects.create(document=document, theme=theme("petitions"), rank=9, by_person=True)
    visits = document.documenttheme_set.get(theme__key="visits")
    OutboxEntry.objects.all().delete()
    merge_themes(theme=theme("visits"), into=theme("petitions"), by=None)
    assert not DocumentTheme.objects.filter(pk=visits.pk).exists()
    extra.refresh_from_db()
    assert extra.by_person
    assert document.pk in OutboxEntry.objects.values_list("document_id", flat=True)
    assert not Directive.objects.filter(themes__key="visits").exists()
    work()
    assert "visits" not in themes_of(document)
    assert "petitions" in themes_of(document)
    merged = theme("visits")
    assert (merged.retired, merged.merged_into.key) == (True, "petitions")
    assert set(LEXICON.cues["zh"]["visits"]) <= set(cues_of(theme("petitions"))["zh"])
    assert slugs("theme", "visits") == ("petitions",)
    asked = SearchForm(QueryDict("theme=visits,petitions"))
    assert (asked.params().themes, asked.complaints) == (("petitions",), [])
    with pytest.raises(NotAccepted):
        merge_themes(theme=theme("service"), into=merged, by=None)


def test_a_retired_theme_is_not_given_and_can_be_given_again():
    document = published()
    retire_theme(theme=theme("visits"), by=None)
    work()
    assert "visits" not in themes_of(document)
    with pytest.raises(NotAccepted):
        retire_theme(theme=theme("visits"), by=None)
    revive_theme(theme=theme("visits"), by=None)
    work()
    assert "visits" in themes_of(document)


def test_a_word_moves_from_one_actor_to_a_new_one_with_what_was_read_by_it():
    document = published(CHINESE_NOTICE, "zh.txt")
    told = document.directives.exclude(actor=None).first()
    row = told.actor
    word = next(name for name in names_of(row)["zh"] if name in told.actor_text)
    Directive.objects.filter(pk=told.pk).update(status="accepted")
    new = Actor(name_en="Beat officers", name_zh="片区民警")
    assert split_named(row=row, moving={"zh": [word]}, new=new, by=None) == [document.pk]
    work()
    told.refresh_from_db()
    assert told.actor == new
    assert word not in Actor.objects.get(pk=row.pk).aliases
    merge_named(row=new, into=Actor.objects.get(pk=row.pk), by=None)
    told.refresh_from_db()
    assert told.actor == row
    assert word in Actor.objects.get(pk=row.pk).aliases


def refused_names(change: Callable[[], object]) -> dict[str, list[str]]:
    with pytest.raises(NotAccepted) as refused:
        change()
    return refused.value.complaints


def test_a_word_of_another_actor_is_refused():
    published(CHINESE_NOTICE, "zh.txt")
    published()
    one, other = Actor.objects.all()[:2]
    taken = next(iter(names_of(other)["en"]))
    names = names_of(one)
    names["en"].append(taken.upper())
    complaints = refused_names(lambda: save_names(row=one, names=names, by=None))
    assert f"“{taken}” belongs to “{other.name_en}”" in complaints["words_en"][0]
    assert refused_names(lambda: split_named(row=one, moving={}, new=Actor(name_en="X", name_zh="某"), by=None))[
        "moving"
    ]
    assert refused_names(lambda: merge_named(row=one, into=one, by=None))["into"]


def test_a_formulation_is_found_in_a_new_wording_and_merged():
    lamps = published(OTHER, "lamps.txt")
    new = Formulation(slug="no-dark-street", text_en="no dark street", text_zh="无暗街")
    assert save_names(row=new, names={"en": ["broken lantern"]}, by=None) == [lamps.pk]
    work()
    assert lamps.occurrences.get(formulation=new).quote == "broken lantern"
    target = Formulation(slug="bright-night", text_en="bright night", text_zh="")
    save_names(row=target, names={}, by=None)
    merge_named(row=new, into=target, by=None)
    work()
    assert [one.formulation for one in lamps.occurrences.all()] == [target]
    assert set(Formulation.objects.get(pk=target.pk).variants) >= {"broken lantern", "no dark street", "无暗街"}


def test_sources_are_merged_with_their_names_and_no_circles_are_made():
    above = Source(slug="ministry", name_en="Ministry of Lamps", kind="ministry")
    save_source(source=above, by=None)
    below = Source(slug="bureau", name_en="Bureau of Lamps", kind="bureau", parent=above, aliases=["Lamp Bureau"])
    save_source(source=below, by=None)
    above.parent = below
    assert "cannot be above it" in refused_names(lambda: save_source(source=above, by=None))["parent"][0]
    taken = Source(slug="x", name_en="lamp bureau")
    assert "belongs to" in refused_names(lambda: save_source(source=taken, by=None))["name_en"][0]
    document = published()
    document.issuer = below
    document.save()
    above.refresh_from_db()
    merge_sources(source=below, into=above, by=User.objects.first())
    document.refresh_from_db()
    above.refresh_from_db()
    assert document.issuer == above
    assert above.aliases == ["Bureau of Lamps", "Lamp Bureau"]


def test_drafts_are_read_with_the_words_of_their_time():
    cues = cues_of(theme("service"))
    cues["en"]["broken lantern"] = 4.0
    save_theme(theme=theme("service"), cues=cues, by=None)
    assert "service" in themes_of(draft(OTHER, "lamps.txt"))
    assert stale_documents() == []


def test_a_new_alias_is_offered_to_those_who_search():
    document = published()
    actor = document.directives.exclude(actor=None).first().actor
    save_names(
        row=actor, names={"en": [*names_of(actor)["en"], "the lamp watch"], "zh": names_of(actor)["zh"]}, by=None
    )
    work()
    made_in.cache_clear()
    told = families().of("the lamp watch")
    assert [actor.name_en in family.forms for family in told] == [True]
