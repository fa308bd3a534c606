"""Phrases and nearness as arithmetic on positions; the index and the marking of hits both use it, so they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def starts(places: Sequence[tuple[int, Iterable[int]]]) -> set[int]:
    """Positions where a phrase begins: each term, given with its offset, stands `offset` places after it.

    The rarest term should come first. Linear in the number of positions.
    """
    found: set[int] | None = None
    for offset, positions in places:
        shifted = {position - offset for position in positions}
        found = shifted if found is None else found & shifted
        if not found:
            return set()
    return found or set()


def windows(parts: Sequence[tuple[int, Iterable[int]]], slop: int) -> list[tuple[int, int]]:
    """Smallest windows `(first, last)` that hold every part with at most `slop` other units, in rising order.

    A part is (length in units, positions where it begins). Order of the parts does not matter.
    """
    events = sorted((begin, begin + length - 1, which) for which, (length, at) in enumerate(parts) for begin in set(at))
    room = slop + sum(length for length, _ in parts)
    latest: dict[int, tuple[int, int]] = {}
    found: list[tuple[int, int]] = []
    for begin, end, which in events:
        latest[which] = (begin, end)
        if len(latest) == len(parts):
            first = min(place[0] for place in latest.values())
            last = max(place[1] for place in latest.values())
            if last - first + 1 <= room:
                found.append((first, last))
    return found
