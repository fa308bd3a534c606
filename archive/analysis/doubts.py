"""Doubts about what was read out of a text, for a person to settle before it is published."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archive.analysis.language import HAN, detect_language
from archive.spans import Concern, ConcernKind

_LONG = 1_500
"""Characters from which a circular without any section is more likely misread than short; Chinese takes a third."""
_OTHER_SHARE = 0.3
_SAMPLE = 50_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document, from its text or from people."""

    language: str
    sections: int
    has_title: bool
    has_issuer: bool
    issued: date | None


def doubts(text: str, known: Known, today: date) -> Iterator[Concern]:
    """What is missing, or does not go together."""
    yield from _of_language(text, known.language)
    if not known.sections and len(text) + 2 * len(HAN.findall(text)) > _LONG:
        yield Concern(ConcernKind.NO_SECTIONS)
    if not known.has_title:
        yield Concern(ConcernKind.NO_TITLE)
    if known.issued is None:
        yield Concern(ConcernKind.NO_DATE)
    elif known.issued > today:
        yield Concern(ConcernKind.FUTURE_DATE)
    if not known.has_issuer:
        yield Concern(ConcernKind.NO_ISSUER)


def _of_language(text: str, language: str) -> Iterator[Concern]:
    share = _share_of_other_scripts(text[:_SAMPLE])
    if share > _OTHER_SHARE:
        yield Concern(ConcernKind.OTHER_LANGUAGE, round(share * 100))
    elif any(map(str.isalpha, text)) and detect_language(text) != language:
        yield Concern(ConcernKind.NOT_THE_LANGUAGE)


def _share_of_other_scripts(text: str) -> float:
    """The share of letters that are neither Latin nor Chinese."""
    letters = [character for character in text if character.isalpha()]
    own = sum(character.isascii() or bool(HAN.match(character)) or _is_latin(character) for character in letters)
    return 1 - own / len(letters) if letters else 0.0


def _is_latin(character: str) -> bool:
    return unicodedata.normalize("NFKC", character).isascii() or "LATIN" in unicodedata.name(character, "")
