"""Directives, decided on by people: confirmed, rejected, corrected, added, restored."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.actions.decisions import make, quoted, undo
from archive.actions.documents import NotPossible
from archive.actions.orders import Values
from archive.actions.revisions import expect
from archive.actions.themes import known_themes
from archive.models import Actor, Decision, Directive, Document
from archive.spans import Span

Verb, Status = Decision.Verb, Directive.Status
DIRECTIVE = Decision.Layer.DIRECTIVE
WAITING = (Status.SUGGESTED,)


class AlreadySettled(NotPossible):
    """Somebody decided on the directive before, or a reading no longer finds it."""

    def __init__(self, directive: Directive) -> None:
        self.directive = directive
        super().__init__(
            _("Directive %(number)s is no longer waiting: it is %(status)s.")
            % {"number": directive.pk, "status": told(directive)}
        )


class NotAsShown(NotPossible):
    """The directive says something else than when the person was shown it."""

    def __init__(self, directive: Directive) -> None:
        self.directive = directive
        super().__init__(
            _("Directive %(number)s was read anew since you were shown it. Here it is as it is now.")
            % {"number": directive.pk}
        )


def told(directive: Directive) -> str:
    return str(_("no longer found")) if directive.retired_at else directive.get_status_display()


@transaction.atomic
def accept_directive(
    *, directive: Directive, by: User | None, revision: int | None = None, waiting: bool = False, shown_as: str = ""
) -> Decision:
    """Confirm a directive as it stands. AlreadySettled unless it waits or, if not `waiting`, was rejected."""
    row = locked(directive, revision, WAITING if waiting else (*WAITING, Status.REJECTED), shown_as)
    return make(row.document, DIRECTIVE, Verb.ACCEPTED, by, row.span, directive=row.pk, to=values_of(row))


def accept_directives(
    *, directives: Iterable[Directive], by: User | None, shown_as: Mapping[int, str] = MappingProxyType({})
) -> tuple[int, int]:
    """Confirm all that still wait and are as they were shown (number → `Directive.shown_as`), each for itself; returns
    how many were confirmed, and how many were not."""
    accepted = skipped = 0
    for directive in directives:
        try:
            accept_directive(directive=directive, by=by, waiting=True, shown_as=shown_as.get(directive.pk, ""))
            accepted += 1
        except (AlreadySettled, NotAsShown):
            skipped += 1
    return accepted, skipped


@transaction.atomic
def reject_directive(
    *, directive: Directive, by: User | None, revision: int | None = None, waiting: bool = False, shown_as: str = ""
) -> Decision:
    """Say that this is no directive; it keeps its number, readers no longer see it.

    AlreadySettled if it was rejected or, if `waiting`, settled in any way; NotAsShown.
    """
    row = locked(directive, revision, WAITING if waiting else (*WAITING, Status.ACCEPTED, Status.CHANGED), shown_as)
    return make(row.document, DIRECTIVE, Verb.REJECTED, by, row.span, **{"directive": row.pk, "from": values_of(row)})


@transaction.atomic
def restore_directive(*, directive: Directive, by: User | None, revision: int | None = None) -> None:
    """Take its rejection back, so that it is again what it was before."""
    row = locked(directive, revision, (Status.REJECTED,))
    rejections = row.document.decisions.standing().filter(layer=DIRECTIVE, verb=Verb.REJECTED, data__directive=row.pk)
    for decision in rejections.in_order():
        undo(decision=decision, by=by)


@transaction.atomic
def change_directive(
    *,
    directive: Directive,
    values: Values,
    by: User | None,
    span: Span | None = None,
    revision: int | None = None,
    waiting: bool = False,
    shown_as: str = "",
) -> Decision:
    """Say what a directive says, and where it lies if `span` is given. NotPossible with the reason if it cannot be."""
    row = locked(directive, revision, WAITING if waiting else tuple(Status), shown_as)
    document, before = row.document, values_of(row)
    after = checked(values)
    span = fitting(document, span, besides=row) if span else row.span
    if after == before and span == row.span:
        raise NotPossible(_("Nothing is different. Confirm the directive if it is right as it is."))
    data: dict[str, object] = {"directive": row.pk, "from": before, "to": after}
    if span != row.span:
        data["place"] = {**quoted(document, span), "at": span.start}
    return make(document, DIRECTIVE, Verb.CHANGED, by, row.span, **data)


@transaction.atomic
def add_directive(
    *, document: Document, span: Span, values: Values, by: User | None, revision: int | None = None
) -> Decision:
    """Make words of the text a directive; `data["directive"]` of the decision is its number."""
    document = expect(document, revision)
    after = checked(values)
    span = fitting(document, span)
    row = retired_at(document, span) or reserved(document, span, after)
    return make(document, DIRECTIVE, Verb.ADDED, by, span, directive=row.pk, to=after)


def locked(directive: Directive, revision: int | None, allowed: Container[str], shown_as: str = "") -> Directive:
    """The row as it is now, its document locked; AlreadySettled unless it stands with one of the allowed statuses,
    NotAsShown if it is given how it was shown (`Directive.shown_as`) and is that no more."""
    document = expect(directive.document, revision)
    row = document.directives.select_related("actor").get(pk=directive.pk)
    if row.retired_at or row.status not in allowed:
        raise AlreadySettled(row)
    if shown_as and shown_as != row.shown_as:
        raise NotAsShown(row)
    return row


def values_of(row: Directive) -> Values:
    themes = row.directivetheme_set.order_by("rank").values_list("theme__key", flat=True)
    return Values(
        modality=row.modality,
        actor=row.actor_text,
        actor_key=row.actor.slug if row.actor else "",
        themes=list(themes),
    )


def checked(values: Values) -> Values:
    """The values, if the vocabularies know them; NotPossible otherwise."""
    if values["modality"] not in Directive.Modality:
        raise NotPossible(_("Choose what the directive is: an obligation, a prohibition or a recommendation."))
    key = values["actor_key"]
    if key and not Actor.objects.filter(slug=key, merged_into=None).exists():
        raise NotPossible(_("There is no actor “%(key)s”. Choose one of the list, or type its words.") % {"key": key})
    return Values(
        modality=values["modality"],
        actor=" ".join(values["actor"].split())[:300],
        actor_key=key,
        themes=known_themes(values["themes"]),
    )


def fitting(document: Document, span: Span, *, besides: Directive | None = None) -> Span:
    """The span without white space at its ends, if a directive can lie there; NotPossible otherwise."""
    text = document.text
    span = Span(min(span.start, len(text)), min(span.end, len(text))).strip(text)
    if not len(span):
        raise NotPossible(_("Choose the words of the directive first; nothing is chosen."))
    if not document.sections.filter(start__lte=span.start, own_end__gte=span.end).exists():
        raise NotPossible(
            _("These words run across two sections. Choose words of one section, or merge the sections first.")
        )
    require_free(document, span, besides)
    return span


def require_free(document: Document, span: Span, besides: Directive | None) -> None:
    """NotPossible where another directive stands, or where one was rejected at just this place."""
    over = document.directives.filter(retired_at=None, start__lt=span.end, end__gt=span.start)
    for other in over:
        if besides and other.pk == besides.pk:
            continue
        if other.status == Status.REJECTED and other.span == span:
            raise NotPossible(
                _("Directive %(number)s with these words was rejected. Restore it, and change it then.")
                % {"number": other.pk}
            )
        if other.status != Status.REJECTED:
            raise NotPossible(
                _("Some of these words are in directive %(number)s already. Change that one, or choose other words.")
                % {"number": other.pk}
            )


def retired_at(document: Document, span: Span) -> Directive | None:
    """A directive that stood at the place before: it gets its number back."""
    return document.directives.exclude(retired_at=None).filter(start=span.start, end=span.end).first()


def reserved(document: Document, span: Span, values: Values) -> Directive:
    """A row that gives a new directive its number; until the decision that names it is made, it does not stand."""
    return Directive.objects.create(
        document=document,
        modality=values["modality"],
        rule="person",
        stage_version=0,
        retired_at=timezone.now(),
        start=span.start,
        end=span.end,
        **quoted(document, span),
    )
