"""What speaks for and against a quotation being a fixed phrase: features with points.

The cue words and the points are data (`formulation_cues.toml` of each language, `formulation_weights.toml`). A
feature looks at most `_NEAR` characters beyond the quotation marks, so the cost is linear in the quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from archive.analysis.formulations_quotes import Quotation
from archive.analysis.lexicon import load
from archive.analysis.phrases import stem

_NEAR = 90
_STOPS = re.compile(r"[.;!?。；！？\n]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?。！？]\s*$")
_MEMBERS = re.compile(r"[、，,；;]\s*|\s+and\s+|\s+")
_ENGLISH_MEMBERS = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+")
_FIGURES = re.compile(r"[\d\W]+")
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")
_CHINESE_TURN = re.compile(r"[\s，。；：、！？,;:（）()“”‘’《》的了是在和与及、为]")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A quotation and what stands beside it in its sentence."""

    quote: str
    before: str
    after: str


def surroundings(text: str, quotation: Quotation) -> Surroundings:
    """The quotation with its sentence on both sides, at most `_NEAR` characters each way."""
    outer = quotation.outer
    before = text[max(0, outer.start - _NEAR) : outer.start]
    after = text[outer.end : outer.end + _NEAR]
    return Surroundings(quotation.span.of(text), before, after)


def features(here: Surroundings, language: str) -> list[str]:
    """The names of the features that a quotation has; their points are in the weights."""
    found = set(_shape(here, language))
    found |= set(_chinese(here) if language == "zh" else _english(here))
    return sorted(found)


def _shape(here: Surroundings, language: str) -> Iterator[str]:
    """Features of both languages."""
    if here.after.lstrip(" ").lower().startswith(_listed(language, "defining")):
        yield "defined"
    if here.before[-1:] in ("(", "（") and here.after[:1] in (")", "）"):
        yield "abbreviation"
    if here.quote[-1] in "?？":
        yield "question"
    elif here.quote[-1] in ".。!！…":
        yield "stop-inside"
    if _FIGURES.fullmatch(here.quote):
        yield "figures"
    if here.before.rstrip(" ")[-1:] in (":", "："):
        yield "after-colon"
    opens = not here.before.strip() or _SENTENCE_END.search(here.before) or here.before.endswith("\n")
    closes = here.quote[-1] in ".。!！?？" or not here.after.strip() or here.after[0] in ".。!！?？\n"
    if opens and closes:
        yield "whole-sentence"


@cache
def _stems(language: str, name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in load(language, "formulation_cues")[name] if " " not in word)


@cache
def _listed(language: str, name: str) -> tuple[str, ...]:
    return tuple(load(language, "formulation_cues")[name])


@cache
def _forms(name: str) -> frozenset[str]:
    return frozenset(_listed("en", name))


def _sentence_before(before: str) -> str:
    return _STOPS.split(before)[-1]


def _english(here: Surroundings) -> Iterator[str]:
    quoted = _WORD.findall(here.quote)
    before = [word.lower() for word in _WORD.findall(_sentence_before(here.before))]
    yield from _english_size(here.quote, quoted)
    yield from _english_wording(here.quote, quoted)
    yield from _english_before(here, before)
    yield from _english_after(here)


def _english_size(quote: str, quoted: Sequence[str]) -> Iterator[str]:
    hyphens = max((word.count("-") for word in quoted), default=0)
    if hyphens:
        yield "hyphened"
    size = len(quoted) + hyphens
    if len(quote) < 2:
        yield "lone-character"
    elif size < 2:
        yield "single-word"
    elif size > 24:
        yield "very-long"
    else:
        yield "long" if size > 16 else "fair-length"
    if len(quoted) > 1 and all(word[0].isupper() for word in quoted if len(word) > 3) and quoted[-1][0].isupper():
        yield "titled"


def _english_wording(quote: str, quoted: Sequence[str]) -> Iterator[str]:
    low = [word.lower() for word in quoted]
    numbers = [word for word in low if word.split("-")[0] in _forms("numbers") or word.isdecimal()]
    if len(low) > 1 and numbers and low[0] == numbers[0]:
        yield "numbered"
    if len(numbers) > 1:
        yield "counted"
    members = [member for member in _ENGLISH_MEMBERS.split(quote) if member]
    if len(members) > 1 and all(len(member.split()) < 9 for member in members):
        yield "listed"
    if any(word in _forms("first_person") for word in low):
        yield "person"
    if any(word in _forms("finite") for word in low):
        yield "finite"
    if any(word[0].isupper() and word.lower() in _forms("instruments") for word in quoted):
        yield "instrument"


def _english_before(here: Surroundings, before: Sequence[str]) -> Iterator[str]:
    near = [stem(word) for word in before[-6:]]
    if any(word in _stems("en", "names") for word in near):
        yield "naming-word"
    if any(word in _stems("en", "slogan") for word in near):
        yield "slogan-word"
    if any(word in _forms("labels") for word in before[-3:]):
        yield "label"
    elif before[-1:] == ["of"]:
        yield "named-of"
    ends = here.before.rstrip(" ")[-1:]
    reach = 9 if ends in (":", ",") or before[-1:] == ["that"] else 2
    if any(word in _forms("speech") for word in before[-reach:]):
        yield "speech"
    if any(saying in here.before[-45:].lower() for saying in _listed("en", "sayings")):
        yield "saying"


def _english_after(here: Surroundings) -> Iterator[str]:
    clause = _STOPS.split(here.after)[0].lower()
    words = _WORD.findall(clause)
    if any(word in _stems("en", "slogan") for word in map(stem, words[:6])):
        yield "slogan-word"
    said = here.after[:1] == "," or words[:1] in (["was"], ["is"], ["were"])
    if said and any(word in _forms("told") for word in words[:7]):
        yield "told-after"
    for word in _WORD.findall(re.split(r"[,:(]", clause.replace("and other ", ""))[0])[:3]:
        if word in _forms("turns"):
            return
        if stem(word) in _stems("en", "heads"):
            yield "named-head"


def _chinese(here: Surroundings) -> Iterator[str]:
    yield from _chinese_size(here.quote)
    yield from _chinese_wording(here.quote)
    yield from _chinese_before(_ASIDE.sub("", here.before))
    yield from _chinese_after(here.after)


def _chinese_size(quote: str) -> Iterator[str]:
    size = len(quote)
    if size == 1:
        yield "lone-character"
    elif size == 2 and not quote.startswith(_listed("zh", "numbers")):
        yield "short-word"
    elif size <= 30:
        yield "fair-length"
    else:
        yield "long" if size <= 45 else "very-long"


def _chinese_wording(quote: str) -> Iterator[str]:
    numbers = _listed("zh", "numbers")
    if quote.startswith(numbers) and len(quote) <= 12:
        yield "numbered"
    if sum(quote.count(number) for number in "一二两三四五六七八九十零") > 1:
        yield "counted"
    members = [len(member) for member in _MEMBERS.split(quote) if member]
    if len(members) > 1 and min(members) > 1:
        yield "parallel" if max(members) - min(members) <= 1 else "listed"
    if any(word in quote for word in _listed("zh", "first_person")):
        yield "person"
    if any(word in quote for word in _listed("zh", "finite")):
        yield "finite"
    if len(quote) > 5 and quote.endswith(_listed("zh", "instruments")):
        yield "instrument"


def _chinese_before(before: str) -> Iterator[str]:
    bare = before.rstrip(" ：:，,")
    if bare.endswith(_listed("zh", "speech")):
        yield "speech"
    if any(saying in before[-12:] for saying in _listed("zh", "sayings")):
        yield "saying"
    run = re.split(r"[。；！？，、：;,:\n”’]", before)[-1][-18:]
    names, labels = _listed("zh", "names"), _listed("zh", "labels")
    if run.endswith((*names, *_listed("zh", "counters"))) or any(name in run for name in names if len(name) > 1):
        yield "naming-word"
    if run.endswith(labels) or any(label in run[-10:] for label in labels if len(label) > 1):
        yield "label"
    if any(word in run for word in _listed("zh", "slogan")):
        yield "slogan-word"


def _chinese_after(after: str) -> Iterator[str]:
    run = _CHINESE_TURN.split(after)[0][:14]
    heads = _listed("zh", "heads")
    if after.startswith(_listed("zh", "word_marks")):
        yield "word-mark"
    elif run.startswith(heads) or run.endswith(heads) or any(head in run for head in heads if len(head) > 1):
        yield "named-head"
    if after.startswith("的") and after[1:7].startswith(tuple(head for head in heads if len(head) > 1)):
        yield "named-head"
    if after.startswith("为") and any(word in after[:6] for word in _listed("zh", "slogan")):
        yield "slogan-word"
