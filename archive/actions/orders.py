"""What people do to directives, as plain functions on those that were found; a directive is known by its span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TypedDict

from archive.models import Decision, Directive
from archive.spans import FoundDirective, FoundTheme, Span

PERSON = "person"
CONFIRMED = (Directive.Status.ACCEPTED, Directive.Status.CHANGED)


class Values(TypedDict):
    """What a directive says, as decisions keep it: modality, the words for the actor, slug of the actor, theme keys."""

    modality: str
    actor: str
    actor_key: str
    themes: list[str]


@dataclass(frozen=True, slots=True)
class Order:
    """A directive as its row shall be; `number` is that of the row where a decision names it."""

    span: Span
    modality: str
    actor: str
    actor_key: str
    themes: tuple[FoundTheme, ...]
    rule: str
    confidence: float
    status: str = Directive.Status.SUGGESTED
    number: int | None = None

    @property
    def values(self) -> Values:
        return Values(
            modality=self.modality,
            actor=self.actor,
            actor_key=self.actor_key,
            themes=[theme.key for theme in self.themes],
        )


def suggested(found: FoundDirective) -> Order:
    return Order(
        span=found.span,
        modality=found.modality.value,
        actor=found.actor,
        actor_key=found.actor_key,
        themes=found.themes,
        rule=found.rule,
        confidence=found.confidence,
    )


def by_person(span: Span, values: Values) -> Order:
    return given(Order(span, "", "", "", (), PERSON, 1.0), values)


def given(order: Order, values: Values) -> Order:
    """The order with other values; a theme that was found too keeps the cues that speak for it."""
    known = {theme.key: theme for theme in order.themes}
    themes = tuple(known.get(key) or FoundTheme(key, 0.0) for key in values["themes"])
    return replace(
        order, modality=values["modality"], actor=values["actor"], actor_key=values["actor_key"], themes=themes
    )


def decided(
    orders: Sequence[Order], verb: str, number: int, here: Span, values: Values, *, moved_to: Span | None = None
) -> list[Order]:
    """The orders after one decision about the directive with the number, else the one at `here`, else a new one there.

    So a later decision follows a directive whose move to another place was undone in between.
    """
    index = next((index for index, order in enumerate(orders) if order.number == number), None)
    if index is None:
        index = next((index for index, order in enumerate(orders) if order.span == here), len(orders))
    order = orders[index] if index < len(orders) else by_person(here, values)
    if verb == Decision.Verb.REJECTED:
        ruled = replace(order, status=Directive.Status.REJECTED)
    elif verb == Decision.Verb.CHANGED:
        ruled = replace(given(order, values), status=Directive.Status.CHANGED, span=moved_to or order.span)
    else:
        ruled = replace(given(order, values), status=Directive.Status.ACCEPTED)
    return [*orders[:index], replace(ruled, number=number), *orders[index + 1 :]]


def without_overlaps(orders: Iterable[Order]) -> list[Order]:
    """In the order of the text. Where a person confirmed a directive, the machine suggests no other over it."""
    orders = sorted(orders, key=lambda order: (order.span, order.status == Directive.Status.SUGGESTED))
    confirmed = [order.span for order in orders if order.status in CONFIRMED]
    starts = [span.start for span in confirmed]
    reach = [0, *accumulate((span.end for span in confirmed), max)]
    kept: list[Order] = []
    for order in orders:
        before = bisect_left(starts, order.span.end)  # confirmed ones that begin before it ends
        hidden = order.status == Directive.Status.SUGGESTED and reach[before] > order.span.start
        if not hidden and not (kept and kept[-1].span == order.span):
            kept.append(order)
    return kept
