"""Fixed political phrases in a text: those of the lexicon, and those that the text itself shows to be fixed.

Four rules find candidates: a phrase of the lexicon; a quotation whose features speak for a slogan or a name; a
phrase that the text quotes elsewhere; a set phrase around a place name. The longest wins where candidates overlap;
what stands in boilerplate, in a person's speech or in a title in book marks is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from archive.analysis.formulations_features import features, surroundings
from archive.analysis.formulations_quotes import Quotation, quotations
from archive.analysis.lexicon import load
from archive.analysis.phrases import Finder, finder, words
from archive.analysis.theme_cues import VOCABULARIES
from archive.analysis.vocabulary import LEXICON, Vocabulary
from archive.spans import Boilerplate, FoundFormulation, Metadata, Span

_IN_LEXICON, _REPEATED, _TEMPLATE = 0.9, 0.75, 0.6
_SPOKEN = {"speech", "told-after", "saying"}
_BOOK_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_ARTICLE_BEFORE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_TRAILING = " .,;:。，；："
_JOINTS = frozenset({"", "、", "和", "与", "及", "，", ",", "and", ", and", "&"})
_LEAST_PART = 4


@dataclass(frozen=True, slots=True)
class FormulationEntry:
    """A fixed phrase of the lexicon, with the forms in which it is met."""

    key: str
    kind: str
    text_en: str
    text_zh: str
    variants_en: tuple[str, ...]
    variants_zh: tuple[str, ...]

    def forms(self, language: str) -> tuple[str, ...]:
        """Every form of a language, the usual one first."""
        usual, variants = (self.text_zh, self.variants_zh) if language == "zh" else (self.text_en, self.variants_en)
        return tuple(form for form in (usual, *variants) if form)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A quotation's features and their sum."""

    quotation: Quotation
    span: Span
    reasons: tuple[str, ...]
    score: float


@cache
def vocabulary() -> tuple[FormulationEntry, ...]:
    """The lexicon of fixed phrases, in its own order."""
    return tuple(
        FormulationEntry(
            key,
            record["kind"],
            record["text_en"],
            record["text_zh"],
            tuple(record["variants_en"]),
            tuple(record["variants_zh"]),
        )
        for key, record in load(".", "formulations").items()
    )


@lru_cache(maxsize=VOCABULARIES)
def _known_finder(known: Vocabulary, language: str) -> Finder:
    return finder(known.formulations.get(language, {}), language)


def formulations(
    text: str,
    language: str,
    boilerplate: Sequence[Boilerplate],
    metadata: Metadata,
    vocabulary: Vocabulary = LEXICON,
) -> tuple[FoundFormulation, ...]:
    """Every occurrence of a fixed phrase, in the order of the text, none inside or across another."""
    verdicts = _judged(text, language)
    accepted = [verdict for verdict in verdicts if _accepted(verdict)]
    named = [*_known(text, language, vocabulary), *_quoted(text, accepted, language)]
    found = [*named, *_repeated(text, accepted, language), *_templates(text, language)]
    closed = sorted([*_spoken(verdicts), *(each.span for each in boilerplate), *_book_titles(text, accepted)])
    return tuple(_apart(_outside(found, closed)))


@cache
def _weights() -> Mapping[str, float]:
    data = load(".", "formulation_weights")
    return {**data["points"], "enough": data["enough"]}


def _judged(text: str, language: str) -> list[_Verdict]:
    """Every quotation of the text with its points."""
    found = quotations(text)
    normal = [_normal(quotation.span.of(text)) for quotation in found]
    times = Counter(normal)
    verdicts = []
    for quotation, form in zip(found, normal, strict=True):
        reasons = features(surroundings(text, quotation), language)
        if times[form] > 1:
            reasons.append("again")
        verdicts.append(_verdict(text, quotation, reasons))
    _join(text, verdicts)
    _join(text, verdicts, backwards=True)
    return verdicts


def _verdict(text: str, quotation: Quotation, reasons: Iterable[str]) -> _Verdict:
    score = sum(_weights()[reason] for reason in reasons)
    return _Verdict(quotation, _trimmed(text, quotation.span), tuple(reasons), score)


def _join(text: str, verdicts: list[_Verdict], backwards: bool = False) -> None:
    """Let a quotation that stands beside an accepted one share in its standing."""
    step = -1 if backwards else 1
    order = range(len(verdicts) - 2, -1, -1) if backwards else range(1, len(verdicts))
    for index in order:
        one, neighbour = verdicts[index], verdicts[index - step]
        if "joins-list" not in one.reasons and _accepted(neighbour) and _beside(text, one, neighbour):
            verdicts[index] = _verdict(text, one.quotation, [*one.reasons, "joins-list"])


def _accepted(verdict: _Verdict) -> bool:
    return verdict.score >= _weights()["enough"]


def _normal(quote: str) -> str:
    return quote.casefold().strip(_TRAILING)


def _trimmed(text: str, span: Span) -> Span:
    """The span without a closing stop of the translation."""
    quote = span.of(text).rstrip(_TRAILING)
    return Span(span.start, span.start + len(quote)) if quote else span


def _beside(text: str, one: _Verdict, other: _Verdict) -> bool:
    """True when nothing but a comma or an "and" stands between two quotations."""
    first, second = sorted((one.quotation.outer, other.quotation.outer))
    between = text[first.end : second.start]
    return len(between) < 8 and between.strip() in _JOINTS


def _known(text: str, language: str, known: Vocabulary) -> Iterator[FoundFormulation]:
    for hit in _known_finder(known, language).find(text):
        span = hit.span
        before = text[max(0, span.start - 6) : span.start]
        if hit.phrase.startswith("the ") and (article := _ARTICLE_BEFORE.search(before)):
            span = Span(span.start - len(article.group()), span.end)
        yield FoundFormulation(span, known.formulations[language][hit.phrase], "lexicon", _IN_LEXICON)


def _quoted(text: str, accepted: Iterable[_Verdict], language: str) -> Iterator[FoundFormulation]:
    for verdict in accepted:
        if not verdict.span.of(text).strip(_TRAILING):
            continue
        best = max(verdict.reasons, key=lambda reason: _weights()[reason])
        confidence = round(min(0.95, 0.5 + 0.08 * verdict.score), 2)
        yield FoundFormulation(verdict.span, "", f"quoted-{best}", confidence)


def _repeated(text: str, accepted: Iterable[_Verdict], language: str) -> Iterator[FoundFormulation]:
    """Further occurrences, quoted or not, of phrases that the text quotes as fixed, and of their members."""
    forms = {form for verdict in accepted for form in _short_forms(verdict.span.of(text), language)}
    for hit in finder(sorted(forms), language).find(text):
        yield FoundFormulation(hit.span, "", "quoted-elsewhere", _REPEATED)


def _short_forms(quote: str, language: str) -> Iterator[str]:
    """The phrase itself, and in Chinese the members of a name made of several."""
    if language != "zh":
        if len(words(quote)) > 1:
            yield quote
        return
    if len(quote) > 2:
        yield quote
    members = re.split(r"[、，；]", quote)
    if len(members) > 1:
        yield from (member for member in members if len(member) >= _LEAST_PART)


def _templates(text: str, language: str) -> Iterator[FoundFormulation]:
    for template in load(language, "formulation_cues")["templates"]:
        for match in re.finditer(template, text):
            yield FoundFormulation(Span(*match.span("phrase")), "", "place-name-phrase", _TEMPLATE)


def _spoken(verdicts: Iterable[_Verdict]) -> Iterator[Span]:
    """What persons say and what proverbs say; fixed phrases are not looked for inside."""
    for verdict in verdicts:
        if verdict.score < 0 and _SPOKEN & set(verdict.reasons):
            yield verdict.quotation.outer


def _book_titles(text: str, accepted: Iterable[_Verdict]) -> Iterator[Span]:
    """Titles in book marks, save those that hold a phrase in quotation marks."""
    for match in _BOOK_TITLE.finditer(text):
        if "“" not in match.group():
            yield Span(match.start(), match.end())


def _outside(found: Iterable[FoundFormulation], closed: Sequence[Span]) -> list[FoundFormulation]:
    """Those that do not touch a closed span; both are walked once, in order."""
    kept: list[FoundFormulation] = []
    reached, place = -1, 0
    for each in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        while place < len(closed) and closed[place].start < each.span.end:
            reached = max(reached, closed[place].end)
            place += 1
        if reached <= each.span.start:
            kept.append(each)
    return kept


def _apart(found: Iterable[FoundFormulation]) -> Iterator[FoundFormulation]:
    """The longest of those that overlap; of equals the surest, and one with a key before one without."""
    last: FoundFormulation | None = None
    for each in found:
        if last is not None and each.span.start < last.span.end:
            last = max(last, each, key=_strength)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _strength(found: FoundFormulation) -> tuple[int, bool, bool, float]:
    return len(found.span), bool(found.key), found.rule != "quoted-elsewhere", found.confidence
