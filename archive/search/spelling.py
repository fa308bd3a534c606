"""Words that are spelt nearly like another: plain Python, bounded by the number of candidates."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable

CANDIDATES = 20_000
"""Words that are looked at, at most."""
LONG = 5
"""From how many letters on two mistakes are allowed, not one."""


def similar(word: str, known: Iterable[str], limit: int) -> list[str]:
    """At most `limit` of the known words with one or two mistakes less or more, the nearest first, then by alphabet."""
    allowed = 2 if len(word) >= LONG else 1
    letters = Counter(word)
    near = (other for other in known if other != word and abs(len(other) - len(word)) <= allowed)
    close = (other for other in near if (Counter(other) - letters).total() <= allowed)
    measured = ((distance(word, other, allowed), other) for other in close)
    return [other for _, other in heapq.nsmallest(limit, (pair for pair in measured if pair[0] <= allowed))]


def distance(one: str, other: str, most: int) -> int:
    """Letters that are wrong, missing, too many or exchanged with their neighbour; `most + 1` for more than `most`.

    Optimal string alignment, row by row.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row, earlier = row, [i], before
        for j, against in enumerate(other, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
        before = above
    return row[-1] if row[-1] <= most else most + 1
