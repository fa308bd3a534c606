"""The page on which a person corrects what was read of a document: its outline, its directives, its themes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.actions.decisions import undo
from archive.actions.directives import (
    accept_directive,
    add_directive,
    change_directive,
    reject_directive,
    restore_directive,
)
from archive.actions.documents import NotPossible
from archive.actions.revisions import ChangedMeanwhile
from archive.actions.sections import head_section, merge_section, move_section, split_section
from archive.actions.themes import retag_document
from archive.curation import access
from archive.curation.correcting_text import parts
from archive.curation.told import told
from archive.curation.uploads import acting_user
from archive.curation.words import ThemeChoice, WordsForm, initial
from archive.models import Decision, Directive, Document, Section

DECISIONS = 50


@dataclass(slots=True)
class Screen:
    """One request: the document, who acts, and what was typed."""

    request: HttpRequest
    document: Document
    revision: int | None = None
    problems: list[str] = field(default_factory=list)
    meanwhile: tuple[Decision, ...] = ()
    words: WordsForm | None = None

    @property
    def given(self) -> dict:
        return {"by": acting_user(self.request), "revision": self.revision}

    @property
    def deed(self) -> str:
        """What shall be done: the first word of the button that was pressed."""
        return self.request.POST.get("do", "").partition(" ")[0]

    @property
    def object(self) -> str:
        """With what: the rest of it, the path of a section or the number of a decision."""
        return self.request.POST.get("do", "").partition(" ")[2]

    @property
    def sections(self) -> list[Section]:
        return list(self.document.sections.all())

    @property
    def directive(self) -> Directive | None:
        """The directive that the address or the form is about."""
        number = self.request.POST.get("directive") or self.request.GET.get("directive", "")
        if not number.isdecimal():
            return None
        rows = self.document.directives.filter(retired_at=None).select_related("actor", "document")
        return rows.filter(pk=number[:18]).first()

    def chosen(self) -> Directive:
        directive = self.directive
        if directive is None:
            raise NotPossible(_("This directive is no longer in the document. Choose another one in the text."))
        return directive

    def read_words(self) -> WordsForm:
        """The words as they were typed; ValidationError if it is not clear which are meant."""
        self.words = WordsForm(self.request.POST, document=self.document, sections=self.sections)
        if not self.words.is_valid():
            raise ValidationError([message for messages in self.words.errors.values() for message in messages])
        return self.words


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; what was posted is done first, and what could not be done comes back as it was typed."""
    document = get_object_or_404(Document.objects.select_related("upload"), pk=pk)
    access.require(request, document, "correct")
    screen = Screen(request, document)
    if request.method == "POST" and carried_out(screen):
        return redirect(after(screen))
    document.refresh_from_db()
    context = admin.site.each_context(request) | context_of(screen)
    status = 409 if screen.meanwhile else 200
    return TemplateResponse(request, "admin/archive/document/correct.html", context, status=status)


def carried_out(screen: Screen) -> bool:
    """Do what was posted; False, with the reasons on the screen, if it was not possible."""
    revision = screen.request.POST.get("revision", "")
    screen.revision = int(revision[:9]) if revision.isdecimal() else None
    try:
        if screen.deed not in DEEDS:
            raise NotPossible(_("Nothing was chosen to be done. Use the buttons of the page."))
        messages.success(screen.request, DEEDS[screen.deed](screen))
        return True
    except ChangedMeanwhile as error:
        screen.problems.append(str(error))
        screen.meanwhile = error.decisions
    except ValidationError as error:
        screen.problems.extend(error.messages)
    except NotPossible as error:
        screen.problems.append(str(error))
    screen.words = screen.words or typed(screen)
    return False


def typed(screen: Screen) -> WordsForm | None:
    """The form of the words with what was typed in it, if that was what was sent."""
    if "words" not in screen.request.POST:
        return None
    return WordsForm(screen.request.POST, document=screen.document, sections=screen.sections)


def after(screen: Screen) -> str:
    """Where the page goes on: at the place that was corrected, as the text is divided now."""
    document = screen.document
    address = reverse("admin:archive_document_correct", args=[document.pk])
    undone = screen.object if screen.deed == "undo" else ""
    decision = document.decisions.filter(**{"pk": undone} if undone else {}).order_by("-pk").first()
    place = decision.data.get("at") if decision else None
    if place is None:
        return address
    section = document.sections.filter(start__lte=place, own_end__gt=place).last()
    return f"{address}#{section.anchor}" if section else address


def split(screen: Screen) -> str:
    split_section(document=screen.document, at=required(screen.read_words()), **screen.given)
    return _("A new section begins at these words.")


def required(words: WordsForm) -> int:
    if not len(words.span):
        raise NotPossible(_("Choose the words with which the new section begins."))
    return words.span.start


def merge(screen: Screen) -> str:
    merge_section(document=screen.document, path=screen.object, **screen.given)
    return _("Merged with the section before it.")


def move(step: int) -> Callable[[Screen], str]:
    def deed(screen: Screen) -> str:
        path = screen.object
        section = screen.document.sections.filter(path=path).first()
        level = (section.level if section else 0) + step
        move_section(document=screen.document, path=path, level=level, **screen.given)
        return _("The section is on level %(level)d now.") % {"level": level}

    return deed


def head(screen: Screen) -> str:
    words = screen.read_words()
    holder = screen.document.sections.filter(start__lte=words.span.start, own_end__gt=words.span.start).last()
    path = holder.path if holder else ""
    head_section(document=screen.document, path=path, heading=words.span, **screen.given)
    return _("These words are the heading of section %(path)s now.") % {"path": path}


def add(screen: Screen) -> str:
    words = screen.read_words()
    decision = add_directive(document=screen.document, span=words.span, values=words.values, **screen.given)
    return _("Directive %(number)d was added.") % {"number": decision.data["directive"]}


def change(screen: Screen) -> str:
    words, directive = screen.read_words(), screen.chosen()
    span = None if "".join(words.cleaned_data["words"].split()) == "".join(directive.quote.split()) else words.span
    change_directive(directive=directive, values=words.values, span=span, **screen.given)
    return _("Directive %(number)d was corrected.") % {"number": directive.pk}


def accept(screen: Screen) -> str:
    accept_directive(directive=screen.chosen(), **screen.given)
    return _("Directive %(number)d was confirmed.") % {"number": screen.chosen().pk}


def reject(screen: Screen) -> str:
    reject_directive(directive=screen.chosen(), **screen.given)
    return _("Directive %(number)d was rejected. Readers no longer see it.") % {"number": screen.chosen().pk}


def restore(screen: Screen) -> str:
    number = screen.chosen().pk
    restore_directive(directive=screen.chosen(), **screen.given)
    return _("Directive %(number)d is back.") % {"number": number}


def retag(screen: Screen) -> str:
    retag_document(document=screen.document, themes=screen.request.POST.getlist("themes"), **screen.given)
    return _("The document has these themes now.")


def take_back(screen: Screen) -> str:
    decision = get_object_or_404(
        screen.document.decisions, pk=int(screen.object[:18]) if screen.object.isdecimal() else 0
    )
    undo(decision=decision, **screen.given)
    return _("Undone: %(what)s") % {"what": told(decision).what}


DEEDS: dict[str, Callable[[Screen], str]] = {
    "split": split,
    "merge": merge,
    "up": move(-1),
    "down": move(1),
    "head": head,
    "add": add,
    "change": change,
    "accept": accept,
    "reject": reject,
    "restore": restore,
    "retag": retag,
    "undo": take_back,
}


def context_of(screen: Screen) -> dict[str, object]:
    document, directive = screen.document, screen.directive
    sections = screen.sections
    decisions = document.decisions.about_the_reading().select_related("made_by", "undone_by")
    return {
        "title": _("Correct"),
        "subtitle": document.title,
        "opts": Document._meta,
        "document": document,
        "problems": screen.problems,
        "meanwhile": [told(one) for one in screen.meanwhile],
        "parts": parts(document, sections, directive),
        "directive": directive,
        "form": screen.words or blank(screen, directive, sections),
        "themes": theme_box(document),
        "missing": [told(one) for one in decisions.not_found_again()],
        "decisions": [told(one) for one in decisions[:DECISIONS]],
        "progress": document.directives.progress(),
    }


def blank(screen: Screen, directive: Directive | None, sections: list[Section]) -> WordsForm:
    given = initial(directive) if directive else {"section": screen.request.GET.get("section", "")}
    return WordsForm(initial=given, document=screen.document, sections=sections)


def theme_box(document: Document) -> str:
    """The check boxes of the document's themes."""
    chosen = list(document.documenttheme_set.values_list("theme__key", flat=True))
    field = ThemeChoice()
    return field.widget.render("themes", chosen, {"id": "document-themes"})
