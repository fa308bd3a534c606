"""How strongly two things go together in documents: the log-likelihood ratio of their table of four cells.

After T. Dunning, “Accurate Methods for the Statistics of Surprise and Coincidence”, Computational Linguistics 19
(1993).
Unlike a plain ratio it does not prize what is rare: something found in one document only is no evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

SUPPORT = 3
"""Documents that must have both."""
SIGNIFICANT = 10.83
"""The ratio that chance alone exceeds once in a thousand times (chi-square, one degree of freedom)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Something that goes with something else: documents that have both, documents that have it, and the ratio."""

    key: int
    both: int
    having: int
    ratio: float


def going_together(found: Mapping[int, tuple[int, int]], others: int, total: int) -> list[Pair]:
    """What goes with a thing that `others` of `total` documents have, the strongest first.

    `found` says of each candidate how many of the others have it, and how many documents in all. What is rarer there
    than elsewhere, or not beyond chance, is left out.
    """
    pairs = (
        Pair(key, both, having, ratio(both, having, others, total))
        for key, (both, having) in found.items()
        if both >= SUPPORT and both * total > having * others
    )
    return sorted((pair for pair in pairs if pair.ratio >= SIGNIFICANT), key=lambda pair: (-pair.ratio, pair.key))


def ratio(both: int, first: int, second: int, total: int) -> float:
    """−2 log λ of: documents with both, with the first, with the second, and all there are."""
    cells = (both, first - both, second - both, total - first - second + both)
    sums = (first, total - first, second, total - second)
    return 2 * (sum(map(weight, cells)) - sum(map(weight, sums)) + weight(total))


def weight(number: int) -> float:
    return number * log(number) if number > 0 else 0.0
