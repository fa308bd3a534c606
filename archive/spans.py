"""Spans over a text, and the frozen results that reading a circular returns.

Every offset is an index into the document's own text (a Python `str`), so `text[start:end]` is the quote.
A result says which rule made it and how sure that rule is (`confidence`, from 0 to 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import takewhile


class Modality(StrEnum):
    """How a directive binds."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    RECOMMENDATION = "recommendation"


class SectionKind(StrEnum):
    """Whether a section opens a part of the document or is a member inside a paragraph."""

    HEADING = "heading"
    ITEM = "item"


class DatePrecision(StrEnum):
    """Which parts of a date the text gives."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in characters; never negative, never backwards (ValueError otherwise)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The quoted text."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True when at least one character is shared."""
        return max(self.start, other.start) < min(self.end, other.end)

    def strip(self, text: str) -> Span:
        """The span without white space at its two ends."""
        quote = self.of(text)
        start = self.start + len(quote) - len(quote.lstrip())
        return Span(start, start + len(quote.strip()))


@dataclass(frozen=True, slots=True)
class Fact:
    """A piece of metadata: its value, and where the text says so (None: inferred from the whole)."""

    value: str
    span: Span | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the document says of itself; None or empty where it says nothing.

    `issued.value` is ISO 8601 cut to its precision: `2017`, `2017-02` or `2017-02-09`.
    `number.value` is normalised (`公通字〔2013〕12号`), its span shows how it was typed.
    """

    title: Fact | None = None
    site: Fact | None = None
    category: Fact | None = None
    number: Fact | None = None
    issuer: Fact | None = None
    issued: Fact | None = None
    kind: Fact | None = None
    addressees: tuple[Fact, ...] = ()
    attachments: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A span that belongs to the web page or the printed sheet and not to the document."""

    span: Span
    kind: str
    rule: str
    confidence: float


def furniture(pieces: Iterable[Sequence[int | str]]) -> list[Span]:
    """Of boilerplate as [start, end, kind], what the issuer did not write: all but the lines that say who gets it."""
    return [Span(int(piece[0]), int(piece[1])) for piece in pieces if piece[2] != "addressing"]


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A member of the outline.

    `span` runs from the marker's first character to the start of the next section that is not below this one;
    `own` ends where the next section of any level starts. `path` is the place in the outline, `"2.1"`.
    """

    span: Span
    own: Span
    level: int
    kind: SectionKind
    marker: str
    heading: Span
    path: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ThemeCue:
    """One phrase that spoke for a theme, and how much it weighed."""

    phrase: str
    span: Span
    weight: float


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """A theme with its score and the cues it rests on, so that a page can say why."""

    key: str
    weight: float
    cues: tuple[ThemeCue, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundDirective:
    """A sentence or clause that directs someone.

    `actor` is the words of the text ("" where none is named), `actor_key` the normalised actor ("" if unknown).
    """

    span: Span
    modality: Modality
    actor: str
    actor_key: str
    themes: tuple[FoundTheme, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundFormulation:
    """An occurrence of a fixed phrase; `key` is its lexicon key, "" for one discovered in this text."""

    span: Span
    key: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that was read out of one text. Sequences are in the order of the text, themes most central first."""

    language: str
    metadata: Metadata = field(default_factory=Metadata)
    boilerplate: tuple[Boilerplate, ...] = ()
    sections: tuple[FoundSection, ...] = ()
    directives: tuple[FoundDirective, ...] = ()
    formulations: tuple[FoundFormulation, ...] = ()
    themes: tuple[FoundTheme, ...] = ()
    versions: tuple[tuple[str, int], ...] = ()
    vocabulary: str = ""
    """Version of the words that the text was read with."""

    def parts(self, length: int) -> Iterator[tuple[Span, FoundSection | None]]:
        """Pieces that cover a text of `length` characters without gap: front matter (None), then each section's own."""
        first = self.sections[0].span.start if self.sections else length
        if first or not length:
            yield Span(0, first), None
        for section in self.sections:
            yield section.own, section


class ConcernKind(StrEnum):
    """What may be wrong with a reading."""

    GARBLED = "garbled"
    LOST_CHARACTERS = "lost-characters"
    CIPHER = "cipher"
    EMPTY_PAGES = "empty-pages"
    LITTLE_TEXT = "little-text"
    OTHER_LANGUAGE = "other-language"
    NOT_THE_LANGUAGE = "not-the-language"
    NO_SECTIONS = "no-sections"
    NO_TITLE = "no-title"
    NO_DATE = "no-date"
    FUTURE_DATE = "future-date"
    NO_ISSUER = "no-issuer"


@dataclass(frozen=True, slots=True)
class Concern:
    """Something to look at before a document is published: how often or how much, and where first."""

    kind: ConcernKind
    count: int = 0
    span: Span | None = None


def window(text: str, span: Span, width: int = 60) -> tuple[str, str, str]:
    """(before, quote, after) with at most `width` characters of context on each side, as they stand in the text."""
    return text[max(0, span.start - width) : span.start], span.of(text), text[span.end : span.end + width]


class Finder:
    """Finds quotes again in one text, which need not be the text that they were taken from."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _places(self) -> list[int]:
        """Where the characters of the text are that are no white space."""
        return [place for place, character in enumerate(self._text) if not character.isspace()]

    @cached_property
    def _squeezed(self) -> str:
        return squeezed(self._text)

    def find(self, quote: str, before: str = "", after: str = "", near: int = 0) -> Span | None:
        """Where the quote stands: at `near` if just these words are there, else where most of the context is the same.

        White space may differ. None where the text does not have the words, or has them several times and nowhere
        with any of the context.
        """
        here = Span(near, near + len(quote))
        if quote and here.of(self._text) == quote and self._fits(here, before, after):
            return here
        words = squeezed(quote)
        found = list(self._occurrences(words))
        if not found:
            return None
        alike = {place: self._alike(place, len(words), squeezed(before), squeezed(after)) for place in found}
        best = max(found, key=lambda place: (alike[place], -abs(self._places[place] - near)))
        if len(found) > 1 and not alike[best]:
            return None
        return Span(self._places[best], self._places[best + len(words) - 1] + 1)

    def every(self, quote: str) -> list[Span]:
        """All places of the quote, in the order of the text; white space may differ."""
        words = squeezed(quote)
        return [
            Span(self._places[place], self._places[place + len(words) - 1] + 1) for place in self._occurrences(words)
        ]

    def _fits(self, here: Span, before: str, after: str) -> bool:
        text = self._text
        return text[: here.start].endswith(before) and text.startswith(after, here.end)

    def _occurrences(self, words: str) -> Iterator[int]:
        place = self._squeezed.find(words) if words else -1
        while place >= 0:
            yield place
            place = self._squeezed.find(words, place + 1)

    def _alike(self, place: int, length: int, before: str, after: str) -> int:
        """How many characters of the context are the same, counted outwards from the quote."""
        text, end = self._squeezed, place + length
        left = text[max(0, place - len(before)) : place]
        return shared(left[::-1], before[::-1]) + shared(text[end : end + len(after)], after)


def squeezed(words: str) -> str:
    """Without white space."""
    return "".join(words.split())


def shared(one: str, other: str) -> int:
    """How many characters two strings have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
