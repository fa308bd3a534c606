"""The text of a document in the parts that directives are read from: front matter, then each section's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.analysis.sentences import Sentence, split
from archive.spans import Boilerplate, FoundSection, Metadata, Span

_AFTER_MARKER = re.compile(r"[\s:：.,，、．]*")


@dataclass(frozen=True, slots=True)
class Part:
    """One section (None: the front matter) and the sentences of its own text, without marker and boilerplate."""

    section: FoundSection | None
    sentences: tuple[Sentence, ...]


def parts(
    text: str,
    language: str,
    boilerplate: Sequence[Boilerplate],
    sections: Sequence[FoundSection],
    metadata: Metadata,
) -> Iterator[Part]:
    """Every part in the order of the text, also the empty ones."""
    holes = sorted([each.span for each in boilerplate] + _title(metadata, sections), key=lambda span: span.start)
    owners: list[FoundSection | None] = []
    pieces: list[Span] = []
    at = 0
    for section, span in _bodies(text, sections):
        while at < len(holes) and holes[at].end <= span.start:
            at += 1
        for piece in _without(span, holes, at):
            owners.append(section)
            pieces.append(piece)
    grouped: dict[str, list[Sentence]] = {}
    for owner, found in zip(owners, split(text, pieces, language), strict=True):
        grouped.setdefault(owner.path if owner else "", []).extend(found)
    yield Part(None, tuple(grouped.get("", ())))
    for section in sections:
        yield Part(section, tuple(grouped.get(section.path, ())))


def _title(metadata: Metadata, sections: Sequence[FoundSection]) -> list[Span]:
    """The title's line, where it stands before all sections: what stands inside one is a sentence as well."""
    span = metadata.title.span if metadata.title else None
    first = sections[0].span.start if sections else None
    return [span] if span and (first is None or span.end <= first) else []


def _bodies(text: str, sections: Sequence[FoundSection]) -> Iterator[tuple[FoundSection | None, Span]]:
    first = sections[0].span.start if sections else len(text)
    yield None, Span(0, first)
    for section in sections:
        start = section.own.start + len(section.marker)
        match = _AFTER_MARKER.match(text, min(start, section.own.end), section.own.end)
        yield section, Span(match.end() if match else section.own.end, section.own.end)


def _without(span: Span, holes: Sequence[Span], at: int) -> Iterator[Span]:
    """The pieces of a span that lie in no hole; `at` is the first hole that may touch it."""
    start = span.start
    for index in range(at, len(holes)):
        hole = holes[index]
        if hole.start >= span.end:
            break
        if hole.start > start:
            yield Span(start, hole.start)
        start = max(start, hole.end)
    if start < span.end:
        yield Span(start, span.end)
