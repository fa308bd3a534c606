"""Themes: a tree of two levels, with the cue phrases by which they are found."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from archive.actions.outbox import announce_all
from archive.actions.vocabulary_changes import NotAccepted, one_at_a_time, record, write_phrases
from archive.actions.vocabulary_checks import Complaints, Cues, check_cues, check_required, complaints, joined
from archive.actions.vocabulary_words import current_vocabulary
from archive.analysis.vocabulary import LANGUAGES, LEXICON
from archive.models import DirectiveTheme, DocumentTheme, Theme, VocabularyChange

FIELDS = ("name_en", "name_zh", "definition_en", "definition_zh", "parent", "order")
WORDED = ("name_en", "name_zh", "definition_en", "definition_zh")
Kind, Verb = VocabularyChange.Kind, VocabularyChange.Verb


def cues_of(theme: Theme) -> dict[str, dict[str, float]]:
    """Language → phrase → weight, heaviest first: those of the lexicon, as administrators changed them."""
    words = current_vocabulary()
    return {
        language: dict(sorted(words.cues[language].get(theme.key, {}).items(), key=lambda cue: (-cue[1], cue[0])))
        for language in LANGUAGES
    }


def known_cues(theme: Theme) -> dict[str, set[str]]:
    """Language → phrases that the theme has, or has in the lexicon, which knows what it says twice."""
    now = cues_of(theme)
    return {language: {*now[language], *LEXICON.cues[language].get(theme.key, {})} for language in LANGUAGES}


@transaction.atomic
def save_theme(*, theme: Theme, cues: Cues, by: User | None) -> list[int]:
    """Add a theme (one without a primary key) or save its changed fields and cues; returns what is read again.

    NotAccepted says what cannot stand. A retired theme keeps its fields only: its cues are not looked at.
    """
    words = one_at_a_time()
    before = Theme.objects.filter(pk=theme.pk).first()
    checks = (
        check_required(words_of(theme)),
        check_cues(cues, known_cues(theme)),
        check_place(theme),
        check_key(theme),
    )
    if found := joined(*checks):
        raise NotAccepted(found)
    if before is None and not theme.order:
        theme.order = (Theme.objects.aggregate(last=Max("order"))["last"] or 0) + 1
    theme.save()
    data: dict[str, Any] = changed_fields(before, theme, FIELDS)
    if not theme.retired:
        for language in LANGUAGES:
            lexicon = {phrase: float(weight) for phrase, weight in LEXICON.cues[language].get(theme.key, {}).items()}
            if changed := write_phrases(theme, language, lexicon, dict(cues.get(language, {}))):
                data[f"cues_{language}"] = changed
    if not data:
        return []
    verb = Verb.CHANGED if before else Verb.ADDED
    return record(words, kind=Kind.THEME, verb=verb, name=theme.key, data=data, by=by)


def words_of(theme: Theme) -> dict[str, str]:
    return {field: getattr(theme, field) for field in WORDED}


def check_place(theme: Theme) -> Complaints:
    """Two levels: a theme with a parent has no children, and a parent has no parent."""
    found = complaints()
    parent = theme.parent
    if parent is None:
        return found
    if parent.pk == theme.pk:
        found["parent"].append(_("A theme is not its own parent."))
    elif parent.parent_id:
        found["parent"].append(
            _("“%s” is itself below another theme, and themes have two levels. Choose a theme of the first one.")
            % parent
        )
    elif parent.retired:
        found["parent"].append(_("“%s” is no longer given, so nothing is put below it.") % parent)
    elif theme.pk and theme.children.exists():
        found["parent"].append(_("This theme has others below it; move them first, for themes have two levels."))
    return found


def check_key(theme: Theme) -> Complaints:
    found = complaints()
    if not theme.key:
        found["key"].append(_("Fill this in: it may not be empty."))
    elif Theme.objects.filter(key=theme.key).exclude(pk=theme.pk).exists():
        found["key"].append(_("There is a theme “%s” already.") % theme.key)
    elif theme.pk and not Theme.objects.filter(pk=theme.pk, key=theme.key).exists():
        found["key"].append(_("The key is part of addresses and stays as it is."))
    return found


def changed_fields(before: Model | None, after: Model, fields: tuple[str, ...]) -> dict[str, Any]:
    """Field → [before, after] of those that differ, as text."""
    had = {field: plain(before, field) for field in fields}
    has = {field: plain(after, field) for field in fields}
    return {field: [had[field], has[field]] for field in fields if had[field] != has[field]}


def plain(row: Model | None, field: str) -> str:
    value = getattr(row, field, None)
    return "" if value is None else str(value)


@transaction.atomic
def retire_theme(*, theme: Theme, by: User | None) -> list[int]:
    """The theme is no longer given by machine; what people gave stays, and so does its page, with a notice."""
    words = one_at_a_time()
    theme = Theme.objects.get(pk=theme.pk)
    if theme.retired:
        raise NotAccepted({"": [_("This theme is not given any more as it is.")]})
    if theme.children.filter(retired=False).exists():
        raise NotAccepted({"": [_("This theme has others below it; move or retire them first.")]})
    theme.retired = True
    theme.save(update_fields=["retired"])
    return record(words, kind=Kind.THEME, verb=Verb.RETIRED, name=theme.key, data={}, by=by)


@transaction.atomic
def revive_theme(*, theme: Theme, by: User | None) -> list[int]:
    """A retired theme is given again; one that was merged stays where it is."""
    words = one_at_a_time()
    theme = Theme.objects.get(pk=theme.pk)
    if not theme.retired or theme.merged_into_id:
        raise NotAccepted({"": [_("Only a retired theme that was not merged can be given again.")]})
    theme.retired = False
    theme.save(update_fields=["retired"])
    return record(words, kind=Kind.THEME, verb=Verb.REVIVED, name=theme.key, data={}, by=by)


@transaction.atomic
def merge_themes(*, theme: Theme, into: Theme, by: User | None) -> list[int]:
    """Everything that has the theme has the other instead; its cues become the other's; its address leads there."""
    words = one_at_a_time()
    theme, into = (Theme.objects.get(pk=one.pk) for one in (theme, into))
    if found := check_merge(theme, into):
        raise NotAccepted({"into": [found]})
    cues = {language: joined_cues(theme, into, language) for language in LANGUAGES}
    tagged = [*tagged_with(theme)]
    move_given(theme, into)
    Theme.objects.filter(merged_into=theme).update(merged_into=into)
    theme.children.update(parent=into)
    theme.merged_into, theme.retired, theme.parent = into, True, None
    theme.save(update_fields=["merged_into", "retired", "parent"])
    for language in LANGUAGES:
        lexicon = {phrase: float(weight) for phrase, weight in LEXICON.cues[language].get(into.key, {}).items()}
        write_phrases(into, language, lexicon, cues[language])
    announce_all(tagged)
    data = {"into": ["", into.key], "documents": ["", str(len(set(tagged)))]}
    return record(words, kind=Kind.THEME, verb=Verb.MERGED, name=theme.key, data=data, by=by)


def check_merge(theme: Theme, into: Theme) -> str:
    if theme.pk == into.pk:
        return _("Choose another theme: one is not merged into itself.")
    if theme.merged_into_id:
        return _("“%s” was merged already.") % theme
    if into.retired:
        return _("“%s” is no longer given, so nothing is merged into it.") % into
    if into.parent_id and theme.children.exclude(pk=into.pk).exists():
        return _("“%(one)s” has themes below it and “%(other)s” is itself below another; move them first.") % {
            "one": theme,
            "other": into,
        }
    if into.parent_id == theme.pk:
        return _("“%(other)s” is below “%(one)s”: merge it upwards, or move it first.") % {"one": theme, "other": into}
    return ""


def joined_cues(theme: Theme, into: Theme, language: str) -> dict[str, float]:
    """The cues of both; where both have one, the heavier weight."""
    both = dict(cues_of(into)[language])
    for phrase, weight in cues_of(theme)[language].items():
        both[phrase] = max(weight, both.get(phrase, 0.0))
    return both


def tagged_with(theme: Theme) -> set[int]:
    """Numbers of the documents that have the theme, or a directive with it."""
    given = DocumentTheme.objects.filter(theme=theme).values_list("document_id", flat=True)
    told = DirectiveTheme.objects.filter(theme=theme).values_list("directive__document_id", flat=True)
    return {*given, *told}


def move_given(theme: Theme, into: Theme) -> None:
    """Rows of the one become the other's; where something has both, one stays, a person's before a machine's."""
    for model, owner in ((DocumentTheme, "document_id"), (DirectiveTheme, "directive_id")):
        rows = model._default_manager.filter(theme=theme)
        by_person = rows.filter(by_person=True).values(owner)
        model._default_manager.filter(theme=into, **{f"{owner}__in": by_person}).update(by_person=True)
        both = model._default_manager.filter(theme=into).values(owner)
        rows.filter(**{f"{owner}__in": both}).delete()
        rows.update(theme=into)
