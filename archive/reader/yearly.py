"""Hits per year beside what the archive holds of that year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from archive.reader.plots import Year, every_year
from archive.search.concordance import Line


def yearly(lines: Iterable[Line], documents: Mapping[int | None, int]) -> list[Year]:
    """A row for every year from the first to the last of `documents`, and one for the undated where there are any."""
    hits: Counter[int | None] = Counter()
    having: dict[int | None, set[int]] = {}
    for line in lines:
        hits[line.document.year] += 1
        having.setdefault(line.document.year, set()).add(line.document.number)
    return [
        Year(year, hits[year], len(having.get(year, ())), documents.get(year, 0))
        for year in every_year({*documents, *hits})
    ]
