"""The generated corpus: notices of twelve sections with about 114 words each, one in eight of them Chinese.

The same seed gives the same documents, and the first thousand of ten thousand are the thousand of the smaller run.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.bench.vocabulary import SEED, Lexicon, chinese, data, english

SECTIONS = 12
WORDS = 114
CHINESE_EACH = 8
SOURCES = 40
FIRST_DAY = date(1990, 1, 1)
DAYS = 12_700
PHRASE_CHANCE = 0.15
"""How many sentences have a set phrase."""

Document = dict[str, Any]


def sources() -> tuple[str, ...]:
    return tuple(f"bureau{number:02}" for number in range(1, SOURCES + 1))


def documents(count: int, seed: int = SEED) -> Iterator[Document]:
    """`count` documents: id, title, language, kind, number, source, themes, date, text, sections (start, end, heading).

    A section's `[start, end)` is its own text; together they cover the text without gap.
    """
    return (document(number, seed) for number in range(1, count + 1))


def write(path: Path, made: Iterable[Document]) -> tuple[int, int]:
    """One document a line; returns how many documents and sections."""
    total = sections = 0
    with path.open("w", encoding="utf-8") as file:
        for each in made:
            file.write(json.dumps(each, ensure_ascii=False) + "\n")
            total, sections = total + 1, sections + len(each["sections"])
    return total, sections


def document(number: int, seed: int = SEED) -> Document:
    dice = random.Random(f"{seed}-{number}")
    language = "zh" if number % CHINESE_EACH == 0 else "en"
    writer = ChineseWriter(dice) if language == "zh" else Writer(dice)
    title = writer.title()
    year_on = int(DAYS * max(dice.random(), dice.random()))  # later years have more
    pieces = [(title, f"{title}\n\n{writer.body()}\n\n")]
    for place in range(1, SECTIONS):
        heading = writer.heading()
        pieces.append((heading, f"{writer.marker(place)}{heading}\n{writer.body()}\n\n"))
    return {
        "id": number,
        "title": title,
        "language": language,
        "kind": dice.choice(data()["kinds"]),
        "number": f"No. {number}",
        "source": _skewed(dice, sources()),
        "themes": sorted({_skewed(dice, data()["themes"]) for _ in range(3)}),
        "date": (FIRST_DAY + timedelta(days=year_on)).isoformat(),
        **_joined(pieces),
    }


def _joined(pieces: list[tuple[str, str]]) -> Document:
    sections, start = [], 0
    for heading, text in pieces:
        sections.append({"start": start, "end": start + len(text), "heading": heading})
        start += len(text)
    return {"text": "".join(text for _, text in pieces), "sections": sections}


def _skewed(dice: random.Random, values: tuple[str, ...] | list[str]) -> str:
    return values[int(len(values) * dice.random() ** 2)]


class Writer:
    """Writes English."""

    lexicon: Lexicon
    sentence_end, gap = ". ", " "

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.lexicon = self.language()

    def language(self) -> Lexicon:
        return english()

    def title(self) -> str:
        return f"Notice on {self.heading().lower()}"

    def heading(self) -> str:
        words = self.lexicon.between(0, 2000)
        return " ".join(self.dice.choices(words, k=self.dice.randint(3, 6))).capitalize()

    def marker(self, place: int) -> str:
        return f"{place}. "

    def body(self) -> str:
        """Sentences with about WORDS words in all."""
        words = self.lexicon.draw(self.dice, max(40, int(self.dice.gauss(WORDS, 30))))
        sentences, start = [], 0
        while start < len(words):
            stop = start + self.dice.randint(8, 18)
            sentences.append(self.sentence(words[start:stop]))
            start = stop
        return self.sentence_end.join(sentences) + self.sentence_end.strip()

    def sentence(self, words: list[str]) -> str:
        if self.dice.random() < PHRASE_CHANCE:
            words.insert(self.dice.randint(0, len(words)), _skewed(self.dice, self.lexicon.phrases))
        joined = self.gap.join(words)
        return joined[0].upper() + joined[1:]


class ChineseWriter(Writer):
    sentence_end, gap = "。", ""

    def language(self) -> Lexicon:
        return chinese()

    def title(self) -> str:
        return f"关于{self.heading()}的通知"

    def heading(self) -> str:
        return "".join(self.dice.choices(self.lexicon.between(0, 500), k=self.dice.randint(2, 4)))

    def marker(self, place: int) -> str:
        return f"{'一二三四五六七八九十'[place - 1]}、" if place <= 10 else "十一、"
