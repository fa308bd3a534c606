"""Words for generated texts: few that are everywhere, many that are rare, as in any language (Zipf)."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import Stemmer

SEED = 20_240_501
BASES = 6_000
"""Made-up words; each occurs in several English forms, so that stems matter."""
PAIRS = 6_000
"""Made-up Chinese words of two characters."""
FLATTENING = 2.7  # after Mandelbrot: the first ranks are less far apart than 1, 1/2, 1/3 …


@dataclass(frozen=True)
class Lexicon:
    """Words of one language, the most frequent first, with what drawing by frequency needs."""

    function: tuple[str, ...]
    words: tuple[str, ...]
    """everything, function words first"""
    weights: tuple[float, ...]
    """running sums over `words`, for `random.choices`"""
    phrases: tuple[str, ...]

    def draw(self, dice: random.Random, count: int) -> list[str]:
        return dice.choices(self.words, cum_weights=self.weights, k=count)

    def between(self, first: int, last: int) -> tuple[str, ...]:
        """The words of these ranks, counted from 0 after the function words."""
        start = len(self.function)
        return self.words[start + first : start + last]


@lru_cache(maxsize=1)
def data() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(Path(__file__).with_name("vocabulary.json").read_text(encoding="utf-8"))
    return read


@lru_cache(maxsize=1)
def english() -> Lexicon:
    given = data()
    dice = random.Random(SEED)
    made = [base + ending for base in _bases(dice, BASES) for ending in given["endings"]]
    dice.shuffle(made)
    return _lexicon(given["function"], [*given["domain"], *made], given["phrases"])


@lru_cache(maxsize=1)
def chinese() -> Lexicon:
    given = data()["chinese"]
    dice = random.Random(SEED)
    characters = sorted({character for word in given["words"] for character in word})
    made = ["".join(dice.choices(characters, k=2)) for _ in range(PAIRS)]
    return _lexicon(given["function"], [*given["words"], *made], given["phrases"])


def _lexicon(function: list[str], others: list[str], phrases: list[str]) -> Lexicon:
    words = tuple(dict.fromkeys([*function, *others]))
    weights = tuple(accumulate(1 / (rank + FLATTENING) for rank in range(len(words))))
    return Lexicon(tuple(function), words, weights, tuple(phrases))


def _bases(dice: random.Random, count: int) -> list[str]:
    """Made-up words whose forms have one stem by both of Porter's algorithms: the contenders do not share one."""
    given = data()
    found: dict[str, None] = {}
    while len(found) < count:
        word = "".join(dice.choice(given[part]) for part in ("onsets", "vowels", "onsets", "vowels", "codas"))
        if plain(word, given["endings"]):
            found[word] = None
    return list(found)


def plain(word: str, endings: tuple[str, ...] | list[str] = ("",)) -> bool:
    """Whether the word with each of the endings has the word itself as its stem, by Porter 1 and by Porter 2."""
    return all(stemmer.stemWord(word + ending) == word for ending in endings for stemmer in _stemmers())


@lru_cache(maxsize=1)
def _stemmers() -> tuple[Stemmer.Stemmer, ...]:
    return Stemmer.Stemmer("porter"), Stemmer.Stemmer("english")


def same_stem(word: str) -> bool:
    """Whether both algorithms find the same stem."""
    return len({stemmer.stemWord(word) for stemmer in _stemmers()}) == 1
