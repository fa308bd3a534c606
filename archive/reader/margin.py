"""What stands beside the text of a document: notes on its directives, made without a template.

A long regulation has more than a thousand notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.models import Directive
from archive.reader.bylines import Names, ThemeNames, list_comma
from archive.reader.paths import path_to
from archive.reader.queries import STATUSES, Checked
from archive.reader.rendering import escaped, filled, joined
from archive.reader.rules import in_words
from archive.spans import Span

STEPS = 16
NOTES = '<details class="notes unfold"><summary>%s</summary><ol class="lead%s">%s</ol></details>'
NOTE = (
    '<li class="note %s s%s"><a class="note-number" href="#d%s">%s</a> <a class="modality" href="%s">%s</a> '
    '<span class="rule" title="%s" lang="%s">%s</span> %s<span class="actor">%s</span> '
    '<span class="note-themes">%s</span></li>'
)
STATUS = '<span class="status">%s</span> '
IN_THE_TEXT = '<span lang="%s">%s</span>'


class Note(NamedTuple):
    """What the page of a document says of a directive; `number` counts those of the document from 1."""

    number: int
    themes: Sequence[ThemeNames]
    pk: int
    start: int
    end: int
    modality: str
    status: str
    rule: str
    actor_text: str
    actor: str | None
    actor_en: str
    actor_zh: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def is_confirmed(self) -> bool:
        """A person found it, as it is or corrected, to be a directive."""
        return self.status in STATUSES[Checked.CONFIRMED]


class Margin:
    """Makes the notes of one page; names and addresses of themes and actors are looked up once.

    `lang` is the language of the document, as HTML names it.
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._names = Names()
        self._summaries: dict[int, SafeString] = {}
        self._modalities = {one.value: escaped(str(one.label)) for one in Directive.Modality}
        self._statuses = {one.value: filled(STATUS, str(one.label)) for one in Directive.Status}
        # Said only where a person has spoken: everything else is a suggestion of the machine.
        self._statuses[Directive.Status.SUGGESTED.value] = filled("")
        self._rule_title = escaped(_("the rule that found it"))
        self._rules: dict[str, tuple[SafeString, SafeString]] = {}
        self._between = list_comma()

    def notes(self, notes: Sequence[Note], within: Span) -> SafeString:
        """The folded list of notes beside a row whose text is `within`; each stands at the height of its directive."""
        starts = [max(within.start, note.start) for note in notes]
        shares = [share(end - start, within) for start, end in zip(starts, [*starts[1:], within.end], strict=True)]
        written = (self._note(note, part) for note, part in zip(notes, shares, strict=True))
        return filled(NOTES, self._counted(len(notes)), share(starts[0] - within.start, within), joined(written))

    def _counted(self, number: int) -> SafeString:
        if number not in self._summaries:
            words = ngettext("%(n)s directive", "%(n)s directives", number)
            self._summaries[number] = escaped(words % {"n": number})
        return self._summaries[number]

    def _note(self, note: Note, part: int) -> SafeString:
        """`part` is the share of the row's text that runs from the directive to the next one."""
        return filled(
            NOTE,
            *(note.modality, part, note.pk, note.number),
            *(path_to("directive", note.pk), self._modalities[note.modality], self._rule_title, *self._rule(note.rule)),
            *(self._statuses[note.status], self._actor(note)),
            joined((self._names.link("theme", *one).html for one in note.themes), self._between),
        )

    def _rule(self, rule: str) -> tuple[SafeString, SafeString]:
        """Language and words of a rule, looked up once."""
        if rule not in self._rules:
            words, language = in_words(rule)
            self._rules[rule] = escaped(language), escaped(words)
        return self._rules[rule]

    def _actor(self, note: Note) -> SafeString:
        if note.actor:
            return self._names.link("actor", note.actor, note.actor_en, note.actor_zh).html
        return filled(IN_THE_TEXT, self._lang, note.actor_text)


def share(characters: int, span: Span) -> int:
    """How much of a row's text these are, from 0 to `STEPS`; the style sheet sets notes by it."""
    return max(0, min(STEPS, round(STEPS * characters / max(1, len(span)))))
