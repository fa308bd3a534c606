"""What a clause directs, before anyone asks whom: the results and the cue patterns that both languages share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from archive.analysis import lexicon
from archive.spans import Modality


class Who(StrEnum):
    """What stands where the addressee would."""

    NAMED = "named"
    WE = "we"
    PRONOUN = "pronoun"
    THING = "thing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Subject:
    """The addressee that a clause gives by itself; `words` as written, "" unless NAMED.

    `passive` is true where the thing is acted on, so that somebody else, not named here, has to act.
    """

    who: Who
    words: str = ""
    passive: bool = False


NOBODY = Subject(Who.NONE)
_BARE = frozenset({"imperative", "imperative-not", "item-to", "verbal-heading", "list-member", "measure-present"})


class Nature(StrEnum):
    """What the members of a list are; PLAIN: certainly nothing special, whatever the lists around are."""

    MEASURES = "measures"
    PROBLEMS = "problems"
    PAST = "past"
    CIRCUMSTANCES = "circumstances"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence that a list hangs on: what it orders, and whether its members finish it ("shall not: a. …")."""

    modality: Modality | None
    actor: str
    finishes: bool
    binds: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause hangs on.

    `opens` is true for the first clause after a marker; `lead` is the lead-in of the list it opens a member of.
    `goes_on`: it hangs on a clause or lead-in just before; `follows`: the sentence before directs;
    `statute`: the document consists of articles; `order`: it is a police order or manual.
    """

    nature: Nature | None = None
    opens: bool = False
    marker: str = ""
    lead: Lead | None = None
    goes_on: bool = False
    follows: bool = False
    statute: bool = False
    order: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """A clause directs: how, found by which rule, whom."""

    modality: Modality
    rule: str
    confidence: float
    subject: Subject

    @property
    def bare(self) -> bool:
        """Whether its form alone made it an order, no modal verb."""
        return self.rule in _BARE


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern of the lexicon. `actor` tells where its addressee stands, `needs` what else has to be true."""

    rule: str
    modality: Modality
    pattern: re.Pattern[str]
    actor: str
    needs: str
    confidence: float


def compiled(pattern: str, macros: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """A pattern of the lexicon: {macro} replaced, a space standing for any white space, case ignored."""
    for name, value in (macros or {}).items():
        pattern = pattern.replace("{" + name + "}", value)
    return re.compile(pattern.replace(" ", r"(?:\s+)"), re.IGNORECASE)


@cache
def cues(language: str) -> tuple[Cue, ...]:
    """The cue patterns of a language, in the order of the lexicon: of two at one place the earlier one counts."""
    data = lexicon.load(language, "modality")
    return tuple(_cue(entry, data.get("macros", {})) for entry in data["cues"])


def _cue(entry: Mapping[str, Any], macros: Mapping[str, str]) -> Cue:
    return Cue(
        rule=entry["rule"],
        modality=Modality(entry["modality"]),
        pattern=compiled(entry["pattern"], macros),
        actor=entry.get("actor", "before"),
        needs=entry.get("needs", ""),
        confidence=entry["confidence"],
    )


@cache
def pattern(language: str, name: str, key: str) -> re.Pattern[str]:
    """One pattern of a lexicon file; a list of patterns is taken as alternatives."""
    value = lexicon.load(language, name)[key]
    return compiled(value if isinstance(value, str) else "|".join(f"(?:{each})" for each in value))


@cache
def words(language: str, name: str, key: str) -> frozenset[str]:
    """A word list of a lexicon file as a set."""
    return frozenset(lexicon.load(language, name)[key])


def found_cues(text: str, language: str) -> list[tuple[re.Match[str], Cue]]:
    """Every cue in the text, in its order; of cues at one place the first of the lexicon comes first."""
    found = [
        (match.start(), rank, match, cue)
        for rank, cue in enumerate(cues(language))
        for match in cue.pattern.finditer(text)
    ]
    return [(match, cue) for _, _, match, cue in sorted(found, key=lambda each: each[:2])]
