"""What a change of a vocabulary would do, as a table says it; also what a worker found out about all documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from archive.actions.vocabulary_scope import Effect, Outlook
from archive.models import Actor, Formulation, Job, Theme

MINUS = "−"
PERMISSION = "archive.change_theme"


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


def of_job(job: Job) -> Told:
    """What a worker found, for a job that is done."""
    effects = tuple(Effect(**each) for each in job.result["effects"])
    return told(Outlook(job.result["concerned"], job.result["concerned"], effects))


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the worker is, or what it found."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    job = get_object_or_404(Job, pk=pk, kind=Job.Kind.WEIGH)
    context = admin.site.each_context(request) | {
        "title": _("What would change"),
        "job": job,
        "outlook": of_job(job) if job.state == Job.State.DONE else None,
    }
    return TemplateResponse(request, "admin/archive/vocabulary/outlook.html", context)
