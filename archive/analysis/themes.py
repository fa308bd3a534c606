"""Themes of a directive and of a document, scored over weighted cue phrases.

Every theme found keeps the heaviest of the cues it rests on, so that a page can say why it was given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from archive.analysis.lexicon import load
from archive.analysis.theme_cues import TIMES, VOCABULARIES, cue_hits
from archive.analysis.vocabulary import LEXICON, Vocabulary
from archive.spans import Boilerplate, FoundDirective, FoundSection, FoundTheme, Metadata, Span, ThemeCue

# what the words around a directive count for, beside its own words
_NEAREST_HEADING = 0.45
_OTHER_HEADING = 0.2
_PARAGRAPH = 0.2
_REACH = 600
# and what the document as a whole is about, a weight shared out among its themes
_LEANING = 2.0

# a further theme of a directive must weigh this share of the first
_SECOND = 0.25
_THIRD = 0.3
_MOST_OF_DIRECTIVE = 3

# what each source says of a document's themes, of one whole
_TITLE, _HEADINGS, _DIRECTIVES, _TEXT = 0.2, 0.2, 0.3, 0.3
_LEAST_SHARE = 0.05
_MOST_OF_DOCUMENT = 5
_REASONS = 12


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme of the starting vocabulary.

    `centrality` says how readily readers call a document theirs by it: nearly every circular ends with its
    organisation, whatever it is about, so that theme has less than 1.
    """

    key: str
    order: int
    name_en: str
    name_zh: str
    definition_en: str
    definition_zh: str
    centrality: float


@dataclass(slots=True)
class _Tally:
    """A theme's weight so far, and the cues that it rests on: each phrase once, with the weight it had at first."""

    weight: float = 0.0
    cues: list[tuple[float, ThemeCue]] = field(default_factory=list)

    def theme(self, key: str) -> FoundTheme:
        heaviest = sorted(self.cues, key=lambda each: -each[0])[:_REASONS]
        cues = tuple(ThemeCue(cue.phrase, cue.span, round(weight, 4)) for weight, cue in heaviest)
        return FoundTheme(key, round(self.weight, 4), cues)


@cache
def vocabulary() -> tuple[ThemeEntry, ...]:
    """The themes that the archive starts with, in their order."""
    entries = (ThemeEntry(key=key, **record) for key, record in load(".", "themes").items())
    return tuple(sorted(entries, key=lambda entry: entry.order))


def _tallies(
    text: str, weighted: Iterable[tuple[Span, float]], language: str, words: Vocabulary
) -> defaultdict[str, _Tally]:
    """Theme → its tally. Called for every directive: most of its cues count and are not kept."""
    hits = cue_hits(text, language, words)
    found: defaultdict[str, _Tally] = defaultdict(_Tally)
    said: dict[int, int] = {}
    for span, factor in weighted:
        for theme, cue, worn, sort in hits.within(span):
            times = said.get(sort, 0)
            said[sort] = times + 1
            tally = found[theme]
            if times:
                tally.weight += factor * worn[min(times, TIMES - 1)]
            else:
                tally.weight += factor * cue.weight
                tally.cues.append((factor * cue.weight, cue))
    return found


def score_themes(
    text: str, weighted: Iterable[tuple[Span, float]], language: str, words: Vocabulary = LEXICON
) -> dict[str, FoundTheme]:
    """Theme → its weight over the spans, each cue times the weight of its span, repeats counting less.

    Its cues are the heaviest, at most `_REASONS`, as they weigh where the spans, in the order given, first have them.
    """
    return {key: tally.theme(key) for key, tally in _tallies(text, weighted, language, words).items()}


def _ranked(scores: Mapping[str, FoundTheme], words: Vocabulary) -> list[FoundTheme]:
    """Heaviest first; ties in the order of the vocabulary."""
    return sorted(scores.values(), key=lambda theme: (-theme.weight, _order(words, theme.key)))


@lru_cache(maxsize=VOCABULARIES)
def _places(words: Vocabulary) -> Mapping[str, int]:
    return {key: place for place, key in enumerate(words.themes)}


def _order(words: Vocabulary, key: str) -> int:
    """A theme's place in the vocabulary."""
    return _places(words).get(key, len(words.themes))


def directive_themes(
    text: str, span: Span, headings: Sequence[Span], language: str, words: Vocabulary = LEXICON
) -> tuple[FoundTheme, ...]:
    """One to three themes of a directive, best first.

    Its own words count most, then the headings it hangs on, then the paragraph around it; empty only where no cue
    stands anywhere near. `headings` may come in any order, the last to start before the span is the nearest.
    """
    around = sorted((each for each in headings if not each.overlaps(span)), key=lambda each: -each.start)
    weighted = [(span, 1.0)]
    weighted += [(each, _OTHER_HEADING if place else _NEAREST_HEADING) for place, each in enumerate(around)]
    weighted += [(each, _PARAGRAPH) for each in _surroundings(text, span)]
    tallies = _tallies(text, weighted, language, words)
    for key, leaning in _leaning(text, language, words).items():
        tally = tallies[key]
        tally.weight += leaning.weight
        if not tally.cues:
            tally.cues.append((leaning.weight, leaning))
    return tuple(tallies[key].theme(key) for key in _enough(tallies, words))


@lru_cache(maxsize=2)
def _leaning(text: str, language: str, words: Vocabulary) -> Mapping[str, ThemeCue]:
    """What the whole document is about, as a slight weight for each of its directives; its best cue is the reason."""
    scores = score_themes(text, [(Span(0, len(text)), 1.0)], language, words)
    whole = sum(theme.weight for theme in scores.values())
    leanings = {}
    for key, theme in scores.items():
        best = theme.cues[0]
        leanings[key] = ThemeCue(best.phrase, best.span, round(_LEANING * theme.weight / whole, 4))
    return leanings


def _enough(tallies: Mapping[str, _Tally], words: Vocabulary) -> Iterator[str]:
    """The themes that a directive keeps, best first."""
    ranked = sorted((-round(tally.weight, 4), _order(words, key), key) for key, tally in tallies.items())
    for place, (weight, _, key) in enumerate(ranked[:_MOST_OF_DIRECTIVE]):
        share = (0.0, _SECOND, _THIRD)[place]
        if weight <= share * ranked[0][0]:
            yield key


def _surroundings(text: str, span: Span) -> list[Span]:
    """The rest of the paragraph on both sides of a span, at most `_REACH` characters each way."""
    floor, ceiling = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    start = max(floor, text.rfind("\n", floor, span.start) + 1)
    end = text.find("\n", span.end, ceiling)
    return [Span(start, span.start), Span(span.end, ceiling if end < 0 else end)]


def document_themes(
    text: str,
    language: str,
    boilerplate: Sequence[Boilerplate],
    metadata: Metadata,
    sections: Sequence[FoundSection],
    directives: Sequence[FoundDirective],
    words: Vocabulary = LEXICON,
) -> tuple[FoundTheme, ...]:
    """One to five themes of a document, most central first; empty only where the text holds no cue at all.

    Four sources speak, each for a share of one whole, so that length decides nothing: the title, the headings,
    the directives and the running text. `weight` is the theme's share of the whole.
    """
    title = [(metadata.title.span, 1.0)] if metadata.title and metadata.title.span else []
    headings = [(section.heading, 1.0 / section.level) for section in sections]
    running = [(span, 1.0) for span in _outside(boilerplate, len(text))]
    sources = (
        (_TITLE, score_themes(text, title, language, words)),
        (_HEADINGS, score_themes(text, headings, language, words)),
        (_DIRECTIVES, _told(directives)),
        (_TEXT, score_themes(text, running, language, words)),
    )
    return tuple(_central(_ranked(_shares(sources, words), words)))


def _outside(boilerplate: Sequence[Boilerplate], length: int) -> Iterable[Span]:
    """The parts of the text that are the document's own."""
    reached = 0
    for start, end in sorted((each.span.start, each.span.end) for each in boilerplate):
        if start > reached:
            yield Span(reached, start)
        reached = max(reached, end)
    if length > reached:
        yield Span(reached, length)


def _told(directives: Sequence[FoundDirective]) -> dict[str, FoundTheme]:
    """Themes by the directives that carry them: each has one vote, shared out by squares, so mostly to its first."""
    votes: dict[str, float] = defaultdict(float)
    cues: dict[str, list[ThemeCue]] = defaultdict(list)
    for directive in directives:
        whole = sum(theme.weight**2 for theme in directive.themes) or 1.0
        for theme in directive.themes:
            votes[theme.key] += theme.weight**2 / whole
            cues[theme.key].extend(theme.cues)
    return {key: FoundTheme(key, vote, tuple(cues[key])) for key, vote in votes.items()}


def _shares(sources: Iterable[tuple[float, Mapping[str, FoundTheme]]], words: Vocabulary) -> dict[str, FoundTheme]:
    """The sources' themes joined: shares of each source, weighed by the source, empty sources left out."""
    speaking = [(weight, themes) for weight, themes in sources if themes]
    whole = sum(weight for weight, _ in speaking)
    shares: dict[str, float] = defaultdict(float)
    cues: dict[str, list[ThemeCue]] = defaultdict(list)
    for weight, themes in speaking:
        total = sum(theme.weight for theme in themes.values())
        for key, theme in themes.items():
            shares[key] += weight / whole * theme.weight / total * words.centrality.get(key, 1.0)
            cues[key].extend(theme.cues)
    return {key: FoundTheme(key, round(share, 4), _strongest(cues[key])) for key, share in shares.items()}


def _strongest(cues: Iterable[ThemeCue]) -> tuple[ThemeCue, ...]:
    """The cues that a page shows as reasons: the heaviest, each phrase once."""
    best: dict[str, ThemeCue] = {}
    for cue in cues:
        if cue.phrase not in best or cue.weight > best[cue.phrase].weight:
            best[cue.phrase] = cue
    return tuple(sorted(best.values(), key=lambda cue: (-cue.weight, cue.span))[:_REASONS])


def _central(ranked: Sequence[FoundTheme]) -> Iterable[FoundTheme]:
    for place, theme in enumerate(ranked[:_MOST_OF_DOCUMENT]):
        if place == 0 or theme.weight >= _LEAST_SHARE:
            yield theme
