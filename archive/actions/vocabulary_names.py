"""Actors and formulations: the words by which each is known; merged, and split."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from archive.actions.outbox import announce_all
from archive.actions.vocabulary_changes import NotAccepted, one_at_a_time, record, write_phrases
from archive.actions.vocabulary_checks import (
    Complaints,
    Names,
    check_taken,
    complaints,
    joined,
    key_from,
    nameless,
    twice,
    wordless,
)
from archive.actions.vocabulary_themes import changed_fields
from archive.actions.vocabulary_words import current_vocabulary
from archive.analysis.actors import key_of
from archive.analysis.vocabulary import LANGUAGES, LEXICON, Vocabulary
from archive.models import Actor, Directive, Formulation, VocabularyChange

Named = Actor | Formulation
T = TypeVar("T", Actor, Formulation)
Kind, Verb = VocabularyChange.Kind, VocabularyChange.Verb
FIELDS: dict[type, tuple[str, ...]] = {Actor: ("name_en", "name_zh"), Formulation: ("text_en", "text_zh", "kind")}
KINDS = {Actor: Kind.ACTOR, Formulation: Kind.FORMULATION}
READ_OUT = {Actor: "directives", Formulation: "occurrences"}
"""What was read out of documents and hangs on each."""


def names_of(row: Named) -> dict[str, list[str]]:
    """Language → the words by which texts are found to speak of it, without a formulation's own two."""
    return {
        language: sorted(set(known(row, language, current_vocabulary())) - {own(row, language)})
        for language in LANGUAGES
    }


def known(row: Named, language: str, words: Vocabulary) -> list[str]:
    names = words.actors if isinstance(row, Actor) else words.formulations
    return [name for name, key in names[language].items() if key == row.slug]


def own(row: Named, language: str) -> str:
    """A formulation is found by its text too; an actor's name is only what pages call it."""
    return str(getattr(row, f"text_{language}")) if isinstance(row, Formulation) else ""


@transaction.atomic
def save_names(*, row: Named, names: Names, by: User | None) -> list[int]:
    """Add an actor or formulation (without a primary key), or save its fields and words; returns what is read again."""
    words = one_at_a_time()
    before = type(row)._default_manager.filter(pk=row.pk).first()
    wanted = {language: tidy(row, language, names.get(language, ())) for language in LANGUAGES}
    if found := joined(check_own(row), check_words(row, wanted, words), check_slug(row)):
        raise NotAccepted(found)
    show_names(row, wanted)
    row.save()
    data: dict[str, Any] = changed_fields(before, row, FIELDS[type(row)])
    data |= write_names(row, wanted)
    if not data:
        return []
    verb = Verb.CHANGED if before else Verb.ADDED
    return record(words, kind=KINDS[type(row)], verb=verb, name=row.slug, data=data, by=by)


def tidy(row: Named, language: str, names: Iterable[str]) -> list[str]:
    """Single spaces, and for actors small letters, in which texts are compared; a formulation's own text first."""
    tidied = [" ".join(name.split()) for name in (own(row, language), *names)]
    if isinstance(row, Actor):
        tidied = [name.casefold() for name in tidied]
    return list(dict.fromkeys(name for name in tidied if name))


def show_names(row: Named, wanted: Names) -> None:
    """The list that pages show, beside what the row itself is called."""
    shown = [name for language in LANGUAGES for name in wanted[language] if name != own(row, language)]
    if isinstance(row, Actor):
        row.aliases = shown
    else:
        row.variants = shown


def write_names(row: Named, wanted: Names) -> dict[str, Any]:
    changed = {}
    for language in LANGUAGES:
        lexicon = dict.fromkeys(known(row, language, LEXICON))
        if one := write_phrases(row, language, lexicon, dict.fromkeys(wanted[language])):
            changed[f"words_{language}"] = one
    return changed


def check_own(row: Named) -> Complaints:
    found = complaints()
    if isinstance(row, Actor):
        for field in FIELDS[Actor]:
            if not getattr(row, field).strip():
                found[field].append(_("Fill this in: it may not be empty."))
    else:
        found["text_en"] += nameless(row.text_en, row.text_zh)
    if row.merged_into_id:
        found[""].append(_("This was merged into “%s”; change that one.") % row.merged_into)
    return found


def check_words(row: Named, wanted: Names, words: Vocabulary) -> Complaints:
    found = complaints()
    names = words.actors if isinstance(row, Actor) else words.formulations
    called = dict(type(row)._default_manager.values_list("slug", FIELDS[type(row)][0]))
    for language in LANGUAGES:
        field = f"words_{language}"
        others = {name.casefold(): called.get(key) or key for name, key in names[language].items() if key != row.slug}
        found[field] += wordless(wanted[language])
        if isinstance(row, Formulation):  # actors are compared by their letters
            found[field] += twice(
                wanted[language], language, known(row, language, words) + known(row, language, LEXICON)
            )
        found[field] += check_taken(field, wanted[language], others)[field]
    return found


def check_slug(row: Named) -> Complaints:
    found = complaints()
    if not row.slug:
        found["slug"].append(_("Fill this in: it may not be empty."))
    elif type(row)._default_manager.filter(slug=row.slug).exclude(pk=row.pk).exists():
        found["slug"].append(_("“%s” is taken already; choose another one.") % row.slug)
    return found


def fresh(row: T) -> T:
    """The row as the database has it now."""
    found: T = type(row)._default_manager.get(pk=row.pk)
    return found


@transaction.atomic
def merge_named(*, row: T, into: T, by: User | None) -> list[int]:
    """What was read as the one is the other's, with all its words; its address leads there."""
    words = one_at_a_time()
    row = fresh(row)
    into = fresh(into)
    if row.pk == into.pk or row.merged_into_id or into.merged_into_id:
        raise NotAccepted({"into": [_("Choose another one, which was not merged itself.")]})
    wanted = {language: words_of_both(row, into, language, words) for language in LANGUAGES}
    read = getattr(row, READ_OUT[type(row)])
    documents = set(read.values_list("document_id", flat=True))
    read.update(**{KINDS[type(row)].value: into})
    type(row)._default_manager.filter(merged_into=row).update(merged_into=into)
    row.phrases.all().delete()
    row.merged_into = into
    row.save(update_fields=["merged_into"])
    show_names(into, wanted)
    into.save()
    write_names(into, wanted)
    announce_all(documents)
    data = {"into": ["", into.slug], "documents": ["", str(len(documents))]}
    return record(words, kind=KINDS[type(row)], verb=Verb.MERGED, name=row.slug, data=data, by=by)


def words_of_both(row: Named, into: Named, language: str, words: Vocabulary) -> list[str]:
    both = [*known(into, language, words), *known(row, language, words), *called(row, language)]
    return list(dict.fromkeys(both))


def called(row: Named, language: str) -> list[str]:
    """The words that a row is called by itself, as words to be found."""
    return tidy(row, language, [getattr(row, f"{'name' if isinstance(row, Actor) else 'text'}_{language}")])


@transaction.atomic
def split_named(*, row: T, moving: Names, new: T, by: User | None) -> list[int]:
    """Some words of the row become those of a new one, and so does what was read by them. `new` is not yet saved."""
    words = one_at_a_time()
    row = fresh(row)
    new.slug = new.slug or key_from(getattr(new, FIELDS[type(new)][0]), 80)
    moved: dict[str, list[str]] = by_language(moving)
    kept = remaining(row, moved, words)
    if found := joined(check_own(new), check_slug(new), check_split(row, kept, moved)):
        raise NotAccepted(found)
    show_names(row, kept)
    row.save()
    show_names(new, moved)
    new.save()
    write_names(row, kept)
    write_names(new, {language: tidy(new, language, moved[language]) for language in LANGUAGES})
    move_decided(row, new, moved)
    data = {"new": ["", new.slug], "words": ["", ", ".join([*moved["en"], *moved["zh"]])]}
    return record(words, kind=KINDS[type(row)], verb=Verb.SPLIT, name=row.slug, data=data, by=by)


def by_language(names: Names) -> dict[str, list[str]]:
    return {language: [*names.get(language, ())] for language in LANGUAGES}


def remaining(row: Named, moved: dict[str, list[str]], words: Vocabulary) -> dict[str, list[str]]:
    return {
        language: [name for name in known(row, language, words) if name not in moved[language]]
        for language in LANGUAGES
    }


def move_decided(row: Named, new: Named, moved: Names) -> None:
    """Directives that a person confirmed as the machine read them go with their words; the others are read again."""
    if not isinstance(row, Actor):
        return
    keys = Vocabulary((), {}, {}, {language: dict.fromkeys(moved[language], new.slug) for language in LANGUAGES}, {})
    confirmed = row.directives.filter(status=Directive.Status.ACCEPTED)
    told = confirmed.values_list("pk", "actor_text", "document__language")
    going = [pk for pk, text, language in told if key_of(text, language, keys)]
    confirmed.filter(pk__in=going).update(actor=new)


def check_split(row: Named, kept: Names, moved: Names) -> Complaints:
    found = complaints()
    if not any(moved.values()):
        found["moving"].append(_("Choose the words that go to the new one."))
    elif not any(kept.values()):
        found["moving"].append(_("Leave at least one word where it is; to rename it, change its name instead."))
    if row.merged_into_id:
        found[""].append(_("This was merged into “%s”; split that one.") % row.merged_into)
    return found
