"""A document gets another text: its directives go where their words stand in it, and keep their numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from django.utils import timezone

from archive.actions.directive_rows import quoted
from archive.models import Directive, Document
from archive.parallels import compared
from archive.spans import FoundDirective, Span

Pieces = Sequence[tuple[Span, Span]]
FOUND_AGAIN = 0.5
"""The share of a passage that must stand in the new text; less than half of its words make it another one."""
NOWHERE = Span(0, 0)


def relocate_directives(document: Document, text: str, found: Sequence[FoundDirective]) -> None:
    """Move the directives of `document` from its present text to `text`, of which `found` was read.

    One whose words are found again gets its place there, and that of the directive read at this place, if any. The
    others are retired; they keep their quotes, and no place, so that no other directive ever gets their number.
    """
    rows = list(document.directives.order_by("start", "pk"))
    was_standing = {row.pk for row in rows if row.retired_at is None}
    document.directives.filter(retired_at=None).update(retired_at=timezone.now())
    taken: set[Span] = set()
    places = follow(document.text, text, [row.span for row in rows])
    for row, place in sorted(zip(rows, places, strict=True), key=lambda pair: pair[0].pk not in was_standing):
        place = snapped(place, found, taken) if place else NOWHERE
        if place in taken:
            place = NOWHERE
        move(row, text, place, stands=row.pk in was_standing)
        taken.add(place)


def move(row: Directive, text: str, place: Span, *, stands: bool) -> None:
    """Save a directive's new place; at none it stays retired, with the words and the reason it had."""
    if place == NOWHERE:
        row.start, row.end = place.start, place.end
        row.retired_at = row.retired_at or timezone.now()
    else:
        for field, value in quoted(text, place).items():
            setattr(row, field, value)
        row.retired_at = None if stands else row.retired_at
    row.save(update_fields=["start", "end", "quote", "before", "after", "retired_at"])


def snapped(place: Span, found: Iterable[FoundDirective], taken: set[Span]) -> Span:
    """The span of the directive read where `place` is, else the place itself."""
    near = [one.span for one in found if one.span.overlaps(place) and one.span not in taken]
    best = max(near, key=lambda span: overlap(span, place), default=place)
    return best if overlap(best, place) >= FOUND_AGAIN else place


def overlap(one: Span, other: Span) -> float:
    """The share of both together that is in both."""
    both = min(one.end, other.end) - max(one.start, other.start)
    return both / (len(one) + len(other) - both) if both > 0 else 0.0


def follow(old: str, new: str, spans: Iterable[Span]) -> list[Span | None]:
    """Where spans of an old text stand in a new one; None for one that is not found again."""
    passages = compared(old, new).passages
    pieces = [piece for passage in passages for piece in passage.pieces]
    starts = [here.start for here, _there in pieces]
    return [followed(old, new, span, pieces, starts) for span in spans]


def followed(old: str, new: str, span: Span, pieces: Pieces, starts: Sequence[int]) -> Span | None:
    """By what both texts have in common around it; a short one also by its words alone, if they stand only once."""
    quote = span.of(old)
    first = max(0, bisect_right(starts, span.start) - 1)
    last = bisect_right(starts, max(span.start, span.end - 1))
    within = [piece for piece in pieces[first:last] if piece[0].overlaps(span)]
    kept = sum(min(span.end, here.end) - max(span.start, here.start) for here, _there in within)
    if kept >= FOUND_AGAIN * len(span) and within:
        place = carried(span, within, len(new))
        if new.startswith(quote, place.start):
            return Span(place.start, place.start + len(quote))
        at = new.find(quote, max(0, place.start - len(quote)), place.end + len(quote))
        return Span(at, at + len(quote)) if at >= 0 else place.strip(new)
    at = new.find(quote) if quote else -1
    return Span(at, at + len(quote)) if at >= 0 and new.find(quote, at + 1) < 0 else None


def carried(span: Span, within: Pieces, length: int) -> Span:
    """The span by the distances of its ends from the first and last piece that it overlaps."""
    (first, first_there), (last, last_there) = within[0], within[-1]
    start = max(0, first_there.start + span.start - first.start)
    end = min(length, last_there.end + span.end - last.end)
    return Span(min(start, end), end)
