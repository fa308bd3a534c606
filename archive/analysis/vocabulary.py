"""The words that texts are read with: cues of themes, names of actors, forms of formulations.

`LEXICON` is what the data files say. What administrators make of it is a set of `Edits`, merged over it by `edited`.
Every stage that looks for such words takes the vocabulary as an argument; without one it is the lexicon.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from archive.analysis import lexicon

LANGUAGES = ("en", "zh")
Kind = Literal["theme", "actor", "formulation"]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Words by language ("en", "zh"). Two vocabularies are never equal, so that results can be kept for each."""

    themes: tuple[str, ...]
    """Keys, in the order that decides between equals."""
    centrality: Mapping[str, float]
    """How readily readers call a document theirs by a theme; 1 for themes that are not named."""
    cues: Mapping[str, Mapping[str, Mapping[str, float]]]
    """Language → theme → phrase → weight."""
    actors: Mapping[str, Mapping[str, str]]
    """Language → alias in small letters → key."""
    formulations: Mapping[str, Mapping[str, str]]
    """Language → form → key."""
    version: str = ""
    """Names the edits; "" is the lexicon."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A phrase added or weighed anew, or taken out. `weight` is of a cue; other phrases have 0."""

    kind: Kind
    key: str
    language: str
    words: str
    weight: float = 0.0
    taken_out: bool = False


@dataclass(frozen=True, slots=True)
class Edits:
    """What administrators made of the lexicon."""

    phrases: tuple[Edit, ...] = ()
    themes: tuple[str, ...] = ()
    """All keys in their order, also those of the lexicon; none: the order of the lexicon."""
    gone: frozenset[tuple[Kind, str]] = frozenset()
    """What is not found any more: retired themes, and everything that was merged into another of its kind."""


def _read(name: str) -> list[dict[str, list[str] | str]]:
    text = files(lexicon).joinpath(name).read_text(encoding="utf-8")
    rows: list[dict[str, list[str] | str]] = json.loads(text)
    return rows


def _from_files() -> Vocabulary:
    themes = lexicon.load(".", "themes")
    phrases = lexicon.load(".", "formulations")
    return Vocabulary(
        themes=tuple(sorted(themes, key=lambda key: int(themes[key]["order"]))),
        centrality={key: float(record["centrality"]) for key, record in themes.items()},
        cues={language: lexicon.load(language, "theme_cues") for language in LANGUAGES},
        actors={
            language: {alias: str(row["key"]) for row in _read("actors.json") for alias in row[language]}
            for language in LANGUAGES
        },
        formulations={
            language: {
                form: key
                for key, record in phrases.items()
                for form in (record[f"text_{language}"], *record[f"variants_{language}"])
                if form
            }
            for language in LANGUAGES
        },
    )


LEXICON = _from_files()


def edited(base: Vocabulary, edits: Edits, version: str) -> Vocabulary:
    """The vocabulary with the edits over it; what is gone has no words of its own any more."""
    return Vocabulary(
        themes=edits.themes or base.themes,
        centrality=base.centrality,
        cues={language: _cues(base, edits, language) for language in LANGUAGES},
        actors={language: _names(base.actors, edits, "actor", language) for language in LANGUAGES},
        formulations={language: _names(base.formulations, edits, "formulation", language) for language in LANGUAGES},
        version=version,
    )


def _of(edits: Edits, kind: Kind, language: str) -> Iterable[Edit]:
    return (one for one in edits.phrases if one.kind == kind and one.language == language)


def _cues(base: Vocabulary, edits: Edits, language: str) -> dict[str, dict[str, float]]:
    own = {theme: dict(phrases) for theme, phrases in base.cues[language].items()}
    for edit in _of(edits, "theme", language):
        phrases = own.setdefault(edit.key, {})
        if edit.taken_out:
            phrases.pop(edit.words, None)
        else:
            phrases[edit.words] = edit.weight
    return {theme: phrases for theme, phrases in own.items() if ("theme", theme) not in edits.gone}


def _names(base: Mapping[str, Mapping[str, str]], edits: Edits, kind: Kind, language: str) -> dict[str, str]:
    """Names that are taken out of one and given to another are the other's, in whichever order the edits come."""
    names = {name: key for name, key in base[language].items() if (kind, key) not in edits.gone}
    changes = [edit for edit in _of(edits, kind, language) if (kind, edit.key) not in edits.gone]
    for edit in sorted(changes, key=lambda edit: not edit.taken_out):
        if not edit.taken_out:
            names[edit.words] = edit.key
        elif names.get(edit.words) == edit.key:
            del names[edit.words]
    return names


@dataclass(frozen=True, slots=True)
class Difference:
    """The words of one language in which two vocabularies differ."""

    cues: frozenset[str]
    actors: frozenset[str]
    formulations: frozenset[str]


def difference(one: Vocabulary, other: Vocabulary, language: str) -> Difference:
    """What has to be looked for in a text to know whether the two may read it otherwise."""
    return Difference(
        cues=_differing(_weighed(one, language), _weighed(other, language)),
        actors=_differing(one.actors[language], other.actors[language]),
        formulations=_differing(one.formulations[language], other.formulations[language]),
    )


def _weighed(vocabulary: Vocabulary, language: str) -> dict[str, dict[str, float]]:
    phrases: dict[str, dict[str, float]] = {}
    for theme, cues in vocabulary.cues[language].items():
        for phrase, weight in cues.items():
            phrases.setdefault(phrase, {})[theme] = float(weight)
    return phrases


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> frozenset[str]:
    return frozenset(words for words in one.keys() | other.keys() if one.get(words) != other.get(words))
