"""Themes of a directive and of a document, scored over weighted cue phrases.

The cue phrases and their weights are data (`lexicon/<language>/theme_cues.json`); every theme found keeps the cues
it rests on, so that a page can say why it was given. A text is scanned for cues once, whatever the number of spans
asked about.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from archive.analysis.lexicon import load
from archive.analysis.phrases import Finder, finder, same_form
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
_LEAST_SHARE = 0.04
_MOST_OF_DOCUMENT = 5
_REASONS = 12

# a phrase that is said again counts less each time
_REPEAT = 0.35


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


@dataclass(frozen=True, slots=True)
class CueHits:
    """All cues of a text in their order, and where each starts."""

    starts: tuple[int, ...]
    cues: tuple[tuple[str, ThemeCue], ...]

    def within(self, span: Span) -> Sequence[tuple[str, ThemeCue]]:
        """The (theme, cue) pairs that lie wholly inside a span."""
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return [pair for pair in self.cues[first:last] if pair[1].span.end <= span.end]


@cache
def vocabulary() -> tuple[ThemeEntry, ...]:
    """The themes that the archive starts with, in their order."""
    entries = (ThemeEntry(key=key, **record) for key, record in load(".", "themes").items())
    return tuple(sorted(entries, key=lambda entry: entry.order))


@cache
def _weights(language: str) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Cue phrase → its themes and weights; phrases that read alike are one, and the heaviest weight counts."""
    usual: dict[str, str] = {}
    by_phrase: dict[str, dict[str, float]] = defaultdict(dict)
    for theme, cues in load(language, "theme_cues").items():
        for phrase, weight in cues.items():
            themes = by_phrase[usual.setdefault(same_form(phrase, language), phrase)]
            themes[theme] = max(float(weight), themes.get(theme, 0.0))
    return {phrase: tuple(themes.items()) for phrase, themes in by_phrase.items()}


@cache
def _cue_finder(language: str) -> Finder:
    return finder(_weights(language), language)


@lru_cache(maxsize=2)
def cue_hits(text: str, language: str) -> CueHits:
    """Every cue phrase in a text; the last two texts are remembered."""
    weights = _weights(language)
    cues = tuple(
        (theme, ThemeCue(hit.phrase, hit.span, weight))
        for hit in _cue_finder(language).find(text)
        for theme, weight in weights[hit.phrase]
    )
    return CueHits(tuple(cue.span.start for _, cue in cues), cues)


def score_themes(text: str, weighted: Iterable[tuple[Span, float]], language: str) -> dict[str, FoundTheme]:
    """Theme → its weight over the spans, each cue times the weight of its span, repeats counting less.

    The cues are in the order of the spans given; a cue keeps the weight it had in the sum.
    """
    hits = cue_hits(text, language)
    found: dict[str, list[ThemeCue]] = defaultdict(list)
    said: Counter[tuple[str, str]] = Counter()
    for span, factor in weighted:
        for theme, cue in hits.within(span):
            weight = cue.weight * factor * _REPEAT ** min(said[theme, cue.phrase], 8)
            said[theme, cue.phrase] += 1
            found[theme].append(ThemeCue(cue.phrase, cue.span, round(weight, 4)))
    return {
        theme: FoundTheme(theme, round(sum(cue.weight for cue in cues), 4), tuple(cues))
        for theme, cues in found.items()
    }


def _ranked(scores: Mapping[str, FoundTheme]) -> list[FoundTheme]:
    """Heaviest first; ties in the order of the vocabulary."""
    order = {entry.key: entry.order for entry in vocabulary()}
    return sorted(scores.values(), key=lambda theme: (-theme.weight, order.get(theme.key, len(order))))


def directive_themes(text: str, span: Span, headings: Sequence[Span], language: str) -> tuple[FoundTheme, ...]:
    """One to three themes of a directive, best first.

    Its own words count most, then the headings it hangs on, then the paragraph around it; empty only where no cue
    stands anywhere near. `headings` may come in any order, the last to start before the span is the nearest.
    """
    around = sorted((each for each in headings if not each.overlaps(span)), key=lambda each: -each.start)
    weighted = [(span, 1.0)]
    weighted += [(each, _OTHER_HEADING if place else _NEAREST_HEADING) for place, each in enumerate(around)]
    weighted += [(each, _PARAGRAPH) for each in _surroundings(text, span)]
    scores = score_themes(text, weighted, language)
    for theme, leaning in _leaning(text, language).items():
        scores[theme] = _joined(scores.get(theme), leaning)
    return tuple(_enough(_ranked(scores)))


@lru_cache(maxsize=2)
def _leaning(text: str, language: str) -> Mapping[str, FoundTheme]:
    """What the whole document is about, as a slight weight for each of its directives; its best cue is the reason."""
    scores = score_themes(text, [(Span(0, len(text)), 1.0)], language)
    whole = sum(theme.weight for theme in scores.values())
    leanings = {}
    for key, theme in scores.items():
        weight = round(_LEANING * theme.weight / whole, 4)
        best = max(theme.cues, key=lambda cue: cue.weight)
        leanings[key] = FoundTheme(key, weight, (ThemeCue(best.phrase, best.span, weight),))
    return leanings


def _joined(own: FoundTheme | None, leaning: FoundTheme) -> FoundTheme:
    if own is None:
        return leaning
    return FoundTheme(own.key, round(own.weight + leaning.weight, 4), own.cues + leaning.cues)


def _enough(ranked: Sequence[FoundTheme]) -> Iterable[FoundTheme]:
    for place, theme in enumerate(ranked[:_MOST_OF_DIRECTIVE]):
        share = (0.0, _SECOND, _THIRD)[place]
        if theme.weight >= share * ranked[0].weight:
            yield theme


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
) -> tuple[FoundTheme, ...]:
    """One to five themes of a document, most central first; empty only where the text holds no cue at all.

    Four sources speak, each for a share of one whole, so that length decides nothing: the title, the headings,
    the directives and the running text. `weight` is the theme's share of the whole.
    """
    title = [(metadata.title.span, 1.0)] if metadata.title and metadata.title.span else []
    headings = [(section.heading, 1.0 / section.level) for section in sections]
    running = [(span, 1.0) for span in _outside(boilerplate, len(text))]
    sources = (
        (_TITLE, score_themes(text, title, language)),
        (_HEADINGS, score_themes(text, headings, language)),
        (_DIRECTIVES, _told(directives)),
        (_TEXT, score_themes(text, running, language)),
    )
    return tuple(_central(_ranked(_shares(sources))))


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


def _shares(sources: Iterable[tuple[float, Mapping[str, FoundTheme]]]) -> dict[str, FoundTheme]:
    """The sources' themes joined: shares of each source, weighed by the source, empty sources left out."""
    speaking = [(weight, themes) for weight, themes in sources if themes]
    whole = sum(weight for weight, _ in speaking)
    centrality = {entry.key: entry.centrality for entry in vocabulary()}
    shares: dict[str, float] = defaultdict(float)
    cues: dict[str, list[ThemeCue]] = defaultdict(list)
    for weight, themes in speaking:
        total = sum(theme.weight for theme in themes.values())
        for key, theme in themes.items():
            shares[key] += weight / whole * theme.weight / total * centrality.get(key, 1.0)
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
