"""What stands of a document: what the machine read, with the standing decisions of people made upon it, in their order.

The one place that knows what a decision does, so that correcting, undoing and reading again cannot disagree.

`quote`, `before`, `after` of a decision and `data["at"]` say where it was made; what else is in `data`:

    section    split      nothing
               merged     path, into: paths as they were
               moved      path, level: [from, to]
               changed    path, heading: [from, to], offset: of the heading from the start of the section
    directive  accepted   directive: its number, to: Values as they were confirmed
               rejected   directive, from
               changed    directive, from, to, and place (quote, before, after, at) if it lies elsewhere now
               added      directive, to
    document   changed    themes: [from, to], hints: those of `from` that were given with the upload
               changed    field of the metadata: [from, to] (nothing of what was read, so not replayed here)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archive.actions import outline
from archive.actions.orders import Order, decided, suggested, without_overlaps
from archive.models import Decision
from archive.spans import Analysis, Finder, Span

Lying = Callable[[int], Span | None]
Layer, Verb = Decision.Layer, Decision.Verb


@dataclass(slots=True)
class Corrected:
    """`themes` is None where no person chose them; `lost` are the decisions whose place was not found."""

    outline: outline.Outline
    orders: list[Order]
    themes: list[str] | None
    lost: list[Decision]


@dataclass(slots=True)
class Replay:
    """Makes decisions upon a reading. Each handler says whether the place of its decision was found."""

    text: str
    finder: Finder
    sections: outline.Sections
    orders: list[Order]
    lying: Lying
    themes: list[str] | None = None
    lost: list[Decision] = field(default_factory=list)

    def make(self, decision: Decision) -> None:
        handlers: dict[str, Callable[[Decision], bool]] = {
            Layer.SECTION: self.on_section,
            Layer.DIRECTIVE: self.on_directive,
            Layer.DOCUMENT: self.on_document,
        }
        handler = handlers.get(decision.layer)
        if handler and not handler(decision):
            self.lost.append(decision)

    def on_document(self, decision: Decision) -> bool:
        if "themes" in decision.data:
            self.themes = decision.data["themes"][1]
        return True

    def on_section(self, decision: Decision) -> bool:
        place = place_of(decision, self.finder)
        if place is None:
            return False
        start = place.start
        if decision.verb == Verb.SPLIT:
            self.sections = outline.split(self.sections, self.text, start)
            return True
        if decision.verb == Verb.MERGED:
            self.sections = outline.merge(self.sections, start)
            return True
        if not outline.section_from(self.sections, start):
            return False
        if decision.verb == Verb.MOVED:
            self.sections = outline.move(self.sections, start, decision.data["level"][1])
            return True
        return self.on_heading(decision, start)

    def on_heading(self, decision: Decision, start: int) -> bool:
        words = decision.data["heading"][1]
        heading = self.finder.find(words, near=start + decision.data["offset"])
        if heading is None or outline.place_of(self.sections, heading.start) != outline.place_of(self.sections, start):
            return False
        self.sections = outline.head(self.sections, start, heading)
        return True

    def on_directive(self, decision: Decision) -> bool:
        data = decision.data
        here = place_of(decision, self.finder) or self.lying(data["directive"])
        moved_to = self.finder.find(**found_by(data["place"])) if "place" in data else None
        at = here or moved_to
        if at is None:
            return False
        values = data["from"] if decision.verb == Verb.REJECTED else data["to"]
        self.orders = decided(self.orders, decision.verb, data["directive"], at, values, moved_to=moved_to)
        return True


def found_by(place: dict) -> dict:
    return {"quote": place["quote"], "before": place["before"], "after": place["after"], "near": place["at"]}


def place_of(decision: Decision, finder: Finder) -> Span | None:
    """Where the decision was made, in the text as it is now."""
    return finder.find(decision.quote, decision.before, decision.after, decision.data["at"])


def replay(text: str, finder: Finder, machine: Analysis, standing: Iterable[Decision], lying: Lying) -> Corrected:
    """The reading with the decisions made upon it; `finder` is that of the text.

    `lying` says where a directive lies, by its number, if the words of a decision about it are no longer to be found.
    """
    under_way = Replay(text, finder, machine.sections, [suggested(one) for one in machine.directives], lying)
    for decision in standing:
        under_way.make(decision)
    return Corrected(
        outline=outline.settled(machine.sections, under_way.sections, len(text)),
        orders=without_overlaps(under_way.orders),
        themes=under_way.themes,
        lost=under_way.lost,
    )
