"""The 200 questions: twelve classes, the same at every size, chosen by rank of frequency and not by what is found."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path

from tests.bench.contender import Question
from tests.bench.corpus import documents, sources
from tests.bench.vocabulary import SEED, Lexicon, chinese, data, english, plain, same_stem

COMMON, MIDDLE, RARE = (0, 250), (30, 800), (4_000, 12_000)
"""Ranks of frequency."""
CHINESE_EACH = 8


def questions() -> list[Question]:
    """The mix, shuffled so that no class always comes when the machine is busy."""
    dice = random.Random(SEED)
    made = [question for name, count, make in CLASSES for question in _class(name, count, make, dice)]
    dice.shuffle(made)
    return [replace(question, number=number) for number, question in enumerate(made)]


def write(path: Path, asked: Sequence[Question]) -> None:
    path.write_text(json.dumps([asdict(question) for question in asked], ensure_ascii=False), encoding="utf-8")


Make = Callable[[random.Random, Lexicon], Question]


def _class(name: str, count: int, make: Make, dice: random.Random) -> Iterator[Question]:
    for place in range(count):
        lexicon = chinese() if place % CHINESE_EACH == CHINESE_EACH - 1 else english()
        yield replace(make(dice, lexicon), group=name)


def terms(ranks: tuple[int, int], count: int, match: str = "all") -> Make:
    """`count` different words of these ranks."""
    return lambda dice, lexicon: Question(tuple(dice.sample(_pool(lexicon is english(), ranks), count)), match)


@lru_cache
def _pool(latin: bool, ranks: tuple[int, int]) -> tuple[str, ...]:
    """Words that every contender stems alike. Chinese has fewer words here: its ranks are closer together."""
    if latin:
        return tuple(word for word in english().between(*ranks) if same_stem(word))
    return chinese().between(ranks[0] // 4, ranks[1] // 4)


def phrase(dice: random.Random, lexicon: Lexicon) -> Question:
    """A set phrase, words that stand together in some text, or, worst for an index, two of the commonest words."""
    kind = dice.choice(("set", "set", "text", "common")) if lexicon is english() else "set"
    if kind == "set":
        return Question(tuple(dice.choice(lexicon.phrases).split()), "phrase")
    if kind == "common":
        return Question(tuple(dice.sample(lexicon.function[:8], 2)), "phrase")
    return Question(_from_text(dice), "phrase")


def _from_text(dice: random.Random) -> tuple[str, ...]:
    text = next(each["text"] for each in documents(7) if dice.random() < 0.3 or each["id"] == 7)
    sentence = next(line for line in dice.sample(text.split(". "), 40) if line.replace(" ", "").isalpha())
    found = sentence.lower().split()
    start = dice.randint(0, max(0, len(found) - 3))
    return tuple(found[start : start + 3])


def prefix(dice: random.Random, lexicon: Lexicon) -> Question:
    """The first four or five letters of a made-up word."""
    if lexicon is not english():
        return terms(COMMON, 1)(dice, lexicon)
    known = {word[:4] for word in data()["domain"]}
    pool = [word for word in lexicon.between(300, 12_000) if plain(word) and word[:4] not in known]
    beginnings = [start for start in (dice.choice(pool)[: dice.randint(4, 5)] for _ in range(50)) if plain(start)]
    return Question((beginnings[0],), "prefix")


def filtered(dice: random.Random, lexicon: Lexicon) -> Question:
    first = dice.randint(2000, 2015)
    chosen = dice.choice(("theme", "source", "years", "theme and years"))
    return replace(
        terms(MIDDLE, 1)(dice, lexicon),
        themes=(dice.choice(data()["themes"][:8]),) if "theme" in chosen else (),
        sources=tuple(dice.sample(sources()[:10], 2)) if chosen == "source" else (),
        years=(first, first + dice.randint(2, 8)) if "years" in chosen else None,
    )


def by_date(dice: random.Random, lexicon: Lexicon) -> Question:
    return replace(terms(MIDDLE, 1)(dice, lexicon), newest=True)


def with_facets(dice: random.Random, lexicon: Lexicon) -> Question:
    return replace(terms(COMMON, 1)(dice, lexicon), facets=True)


def with_snippets(dice: random.Random, lexicon: Lexicon) -> Question:
    return replace(terms(MIDDLE, 2)(dice, lexicon), snippets=True)


def page(dice: random.Random, lexicon: Lexicon) -> Question:
    """What readers ask: a word or two, now and then a phrase or a filter, and everything that a page shows."""
    make = dice.choice((terms(COMMON, 1), terms(MIDDLE, 1), terms(COMMON, 2), phrase, filtered))
    return replace(make(dice, lexicon), facets=True, snippets=True)


CLASSES: tuple[tuple[str, int, Make], ...] = (
    ("common term", 20, terms(COMMON, 1)),
    ("rare term", 20, terms(RARE, 1)),
    ("two terms, all", 20, terms(MIDDLE, 2)),
    ("three terms, all", 16, terms(COMMON, 3)),
    ("any of several", 16, terms(MIDDLE, 4, "any")),
    ("phrase", 20, phrase),
    ("prefix", 16, prefix),
    ("filtered", 16, filtered),
    ("by date", 12, by_date),
    ("facets", 12, with_facets),
    ("snippets", 12, with_snippets),
    ("page", 20, page),
)
