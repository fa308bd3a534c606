"""Cue phrases of the themes in a text.

The phrases and their weights come with the vocabulary. A text is scanned for cues once, whatever
the number of spans asked about.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from archive.analysis.phrases import Finder, finder, same_form
from archive.analysis.vocabulary import LEXICON, Vocabulary
from archive.spans import Span, ThemeCue

# a phrase that is said again counts less each time, and no less from the ninth time on
_REPEAT = 0.35
TIMES = 9
VOCABULARIES = 8
"""Vocabularies, times languages, for which what was made ready is kept."""


class Cue(NamedTuple):
    """A cue in a text, for one of its themes; `worn` is its weight when it is said for the first time, the second, …

    `sort` numbers the (theme, phrase) pairs of the text.
    """

    theme: str
    cue: ThemeCue
    worn: tuple[float, ...]
    sort: int


@dataclass(frozen=True, slots=True)
class CueHits:
    """All cues of a text in their order, and where each starts and ends; none lies inside another."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    cues: tuple[Cue, ...]

    def within(self, span: Span) -> Sequence[Cue]:
        """The cues that lie wholly inside a span."""
        return self.cues[bisect_left(self.starts, span.start) : bisect_right(self.ends, span.end)]


@lru_cache(maxsize=VOCABULARIES)
def _weights(vocabulary: Vocabulary, language: str) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Cue phrase → its themes and weights; phrases that read alike are one, and the heaviest weight counts."""
    usual: dict[str, str] = {}
    by_phrase: dict[str, dict[str, float]] = defaultdict(dict)
    for theme, cues in vocabulary.cues[language].items():
        for phrase, weight in cues.items():
            themes = by_phrase[usual.setdefault(same_form(phrase, language), phrase)]
            themes[theme] = max(float(weight), themes.get(theme, 0.0))
    return {phrase: tuple(themes.items()) for phrase, themes in by_phrase.items()}


@lru_cache(maxsize=VOCABULARIES)
def _cue_finder(vocabulary: Vocabulary, language: str) -> Finder:
    return finder(_weights(vocabulary, language), language)


@lru_cache(maxsize=2)
def cue_hits(text: str, language: str, vocabulary: Vocabulary = LEXICON) -> CueHits:
    """Every cue phrase in a text; the last two texts are remembered."""
    weights = _weights(vocabulary, language)
    sorts: dict[tuple[str, str], int] = {}
    cues = tuple(
        Cue(
            theme,
            ThemeCue(hit.phrase, hit.span, weight),
            _worn(weight),
            sorts.setdefault((theme, hit.phrase), len(sorts)),
        )
        for hit in _cue_finder(vocabulary, language).find(text)
        for theme, weight in weights[hit.phrase]
    )
    spans = [each.cue.span for each in cues]
    return CueHits(tuple(span.start for span in spans), tuple(span.end for span in spans), cues)


@cache
def _worn(weight: float) -> tuple[float, ...]:
    return tuple(weight * _REPEAT**times for times in range(TIMES))
