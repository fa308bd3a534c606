"""Directives elsewhere that are worded like one.

Its longest phrases (what stands between two signs of punctuation) are searched for in all directives, any of them being
enough; what is found in other documents is ranked by Dice's coefficient of the pairs of characters (folded) that follow
each other, and shown from `LEAST` on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from archive import search as door
from archive.folding import fold
from archive.models import Directive, OutboxEntry
from archive.reader.kept import corpus, remembered

SHOWN, READ = 5, 50
PHRASES, SHORTEST = 4, 4
LONGEST_PHRASE = 60
LEAST = 0.3
"""Pairs of characters that two directives must share, as a part of the mean of both."""
PUNCTUATION = re.compile(r"[^\w\s'’-]+")


class Alike(NamedTuple):
    """A directive, and the percentage of its wording that it shares."""

    directive: int
    percent: int


@dataclass(frozen=True, slots=True)
class Similar:
    directive: Directive
    percent: int


def similar(found: Directive) -> list[Similar]:
    """The public directives of other documents that are worded most like one, the likest first."""
    alike = looked_up(found)
    rows = Directive.objects.public().select_related("document").defer("document__text")
    known = rows.in_bulk([one.directive for one in alike])
    return [Similar(known[one.directive], one.percent) for one in alike if one.directive in known]


def looked_up(found: Directive) -> list[Alike]:
    """Kept once the index has all that is published."""
    if OutboxEntry.objects.pending().exists():
        return search(found) or []
    return remembered("numbers", corpus(), f"similar {found.pk}", lambda: search(found)) or []


def search(found: Directive) -> list[Alike] | None:
    """None where the index does not answer."""
    question = " OR ".join(f'"{phrase}"' for phrase in phrases(found.quote))
    keys = door.directives_found(question, READ) if question else []
    if not keys:
        return None if keys is None else []
    others = Directive.objects.public().exclude(document=found.document_id).filter(pk__in=keys)
    own = pairs(found.quote)
    ranked = [(-likeness(own, pairs(quote)), key) for key, quote in others.values_list("pk", "quote")]
    return [Alike(key, round(-100 * share)) for share, key in sorted(ranked)[:SHOWN] if -share >= LEAST]


def phrases(quote: str) -> list[str]:
    """The longest phrases of a directive, without signs that a query would read; the longest first."""
    found = (" ".join(part.split())[:LONGEST_PHRASE].strip() for part in PUNCTUATION.split(quote))
    return sorted({part for part in found if len(part) >= SHORTEST}, key=lambda part: (-len(part), part))[:PHRASES]


def pairs(quote: str) -> set[str]:
    """The pairs of letters, digits and characters that follow each other."""
    bare = [sign for sign in fold(quote).text if sign.isalnum()]
    return {one + two for one, two in pairwise(bare)}


def likeness(one: set[str], other: set[str]) -> float:
    """Dice's coefficient, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
