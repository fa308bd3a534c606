"""The outline of a document, corrected by people: split, merge, move to another level, change a heading."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from archive.actions.decisions import make
from archive.actions.documents import NotPossible
from archive.actions.outline import DEEPEST, LONGEST_HEADING
from archive.actions.revisions import expect
from archive.models import Decision, Document, Section
from archive.spans import Span

Verb = Decision.Verb
SECTION = Decision.Layer.SECTION
WORDS = 60
"""Characters of a section by which it is found again."""


@transaction.atomic
def split_section(*, document: Document, at: int, by: User | None, revision: int | None = None) -> Decision:
    """Begin a new section at a character of the text (white space before its first word is passed over).

    NotPossible where no section can begin; ChangedMeanwhile when the document is past `revision`.
    """
    document = expect(document, revision)
    start = first_word(document.text, at)
    holder = document.sections.filter(start__lte=start, own_end__gt=start).last()
    if start >= len(document.text) or holder is None:
        raise NotPossible(_("Choose a place in the text: after this one there are no words."))
    opens = first_word(document.text, holder.start)
    if start == opens or start == holder.start:
        raise NotPossible(_("A section begins here already. Choose a place further on."))
    return make(document, SECTION, Verb.SPLIT, by, opening(document, start, holder.own_end))


@transaction.atomic
def merge_section(*, document: Document, path: str, by: User | None, revision: int | None = None) -> Decision:
    """Let the text of a section belong to the one before it; what was below it stays on its level."""
    document = expect(document, revision)
    section = section_named(document, path)
    before = document.sections.filter(ordinal__lt=section.ordinal).last()
    into = before.path if before else "0"
    return make(document, SECTION, Verb.MERGED, by, place(section), path=path, into=into)


@transaction.atomic
def move_section(
    *, document: Document, path: str, level: int, by: User | None, revision: int | None = None
) -> Decision:
    """Put a section, with all below it, on a level: 1 is the outermost, no level is left out on the way down."""
    document = expect(document, revision)
    section = section_named(document, path)
    before = document.sections.filter(ordinal__lt=section.ordinal).last()
    deepest = min(DEEPEST, before.level + 1 if before else 1)
    if level == section.level:
        raise NotPossible(_("The section is on this level already."))
    if not 1 <= level <= deepest:
        raise NotPossible(
            _("Here a section can be on level 1 to %(deepest)s: it may be one below the section before it.")
            % {"deepest": deepest}
        )
    return make(document, SECTION, Verb.MOVED, by, place(section), path=path, level=[section.level, level])


@transaction.atomic
def head_section(
    *, document: Document, path: str, heading: Span, by: User | None, revision: int | None = None
) -> Decision:
    """Say which words of a section are its heading."""
    document = expect(document, revision)
    section = section_named(document, path)
    text = document.text
    heading = Span(min(heading.start, len(text)), min(heading.end, len(text))).strip(text)
    if not len(heading):
        raise NotPossible(_("Choose the words of the heading first; nothing is chosen."))
    if not Span(section.start, section.own_end).contains(heading):
        raise NotPossible(_("The heading has to lie in its section. Split or merge the sections first."))
    if len(heading) > LONGEST_HEADING:
        raise NotPossible(
            _("A heading has %(limit)s characters at most; these are %(number)s.")
            % {"limit": LONGEST_HEADING, "number": len(heading)}
        )
    words = [text[section.heading_start : section.start + len(section.quote)], heading.of(text)]
    if words[0] == words[1] and section.heading_start == heading.start:
        raise NotPossible(_("These words are the heading already."))
    offset = heading.start - section.start
    return make(document, SECTION, Verb.CHANGED, by, place(section), path=path, heading=words, offset=offset)


def section_named(document: Document, path: str) -> Section:
    section = document.sections.filter(path=path).exclude(kind=Section.Kind.FRONT).first()
    if section is None:
        raise NotPossible(
            _("There is no section %(path)s in the document now. Load the page again and choose another one.")
            % {"path": path}
        )
    return section


def place(section: Section) -> Span:
    return opening(section.document, section.start, section.own_end)


def opening(document: Document, start: int, own_end: int) -> Span:
    """The first words of a section, by which it is found again."""
    return Span(start, max(start, min(start + WORDS, own_end))).strip(document.text)


def first_word(text: str, at: int) -> int:
    """The place of the first character that is no white space, from `at` on."""
    rest = text[max(0, at) :]
    return max(0, at) + len(rest) - len(rest.lstrip())
