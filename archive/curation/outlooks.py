"""What a change of a vocabulary would do, as a table says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.actions.vocabulary_scope import Effect, Outlook
from archive.models import Actor, Formulation, Theme

MINUS = "−"


@dataclass(frozen=True, slots=True)
class Row:
    """One document: its number and title, and each change in a few words."""

    document: int
    title: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    summary: str
    rows: tuple[Row, ...]
    rest: str
    """What is said of documents that were not looked at; "" when all were."""


def told(outlook: Outlook) -> Told:
    names = names_in(outlook.effects)
    summary = ngettext(
        "%d document holds words that this concerns, and is read again.",
        "%d documents hold words that this concerns, and are read again.",
        outlook.concerned,
    )
    rest = _("Shown is what changes in the first %(weighed)d of these %(concerned)d documents.") % {
        "weighed": outlook.weighed,
        "concerned": outlook.concerned,
    }
    rows = tuple(Row(each.document, each.title, tuple(changes(each, names))) for each in outlook.effects)
    return Told(summary % outlook.concerned, rows, "" if outlook.is_whole else rest)


def names_in(effects: Iterable[Effect]) -> dict[str, str]:
    """Key → name; what is not saved yet has its key only."""
    names = {theme.key: theme.name for theme in Theme.objects.all()}
    slugs = {slug for each in effects for slug in (*each.actors, *each.formulations)}
    names |= {actor.slug: actor.name for actor in Actor.objects.filter(slug__in=slugs)}
    return names | {phrase.slug: str(phrase) for phrase in Formulation.objects.filter(slug__in=slugs)}


def changes(effect: Effect, names: Mapping[str, str]) -> Iterable[str]:
    for sign, keys in (("+", effect.gains), (MINUS, effect.loses)):
        for key in keys:
            yield f"{sign} {names.get(key, key)}"
    counted = (
        (_("directives"), effect.directives),
        (_("told to"), effect.actors),
        (_("formulations"), effect.formulations),
    )
    for what, numbers in counted:
        if numbers:
            listed = ", ".join(f"{signed(number)} {names.get(key, key)}" for key, number in numbers.items())
            yield f"{what}: {listed}"


def signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"{MINUS}{-number}"
