"""From the words for an actor to the normalised actor: one key for "police stations", "each police station", 派出所."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.analysis import lexicon
from archive.analysis.vocabulary import LEXICON, Vocabulary

_SPACE = re.compile(r"\s+")
_ARTICLE = re.compile(r"^(?:the|all|all the|each|every|any)\s+")
_AFTER_HEAD = re.compile(r"\b(?:of|in|at|on|for|with|under|from|who|which|that|within|to|by|concerned|responsible)\b")


@dataclass(frozen=True, slots=True)
class Actor:
    """A normalised actor; aliases in small letters, by language."""

    key: str
    name_en: str
    name_zh: str
    aliases: Mapping[str, tuple[str, ...]]


@cache
def all_actors() -> tuple[Actor, ...]:
    """The actors of the lexicon, in its order."""
    text = files(lexicon).joinpath("actors.json").read_text(encoding="utf-8")
    return tuple(
        Actor(
            key=entry["key"],
            name_en=entry["name_en"],
            name_zh=entry["name_zh"],
            aliases={"en": tuple(entry["en"]), "zh": tuple(entry["zh"])},
        )
        for entry in json.loads(text)
    )


def key_of(words: str, language: str, vocabulary: Vocabulary = LEXICON) -> str:
    """The key of the actor that the words name, "" where the vocabulary does not know it."""
    if not words:
        return ""
    keys = vocabulary.actors.get(language, {})
    return _chinese(words, keys) if language == "zh" else _english(words, keys)


def _english(words: str, keys: Mapping[str, str]) -> str:
    plain = _SPACE.sub(" ", words.casefold()).strip()
    head = _AFTER_HEAD.split(plain)[0].strip()
    exact = keys.get(_ARTICLE.sub("", plain))
    if exact:
        return exact
    for phrase in (head, plain):
        tokens = phrase.split()
        for first in range(min(len(tokens), 12)):
            key = _singular_or_plural(keys, " ".join(tokens[first:]))
            if key:
                return key
    return ""


def _singular_or_plural(keys: Mapping[str, str], phrase: str) -> str:
    return keys.get(phrase) or keys.get(phrase + "s") or keys.get(phrase.removesuffix("s")) or ""


def _chinese(words: str, keys: Mapping[str, str]) -> str:
    plain = _SPACE.sub("", words)[-30:]
    for first in range(len(plain)):
        if plain[first:] in keys:
            return keys[plain[first:]]
    return ""
