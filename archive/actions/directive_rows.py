"""The directives of a document as rows: numbers stay, and only what differs is written."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from archive.actions.orders import Order
from archive.actions.replay import place_of
from archive.actions.vocabulary import actor_for
from archive.models import Actor, Decision, Directive, DirectiveTheme, Document, Theme
from archive.spans import Finder, FoundTheme, Span, window

CONTEXT = 60
DECIDED = (Directive.Status.ACCEPTED, Directive.Status.CHANGED, Directive.Status.REJECTED)
FIELDS = (
    *("start", "end", "quote", "before", "after", "rule", "confidence", "stage_version"),
    *("modality", "actor_text", "actor_id", "status", "retired_at"),
)
AT_ONCE = 200
"""Rows in one statement; SQLite takes 32,766 values in one."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a reading did to the directives of a document.

    `kept` counts what people decided, `lost` the part of it that the machine did not find again.
    """

    added: int = 0
    changed: int = 0
    retired: int = 0
    kept: int = 0
    lost: int = 0

    def __add__(self, other: Changes) -> Changes:
        return Changes(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def quoted(text: str, span: Span) -> dict[str, object]:
    """The fields that a span gives to a derived row."""
    before, quote, after = window(text, span, CONTEXT)
    return {"start": span.start, "end": span.end, "quote": quote, "before": before, "after": after}


class DirectiveRows:
    """Writes the directives of one document; `version` is that of the stage that found them."""

    def __init__(self, document: Document, finder: Finder, version: int) -> None:
        self.document, self.finder, self.version = document, finder, version
        rows = document.directives.order_by("pk").prefetch_related("directivetheme_set")
        self.rows = {row.pk: row for row in rows}

    def write(self, orders: Sequence[Order], themes: Mapping[str, Theme]) -> Changes:
        """Make the rows say what the orders say; those that no order stands for are retired."""
        orders = self.numbered(orders)
        actors = actors_of(orders)
        before = {number: values_of(row) for number, row in self.rows.items()}
        now = timezone.now()
        retired = self.retired({order.number for order in orders}, now)
        rows = [self.filled(order, actors) for order in orders]
        known = [row for row in rows if row.pk]
        changed = [row for row in (*retired, *known) if values_of(row) != before[row.pk]]
        new = [row for row in rows if not row.pk]
        self.save(changed, before, now)
        Directive.objects.bulk_create(new, batch_size=AT_ONCE)
        self.give_themes(list(zip(orders, rows, strict=True)), themes)
        back = [row for row in known if self.was(before, row, "retired_at") is not None]
        altered = [row for row in known if row not in back and self.says_otherwise(before, row)]
        return Changes(
            added=len(new) + len(back),
            changed=sum(row.status not in DECIDED for row in altered),
            retired=len(retired),
            kept=sum(row.status in DECIDED for row in rows),
        )

    def retired(self, kept: Container[int | None], now: datetime) -> list[Directive]:
        rows = [row for number, row in self.rows.items() if number not in kept and row.retired_at is None]
        for row in rows:
            row.retired_at = now
        return rows

    def was(self, before: Mapping[int, tuple], row: Directive, field: str) -> object:
        return before[row.pk][FIELDS.index(field)]

    def says_otherwise(self, before: Mapping[int, tuple], row: Directive) -> bool:
        said = ("modality", "actor_text", "actor_id")
        return any(self.was(before, row, field) != getattr(row, field) for field in said)

    def numbered(self, orders: Sequence[Order]) -> list[Order]:
        """The orders with the numbers of their rows; None for those that have none yet.

        A directive has the number that a decision gives it, else that of the row at its place, else that which it had
        before a decision, since undone, put its row elsewhere.
        """
        taken = {order.number for order in orders if order.number}
        open_places = {order.span for order in orders if not order.number}
        numbers: dict[Span, int] = {}
        for number, span in self.places():
            if number not in taken and span in open_places and span not in numbers:
                numbers[span] = number
                taken.add(number)
        return [replace(order, number=order.number or numbers.get(order.span)) for order in orders]

    def places(self) -> Iterator[tuple[int, Span]]:
        """(number, place) of what is or was a directive of the document, the surest first."""
        standing = [row for row in self.rows.values() if row.retired_at is None]
        for row in standing:
            yield from self.found(row)
        decisions = self.document.decisions.filter(layer=Decision.Layer.DIRECTIVE).in_order()
        for decision in decisions:
            if span := place_of(decision, self.finder):
                yield decision.data["directive"], span
        for row in self.rows.values():
            if row.retired_at is not None:
                yield from self.found(row)

    def found(self, row: Directive) -> Iterator[tuple[int, Span]]:
        if span := self.finder.find(row.quote, row.before, row.after, row.start):
            yield row.pk, span

    def filled(self, order: Order, actors: Mapping[str, Actor | None]) -> Directive:
        row = self.rows.get(order.number or 0) or Directive(document=self.document)
        for field, value in quoted(self.document.text, order.span).items():
            setattr(row, field, value)
        row.modality, row.status, row.retired_at = order.modality, order.status, None
        row.actor_text, row.actor = order.actor[:300], actors.get(order.actor_key)
        row.rule, row.confidence, row.stage_version = order.rule, order.confidence, self.version
        return row

    def save(self, changed: Sequence[Directive], before: Mapping[int, tuple], now: datetime) -> None:
        """Rows that change their places stand back first, so that two of them can change places."""
        moved = [row.pk for row in changed if before[row.pk][:2] != (row.start, row.end)]
        Directive.objects.filter(pk__in=moved).update(retired_at=now)
        for row in changed:  # one by one: a statement for many of them takes Django far longer to write
            row.save(update_fields=[field.removesuffix("_id") for field in FIELDS])

    def give_themes(self, pairs: Sequence[tuple[Order, Directive]], themes: Mapping[str, Theme]) -> None:
        old: list[int] = []
        new: list[DirectiveTheme] = []
        for order, row in pairs:
            wanted = list(themes_given(order.themes, themes))
            standing = self.rows[row.pk].directivetheme_set.all() if row.pk in self.rows else ()
            if sorted(map(theme_values, standing), key=str) != sorted((tuple(one.values()) for one in wanted), key=str):
                old.append(row.pk)
                new.extend(DirectiveTheme(directive=row, **one) for one in wanted)
        DirectiveTheme.objects.filter(directive__in=old).delete()
        DirectiveTheme.objects.bulk_create(new, batch_size=AT_ONCE)


def values_of(row: Directive) -> tuple:
    return tuple(getattr(row, field) for field in FIELDS)


def theme_values(given: DirectiveTheme) -> tuple:
    return given.theme_id, given.rank, given.weight, given.cues, given.by_person


def themes_given(found: Iterable[FoundTheme], themes: Mapping[str, Theme]) -> Iterator[dict[str, object]]:
    """The fields of each row that gives a theme; one without cues was given by a person."""
    given: dict[Theme, FoundTheme] = {}
    for one in found:
        theme = themes.get(one.key)
        if theme and not theme.retired:
            given.setdefault(theme, one)
    for rank, (theme, one) in enumerate(given.items(), start=1):
        cues = [[cue.phrase, cue.span.start, cue.span.end, cue.weight] for cue in one.cues]
        by_person = not cues and not one.weight
        yield {"theme_id": theme.pk, "rank": rank, "weight": one.weight, "cues": cues, "by_person": by_person}


def actors_of(orders: Iterable[Order]) -> dict[str, Actor | None]:
    """Slug → actor, for all that the orders name; one that was merged gives way to the other."""
    keys = {order.actor_key for order in orders if order.actor_key}
    rows = Actor.objects.filter(slug__in=keys).select_related("merged_into")
    known: dict[str, Actor | None] = {actor.slug: actor.merged_into or actor for actor in rows}
    return known | {key: actor_for(key) for key in keys - known.keys()}
