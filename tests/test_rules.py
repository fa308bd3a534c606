"""Readers are told the words that a rule goes by, never its key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.utils import translation

from archive import analysis
from archive.reader.rules import CHINESE_WORDS, in_words

LEXICON = Path(analysis.__file__).parent / "lexicon" / "zh" / "modality.json"


def test_every_rule_of_the_chinese_lexicon_has_its_words_and_no_other():
    rules = {cue["rule"] for cue in json.loads(LEXICON.read_text(encoding="utf-8"))["cues"]}
    assert rules - set(CHINESE_WORDS) == {"deadline"}
    assert set(CHINESE_WORDS) - rules == set()


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        ("bixu", ("必须", "zh-Hans"), ("必须", "zh-Hans")),
        ("it-is-necessary", ("it is necessary", "en"), ("it is necessary", "en")),
        ("imperative", ("imperative", "en"), ("祈使句", "zh-Hans")),
        ("", ("", "en"), ("", "en")),
    ],
)
def test_a_rule_in_words(rule: str, english: tuple[str, str], chinese: tuple[str, str]):
    for language, expected in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert in_words(rule) == expected
