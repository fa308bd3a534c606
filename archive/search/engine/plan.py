"""What the engine is asked, after Haystack: a small tree over the fields of the index. Plans are values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a field, `offset` positions after the phrase's first; with `open_end` every term that begins so."""

    field: str
    text: str
    offset: int = 0
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """Terms at fixed distances. They may be of different fields: all fields of one text number positions alike."""

    terms: tuple[Term, ...]
    length: int = 1


@dataclass(frozen=True, slots=True)
class Nearby:
    """Sequences in any order, with at most `slop` other units between them."""

    parts: tuple[Sequence, ...]
    slop: int


@dataclass(frozen=True, slots=True)
class Values:
    """Rows that have at least one of the values in a field of keywords."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Rows whose number lies between two ends, both included; 0 means that a row has no number."""

    field: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part; all rows when there is none."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part; no row when there is none."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Except:
    """All rows but those of the part."""

    part: Plan


Plan = Sequence | Nearby | Values | Between | All | Any | Except


def scored(plan: Plan) -> dict[Term, None]:
    """The terms that speak for a row: those of sequences that are not excluded, each once, in order."""
    if isinstance(plan, Sequence):
        return dict.fromkeys(Term(term.field, term.text, 0, term.open_end) for term in plan.terms)
    if isinstance(plan, Nearby | All | Any):
        return {term: None for part in plan.parts for term in scored(part)}
    return {}
