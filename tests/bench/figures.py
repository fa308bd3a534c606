"""Medians and percentiles of what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of a set of questions: median, 95th percentile, worst."""

    p50: float
    p95: float
    worst: float


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share (0 to 1) of the values does not exceed."""
    return sorted(values)[max(0, ceil(round(len(values) * share, 6)) - 1)]


def times(rounds: Sequence[Sequence[float]]) -> Times:
    """The figures of several rounds over the same questions: of each figure, the median of the rounds."""
    each = [Times(median(values), percentile(values, 0.95), max(values)) for values in rounds if values]
    return Times(
        median(found.p50 for found in each), median(found.p95 for found in each), median(found.worst for found in each)
    )
