"""What stands beside the text of a document: notes on its directives, made without a template.

A long regulation has more than a thousand notes; `format_html` escapes as a template does, in a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.models import Actor, Directive, Theme

STEPS = 16


@dataclass(frozen=True, slots=True)
class Note:
    """A directive, its number within the document, and how much of its row's text runs from it to the next one.

    `share` goes from 0 to `STEPS`; by it the style sheet sets the note at the height of its directive.
    """

    directive: Directive
    number: int
    share: int = 0


@dataclass(slots=True)
class Margin:
    """Makes the notes of one page; names and addresses of themes and actors are looked up once.

    `lang` is the language of the document, as HTML names it.
    """

    lang: str
    names: dict[tuple[str, int], SafeString] = field(default_factory=dict)
    modalities: dict[str, str] = field(
        default_factory=lambda: {one.value: str(one.label) for one in Directive.Modality}
    )
    statuses: dict[str, str] = field(default_factory=lambda: {one.value: str(one.label) for one in Directive.Status})
    rule_title: str = field(default_factory=lambda: _("the rule that found it"))

    def notes(self, notes: Sequence[Note], lead: int) -> SafeString:
        """The folded list of notes beside a row; `lead` is the share of the row before its first directive."""
        count = len(notes)
        summary = ngettext("%(n)s directive", "%(n)s directives", count) % {"n": count}
        return format_html(
            '<details class="notes unfold"><summary>{}</summary><ol class="lead{}">{}</ol></details>',
            summary,
            lead,
            format_html_join("", "{}", ((self.note(note),) for note in notes)),
        )

    def note(self, note: Note) -> SafeString:
        directive = note.directive
        return format_html(
            '<li class="note {modality} s{share}"><a class="note-number" href="#{anchor}">{number}</a> '
            '<a class="modality" href="{href}">{label}</a> <span class="rule" title="{title}">{rule}</span> '
            '{status}<span class="actor">{actor}</span> <span class="note-themes">{themes}</span></li>',
            modality=directive.modality,
            share=note.share,
            anchor=directive.anchor,
            number=note.number,
            href=reverse("directive", args=[directive.pk]),
            label=self.modalities[directive.modality],
            status=self.status(directive),
            actor=self.actor(directive),
            themes=format_html_join(
                ", ", "{}", ((self.link(one.theme),) for one in directive.directivetheme_set.all())
            ),
            title=self.rule_title,
            rule=directive.rule,
        )

    def actor(self, directive: Directive) -> SafeString:
        if directive.actor:
            return self.link(directive.actor)
        return format_html('<span lang="{}">{}</span>', self.lang, directive.actor_text)

    def status(self, directive: Directive) -> SafeString | str:
        """Said only where a person has spoken: everything else is a suggestion of the machine."""
        if directive.status == Directive.Status.SUGGESTED:
            return ""
        return format_html('<span class="status">{}</span> ', self.statuses[directive.status])

    def link(self, named: Theme | Actor) -> SafeString:
        key = (type(named).__name__, named.pk)
        if key not in self.names:
            self.names[key] = format_html('<a href="{}">{}</a>', named.get_absolute_url(), named.name)
        return self.names[key]
