"""What people do to an outline: split, merge, move and head sections. Plain functions on the sections that were found.

While corrections are made, a section is known by where it starts; spans and paths are put right at the end (`settled`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count, pairwise
from string import ascii_lowercase

from archive.spans import FoundSection, SectionKind, Span

DEEPEST = 9
LONGEST_HEADING = 200
_STOP = re.compile(r"[.!?](?=[\"'”’)\]]*(?:\s|$))(?<!\d\.)|[。！？；\r\n]")
_NUMBER = re.compile(r"\d*")

Sections = tuple[FoundSection, ...]
Former = tuple[str, int]
"""Path and start of a section by which its old address is known."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections in the order of the text, and under which former addresses they are known (start of section → those)."""

    sections: Sections
    former: dict[int, list[Former]]


def section_from(sections: Sections, start: int) -> FoundSection | None:
    return next((one for one in sections if one.span.start == start), None)


def place_of(sections: Sections, position: int) -> int:
    """Index of the section in whose own text the position is, -1 for the front matter."""
    return sum(one.span.start <= position for one in sections) - 1


def split(sections: Sections, text: str, at: int) -> Sections:
    """A new section from `at` on, on the level of the one it is taken from; nothing where a section starts there."""
    if section_from(sections, at):
        return sections
    index = place_of(sections, at)
    end = sections[index + 1].span.start if index + 1 < len(sections) else len(text)
    heading = first_words(text, Span(at, end))
    rest = text[heading.end : end]
    stands_alone = rest[:1] in ("\r", "\n") and bool(rest.strip())
    made = FoundSection(
        span=Span(at, end),
        own=Span(at, end),
        level=sections[index].level if index >= 0 else 1,
        kind=SectionKind.HEADING if stands_alone else SectionKind.ITEM,
        marker="",
        heading=heading,
        path="",
        rule="person",
        confidence=1.0,
    )
    return (*sections[: index + 1], made, *sections[index + 1 :])


def first_words(text: str, within: Span) -> Span:
    """The first sentence or line, 200 characters at most."""
    limit = min(within.end, within.start + LONGEST_HEADING)
    stop = _STOP.search(text, within.start, limit)
    return Span(within.start, stop.start() if stop else limit).strip(text)


def merge(sections: Sections, start: int) -> Sections:
    """Without the section that starts there: its text belongs to the one before it."""
    return tuple(one for one in sections if one.span.start != start)


def move(sections: Sections, start: int, level: int) -> Sections:
    """The section on another level, and what is below it by as many levels."""
    below = family(sections, start)
    step = level - below[0].level
    return tuple(replace(one, level=max(1, one.level + step)) if one in below else one for one in sections)


def family(sections: Sections, start: int) -> Sections:
    """The section that starts there and all below it."""
    index = place_of(sections, start)
    end = index + 1
    while end < len(sections) and sections[end].level > sections[index].level:
        end += 1
    return sections[index:end]


def head(sections: Sections, start: int, heading: Span) -> Sections:
    return tuple(replace(one, heading=heading) if one.span.start == start else one for one in sections)


def settled(found: Sections, corrected: Sections, length: int) -> Outline:
    """The corrected sections with spans, kinds and paths that fit together, in a text of `length` characters.

    A section that was found keeps its path as long as it stays below the same section; a new or moved one gets a path
    that no section had, and the old path leads to it or to what it was merged into. So an old address may come to lead
    to more text, but never to the text of another section.
    """
    if corrected == found:
        return Outline(found, {})
    paths = list(renamed(corrected, {one.path for one in found}))
    spans = list(extents(corrected, length))
    sections = tuple(
        replace(one, span=span, own=own, path=path, kind=SectionKind.HEADING if span.end > own.end else one.kind)
        for one, path, (span, own) in zip(corrected, paths, spans, strict=True)
    )
    return Outline(sections, former_addresses(found, sections))


def extents(sections: Sections, length: int) -> Iterator[tuple[Span, Span]]:
    """(span with what is below it, own span) of each section."""
    starts = [*(one.span.start for one in sections), length]
    for index, (start, own_end) in enumerate(pairwise(starts)):
        stop = index + 1
        while stop < len(sections) and sections[stop].level > sections[index].level:
            stop += 1
        yield Span(start, starts[stop]), Span(start, own_end)


def renamed(sections: Sections, known: Iterable[str]) -> Iterator[str]:
    """The path of each section; `known` are paths that no other section may get."""
    taken = set(known)
    above: list[tuple[int, str]] = [(0, "")]
    last: dict[str, str] = {}
    for one in sections:
        while above[-1][0] >= one.level:
            above.pop()
        depth, parent = above[-1]
        prefix = (f"{parent}." if parent else "") + "0." * (one.level - depth - 1)
        fits = one.path and one.path[: one.path.rfind(".") + 1] == prefix
        path = one.path if fits else new_path(prefix, last.get(prefix, prefix), taken)
        taken.add(path)
        last[prefix] = path
        above.append((one.level, path))
        yield path


def new_path(prefix: str, before: str, taken: Iterable[str]) -> str:
    """After 2.1 comes 2.2 if it is free, else 2.1b, 2.1c …"""
    match = _NUMBER.match(before[len(prefix) :])
    number = match.group() if match else ""
    following = f"{prefix}{int(number or 0) + 1}"
    letters = (f"{prefix}{number or 0}{letter}{turn or ''}" for turn in count() for letter in ascii_lowercase[1:])
    return next(path for path in chain([following], letters) if path not in taken)


def former_addresses(found: Sequence[FoundSection], sections: Sections) -> dict[int, list[Former]]:
    """Start of a section → the paths that sections had where now it is."""
    former: dict[int, list[Former]] = {}
    now = {one.span.start: one.path for one in sections}
    for one in found:
        start = one.span.start
        if now.get(start) != one.path:
            index = place_of(sections, start)
            holder = sections[index].span.start if index >= 0 else 0
            former.setdefault(holder, []).append((one.path, start))
    return former
