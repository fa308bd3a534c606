"""The review queue: what the machine suggests, one by one or as a list, to be confirmed, corrected or rejected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.actions.decisions import undo
from archive.actions.directives import (
    AlreadySettled,
    NotAsShown,
    accept_directive,
    accept_directives,
    change_directive,
    reject_directive,
)
from archive.actions.documents import NotPossible
from archive.curation.review_queue import QueueForm, after, before, place_in, progress_by_document
from archive.curation.told import told
from archive.curation.uploads import acting_user
from archive.curation.words import SaysForm, initial
from archive.models import Decision, Directive, ProblemReport
from archive.models.annotations import DirectiveQuerySet
from archive.models.decisions import DecisionQuerySet
from archive.reader.quoting import around, in_context
from archive.reader.rendering import snippet

SHOWN = 25
NUMBER_LENGTH = 18


@dataclass(slots=True)
class Desk:
    """One request: the queue as it is filtered, the directive that it is about, and what was typed."""

    request: HttpRequest
    form: QueueForm
    problems: list[str] = field(default_factory=list)
    says: SaysForm | None = None

    @property
    def queue(self) -> DirectiveQuerySet:
        return self.form.queue()

    def number(self, name: str) -> int:
        """A number of the form that was sent, or of the address; 0 if there is none."""
        value = self.request.POST.get(name) or self.request.GET.get(name, "")
        return int(value[:NUMBER_LENGTH]) if value.isdecimal() else 0

    @property
    def given(self) -> dict[str, Any]:
        """What every decision of this page says: by whom, on a suggestion that waits, over what was shown."""
        shown_as = self.request.POST.get("shown_as", "")
        return {"by": acting_user(self.request), "waiting": True, "shown_as": shown_as}

    @property
    def directive(self) -> Directive:
        row = Directive.objects.select_related("actor", "document").filter(pk=self.number("directive")).first()
        if row is None:
            raise NotPossible(_("There is no such directive. Go on with the one shown."))
        return row

    @property
    def here(self) -> Directive | None:
        """The suggestion to look at: that of the address, or the next one after or before it."""
        rows = self.queue.for_review()
        if number := self.number("at"):
            return rows.filter(pk=number).first() or after(rows, number)
        if number := self.number("before"):
            return before(rows, number)
        return after(rows, self.number("after"))

    def address(self, **more: object) -> str:
        """This queue with the same filters, at another place."""
        params = self.request.GET.copy()
        for name in ("at", "after", "before", "page"):
            params.pop(name, None)
        params.update({name: str(value) for name, value in more.items()})
        return f"{self.request.path}?{params.urlencode()}"

    def one_by_one(self, **more: object) -> str:
        """The same at one suggestion, from a list."""
        params = self.request.GET.copy()
        params.pop("view", None)
        params.pop("page", None)
        params.update({name: str(value) for name, value in more.items()})
        return f"{self.request.path}?{params.urlencode()}"


@permission_required("archive.change_document", raise_exception=True)
def queue(request: HttpRequest) -> HttpResponse:
    """The queue in one of its three views; what was posted is done first."""
    desk = Desk(request, QueueForm(request.GET))
    if request.method == "POST" and (address := carried_out(desk)):
        return redirect(address)
    views: dict[str, Callable[[Desk], dict[str, object]]] = {"list": as_list, "documents": by_document}
    view = desk.form.value("view")
    context = admin.site.each_context(request) | views.get(view, one_by_one)(desk) | common(desk)
    return TemplateResponse(request, f"admin/archive/review/{view or 'one'}.html", context)


def carried_out(desk: Desk) -> str:
    """Do what was posted, and return the address to go on with; "" to show the page again with what is wrong."""
    deed, _space, what = desk.request.POST.get("do", "").partition(" ")
    try:
        if deed not in DEEDS:
            raise NotPossible(_("Nothing was chosen to be done. Use the buttons of the page."))
        return DEEDS[deed](desk, what)
    except AlreadySettled as error:
        messages.warning(desk.request, _("%(what)s Somebody was quicker; here is the next one.") % {"what": error})
        return desk.address(after=error.directive.pk)
    except NotAsShown as error:
        messages.warning(desk.request, str(error))
        return desk.address(at=error.directive.pk)
    except ValidationError as error:
        desk.problems.extend(error.messages)
    except NotPossible as error:
        desk.problems.append(str(error))
    return ""


def accept(desk: Desk, _what: str) -> str:
    directive = desk.directive
    accept_directive(directive=directive, **desk.given)
    messages.success(desk.request, _("Directive %(number)d was confirmed.") % {"number": directive.pk})
    return desk.address(after=directive.pk)


def reject(desk: Desk, _what: str) -> str:
    directive = desk.directive
    reject_directive(directive=directive, **desk.given)
    messages.success(desk.request, _("Directive %(number)d was rejected.") % {"number": directive.pk})
    return desk.address(after=directive.pk)


def change(desk: Desk, _what: str) -> str:
    directive = desk.directive
    desk.says = SaysForm(desk.request.POST)
    if not desk.says.is_valid():
        raise ValidationError([message for messages in desk.says.errors.values() for message in messages])
    change_directive(directive=directive, values=desk.says.values, **desk.given)
    messages.success(desk.request, _("Directive %(number)d was corrected.") % {"number": directive.pk})
    return desk.address(after=directive.pk)


def take_back(desk: Desk, what: str) -> str:
    decision = last_decisions(desk).filter(pk=int(what[:NUMBER_LENGTH]) if what.isdecimal() else 0).first()
    if decision is None:
        raise NotPossible(
            _("This decision is undone already, or is not yours. The document's own page lists them all.")
        )
    undo(decision=decision, by=acting_user(desk.request))
    messages.success(desk.request, _("Undone: %(what)s") % {"what": told(decision).what})
    return desk.address(at=decision.data["directive"])


def accept_all(desk: Desk, _what: str) -> str:
    """Confirm the directives that the page of confirmation named."""
    named = [one.partition(" ") for one in desk.request.POST.getlist("directives")[:SHOWN]]
    shown_as = {int(number[:NUMBER_LENGTH]): signs for number, _space, signs in named if number.isdecimal()}
    rows = Directive.objects.filter(pk__in=shown_as).select_related("document")
    accepted, skipped = accept_directives(directives=rows, by=acting_user(desk.request), shown_as=shown_as)
    words = ngettext("%(n)d directive was confirmed.", "%(n)d directives were confirmed.", accepted) % {"n": accepted}
    messages.success(desk.request, words)
    if skipped:
        words = ngettext(
            "%(n)d was settled or read anew meanwhile.", "%(n)d were settled or read anew meanwhile.", skipped
        ) % {"n": skipped}
        messages.warning(desk.request, words)
    return desk.address()


DEEDS: dict[str, Callable[[Desk, str], str]] = {
    "accept": accept,
    "reject": reject,
    "change": change,
    "undo": take_back,
    "accept-all": accept_all,
}


def last_decisions(desk: Desk) -> DecisionQuerySet:
    """What the person has decided about directives and not undone, the newest first."""
    mine = Decision.objects.standing().filter(layer=Decision.Layer.DIRECTIVE, made_by=acting_user(desk.request))
    return mine.exclude(verb=Decision.Verb.ADDED).order_by("-pk")


def common(desk: Desk) -> dict[str, object]:
    last = last_decisions(desk).first()
    return {
        "title": _("Review"),
        "form": desk.form,
        "problems": desk.problems,
        "last": told(last) if last else None,
        "progress": desk.form.all().progress(),
        "reports": ProblemReport.objects.open().count(),
        "view": desk.form.value("view"),
        "views": [("", _("One by one")), ("list", _("List")), ("documents", _("By document"))],
    }


def one_by_one(desk: Desk) -> dict[str, object]:
    here = desk.here
    if here is None:
        return {"directive": None}
    return {
        "directive": here,
        "html": snippet(around(here.document.text, here.span)),
        "says": desk.says or SaysForm(initial=initial(here)),
        "place": place_in(desk.queue, here),
        "count": desk.queue.count(),
        "document_progress": here.document.directives.progress(),
        "next": desk.address(after=here.pk),
        "previous": desk.address(before=here.pk),
        "action": desk.address(at=here.pk),
    }


def as_list(desk: Desk) -> dict[str, object]:
    page = Paginator(desk.queue.for_review().defer("document__text"), SHOWN).get_page(desk.request.GET.get("page"))
    rows = [(row, snippet(in_context(row)), desk.one_by_one(at=row.pk)) for row in page]
    return {"rows": rows, "page": page, "asks": "confirm" in desk.request.GET}


def by_document(desk: Desk) -> dict[str, object]:
    rows = progress_by_document(desk.form.all())
    page = Paginator(rows, SHOWN).get_page(desk.request.GET.get("page"))
    return {"page": page, "documents": page.object_list}
