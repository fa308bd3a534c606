"""Actors: the words of a sentence that name who is directed, and the normalised actor they stand for."""

from __future__ import annotations

import pytest

from archive.analysis import actors_zh
from archive.analysis.actors import all_actors, key_of
from archive.analysis.actors_en import actor_phrase, by_phrase, is_actor, subject_before, vocative, whole_actor
from archive.analysis.modality import Who


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("Police stations ", "Police stations"),
        ("In the near future, all police stations in mountain areas ", "all police stations in mountain areas"),
        ("Therefore, public security organs at all levels ", "public security organs at all levels"),
        ("Any member who turns away a caller ", "Any member"),
        ("The unit that lost the file ", "The unit that lost the file"),
        ("Courts, prosecutors and police ", "Courts, prosecutors and police"),
        ("Station chiefs, on receiving a letter, ", "Station chiefs"),
        ("The circular requires that patrol officers ", "patrol officers"),
        ("When the bell rings, the dispatcher also ", "the dispatcher"),
        ("As guests, we ", "guests"),
    ],
)
def test_english_subjects(before: str, words: str) -> None:
    assert subject_before(before).words == words


@pytest.mark.parametrize(
    ("before", "who"),
    [
        ("we ", Who.WE),
        ("They ", Who.PRONOUN),
        ("The visiting time ", Who.THING),
        ("police work ", Who.THING),
        ("this section ", Who.THING),
        ("", Who.NONE),
        ("Therefore, ", Who.NONE),
    ],
)
def test_what_is_no_actor(before: str, who: Who) -> None:
    assert subject_before(before).who is who


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("the deputy director in charge", True),
        ("ferry operators", True),
        ("watchmen on the pier", True),
        ("the number of officers", False),
        ("matters", False),
        ("the police visit", False),
    ],
)
def test_the_head_noun_decides(phrase: str, expected: bool) -> None:
    assert is_actor(phrase) is expected


def test_agents_vocatives_and_headings() -> None:
    assert by_phrase("be answered by the duty officer within a day") == "the duty officer"
    assert by_phrase("be answered by letter") == ""
    assert vocative("Comrades") == "Comrades"
    assert vocative("In the morning") == ""
    assert whole_actor("B. Shift supervisors"[3:]) == "Shift supervisors"
    assert whole_actor("Division of labour") == ""
    assert actor_phrase("any public security organ") == "any public security organ"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("社区民警", "社区民警"),
        ("接到报警后，派出所", "派出所"),
        ("公安机关接到报案后，", "公安机关"),
        ("公安机关及其人民警察办理案件，", "公安机关及其人民警察"),
        ("任何单位和个人", "任何单位和个人"),
        ("各派出所所长", "各派出所所长"),
        ("县公安局法制大队", "县公安局法制大队"),
        ("在日常巡逻中民警", "民警"),
        ("发展改革委、民政局、水务局等部门", "发展改革委、民政局、水务局等部门"),
        ("热线电话由值班员接听，", "值班员"),
        ("船只所有人", "船只所有人"),
    ],
)
def test_chinese_subjects(before: str, words: str) -> None:
    assert actors_zh.subject_before(before).words == words


@pytest.mark.parametrize(
    ("before", "who"),
    [("我们", Who.WE), ("他们", Who.PRONOUN), ("夜间警务", Who.THING), ("对重点部位，", Who.NONE), ("", Who.NONE)],
)
def test_what_is_no_actor_in_chinese(before: str, who: Who) -> None:
    assert actors_zh.subject_before(before).who is who


def test_after_the_cue_and_as_a_whole() -> None:
    assert actors_zh.after_cue("各支队于周五前上报") == "各支队"
    assert actors_zh.after_cue("于周五前上报") == ""
    assert actors_zh.whole_actor("刑侦支队") == "刑侦支队"
    assert actors_zh.whole_actor("刑侦支队工作要求") == ""
    assert actors_zh.vocative("船民朋友们：请注意")[0] == "船民朋友们"


@pytest.mark.parametrize(
    ("words", "language", "key"),
    [
        ("Public security organs at all levels", "en", "public-security-organs"),
        ("each police station", "en", "police-stations"),
        ("all water police stations in the county", "en", "police-stations"),
        ("The traffic brigade", "en", "traffic-police"),
        ("Directors of county-level bureaus", "en", "leading-cadres"),
        ("any unit", "en", "units"),
        ("a passing juggler", "en", ""),
        ("", "en", ""),
        ("各级公安机关", "zh", "public-security-organs"),
        ("辖区社区民警", "zh", "community-police"),
        ("县局交警大队", "zh", "traffic-police"),
        ("各派出所", "zh", "police-stations"),
        ("有关单位", "zh", "units"),
        ("吹糖人的", "zh", ""),
    ],
)
def test_keys(words: str, language: str, key: str) -> None:
    assert key_of(words, language) == key


def test_the_lexicon_of_actors_is_sound() -> None:
    actors = all_actors()
    keys = [actor.key for actor in actors]
    assert len(set(keys)) == len(keys)
    assert all(actor.name_en and actor.name_zh for actor in actors)
    for language in ("en", "zh"):
        aliases = [alias for actor in actors for alias in actor.aliases[language]]
        assert len(set(aliases)) == len(aliases)
        assert all(alias == alias.casefold() for alias in aliases)
