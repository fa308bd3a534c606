"""What may be entered into a vocabulary. A check returns its complaints, by field; none when all is well."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from django.utils.text import slugify
from django.utils.translation import gettext as _

from archive.analysis.phrases import same_form
from archive.analysis.vocabulary import LANGUAGES
from archive.models.vocabularies import HEAVIEST

Complaints = defaultdict[str, list[str]]
Cues = Mapping[str, Mapping[str, float]]
"""Language → phrase → weight."""
Names = Mapping[str, Iterable[str]]
"""Language → words."""
LONGEST_PHRASE = 120
_A_WORD = re.compile(r"\w")


def complaints() -> Complaints:
    return defaultdict(list)


def check_cues(cues: Cues, known: Mapping[str, Container[str]]) -> Complaints:
    """Phrases have words, weights are in range, and none that is not `known` is there twice in another form."""
    found = complaints()
    for language in LANGUAGES:
        field = f"cues_{language}"
        found[field] += wordless(cues.get(language, {}))
        found[field] += twice(cues.get(language, {}), language, known.get(language, ()))
        for phrase, weight in cues.get(language, {}).items():
            if not 0 < weight <= HEAVIEST:
                found[field].append(
                    _("“%(phrase)s” weighs %(weight)g: a weight lies above 0 and is at most %(most)g.")
                    % {"phrase": phrase, "weight": weight, "most": HEAVIEST}
                )
    return found


def wordless(phrases: Iterable[str]) -> list[str]:
    return [
        _("“%s” is no phrase: it needs a word, and at most %d characters.") % (phrase[:LONGEST_PHRASE], LONGEST_PHRASE)
        for phrase in phrases
        if not _A_WORD.search(phrase) or len(phrase) > LONGEST_PHRASE
    ]


def twice(phrases: Iterable[str], language: str, known: Container[str]) -> list[str]:
    """Phrases that are found in the same places, in English all forms of a word being one; not if both are `known`."""
    first: dict[str, str] = {}
    found = []
    for phrase in phrases:
        other = first.setdefault(str(same_form(phrase, language)), phrase)
        if other != phrase and not (other in known and phrase in known):
            found.append(
                _("“%(one)s” and “%(other)s” are found in the same places: keep one.") % {"one": other, "other": phrase}
            )
    return found


def check_required(values: Mapping[str, str]) -> Complaints:
    found = complaints()
    for field, value in values.items():
        if not value.strip():
            found[field].append(_("Fill this in: it may not be empty."))
    return found


def nameless(english: str, chinese: str) -> list[str]:
    return [] if english.strip() or chinese.strip() else [_("Give its name in English or in Chinese, or both.")]


def check_taken(field: str, words: Iterable[str], owners: Mapping[str, str]) -> Complaints:
    """`owners`: words that are another's, in small letters → who has them."""
    found = complaints()
    for one in words:
        owner = owners.get(one.casefold())
        if owner:
            found[field].append(
                _("“%(words)s” belongs to “%(owner)s” already. Take it out there first, or merge the two.")
                % {"words": one, "owner": owner}
            )
    return found


def joined(*several: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """All complaints, those fields left out that have none."""
    found = complaints()
    for one in several:
        for field, messages in one.items():
            found[field] += messages
    return {field: messages for field, messages in found.items() if messages}


def key_from(words: str, length: int) -> str:
    """A plain key for an address: small Latin letters, digits and hyphens; "" where the words have none."""
    return slugify(words)[:length].strip("-")
