"""The rule that found a directive, as readers are told of it: by the words that it goes by, not by its key."""

from __future__ import annotations

import json
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CHINESE_WORDS: dict[str, str] = json.loads(Path(__file__).with_name("rule_words.json").read_text())
"""Rule of the Chinese lexicon → the cue that stands for its pattern."""
FORMS = {
    "continues": _("continues an order"),
    "deadline": _("deadline"),
    "finishes-lead-in": _("completes a lead-in"),
    "imperative": _("imperative"),
    "imperative-not": _("negative imperative"),
    "item-to": _("item with “to”"),
    "list-member": _("member of a list"),
    "measure-present": _("measure in the present tense"),
    "verbal-heading": _("heading with a verb"),
}
"""Rules that go by the form of the sentence, not by a cue."""


def in_words(rule: str) -> tuple[str, str]:
    """(words, their language as HTML names it); the rules of the English lexicon are named by their own cues."""
    if rule in CHINESE_WORDS:
        return CHINESE_WORDS[rule], "zh-Hans"
    if rule in FORMS:
        return str(FORMS[rule]), "zh-Hans" if (get_language() or "").startswith("zh") else "en"
    return rule.replace("-", " "), "en"
