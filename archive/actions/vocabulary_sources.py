"""Sources: bodies that issue documents and places where copies are found; their names, places and mergers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from archive.actions.outbox import announce_all
from archive.actions.rereading import live_documents
from archive.actions.vocabulary_changes import NotAccepted, one_at_a_time, record
from archive.actions.vocabulary_checks import Complaints, check_taken, complaints, joined, nameless, wordless
from archive.actions.vocabulary_themes import changed_fields
from archive.models import Document, Source, VocabularyChange

FIELDS = ("name_en", "name_zh", "kind", "parent", "place", "url", "aliases")
Kind, Verb = VocabularyChange.Kind, VocabularyChange.Verb


@transaction.atomic
def save_source(*, source: Source, by: User | None) -> list[int]:
    """Add a source or save its fields. Documents that name it, or no longer, are read again."""
    words = one_at_a_time()
    before = Source.objects.filter(pk=source.pk).first()
    source.aliases = [*dict.fromkeys(tidied for alias in source.aliases if (tidied := " ".join(alias.split())))]
    if found := joined(check_name(source), check_parent(source), check_aliases(source)):
        raise NotAccepted(found)
    source.save()
    data = changed_fields(before, source, FIELDS)
    if not data:
        return []
    verb = Verb.CHANGED if before else Verb.ADDED
    names = set(names_of(source)) ^ set(names_of(before) if before else ())
    return record(words, kind=Kind.SOURCE, verb=verb, name=source.slug, data=data, by=by, also=naming(names))


def names_of(source: Source) -> Iterator[str]:
    """All names of a source, in small letters."""
    yield from (name.casefold() for name in (source.name_en, source.name_zh, *source.aliases) if name)


def naming(names: Iterable[str]) -> set[int]:
    """Live documents in which the machine read one of these names as issuer or place of finding."""
    asked = [Q(**{f"facts__{field}__value__iexact": name}) for name in names for field in ("issuer", "found_at")]
    if not asked:
        return set()
    return set(live_documents().filter(reduce(or_, asked)).values_list("pk", flat=True))


def check_name(source: Source) -> Complaints:
    found = complaints()
    found["name_en"] += nameless(source.name_en, source.name_zh)
    if not source.slug:
        found["slug"].append(_("Fill this in: it may not be empty."))
    elif Source.objects.filter(slug=source.slug).exclude(pk=source.pk).exists():
        found["slug"].append(_("“%s” is taken already; choose another one.") % source.slug)
    if source.merged_into_id:
        found[""].append(_("This was merged into “%s”; change that one.") % source.merged_into)
    return found


def check_parent(source: Source) -> Complaints:
    """No source is above itself, over however many steps."""
    found = complaints()
    above, seen = source.parent, set()
    while above is not None and above.pk not in seen:
        if above.pk == source.pk and source.pk is not None:
            found["parent"].append(_("“%s” is below this source, so it cannot be above it.") % source.parent)
            return found
        seen.add(above.pk)
        above = above.parent
    return found


def check_aliases(source: Source) -> Complaints:
    found = complaints()
    found["aliases"] += wordless(source.aliases)
    owners = {
        name: str(other)
        for other in Source.objects.exclude(pk=source.pk).filter(merged_into=None)
        for name in names_of(other)
    }
    for field, names in (("name_en", [source.name_en]), ("name_zh", [source.name_zh]), ("aliases", source.aliases)):
        found[field] += check_taken(field, [name for name in names if name], owners)[field]
    return found


@transaction.atomic
def merge_sources(*, source: Source, into: Source, by: User | None) -> list[int]:
    """Everything of the one is the other's, with its names; its address leads there. No document is read again."""
    words = one_at_a_time()
    source, into = (Source.objects.get(pk=one.pk) for one in (source, into))
    if source.pk == into.pk or source.merged_into_id or into.merged_into_id:
        raise NotAccepted({"into": [_("Choose another one, which was not merged itself.")]})
    documents = set(Document.objects.filter(Q(issuer=source) | Q(found_at=source)).values_list("pk", flat=True))
    Document.objects.filter(issuer=source).update(issuer=into)
    Document.objects.filter(found_at=source).update(found_at=into)
    if into.parent_id == source.pk:
        into.parent = source.parent
    source.children.exclude(pk=into.pk).update(parent=into)
    Source.objects.filter(merged_into=source).update(merged_into=into)
    known = {*names_of(into)}
    gained = [name for name in (source.name_en, source.name_zh, *source.aliases) if name]
    into.aliases = [*into.aliases, *(name for name in dict.fromkeys(gained) if name.casefold() not in known)]
    into.save()
    source.merged_into, source.parent = into, None
    source.save(update_fields=["merged_into", "parent"])
    announce_all(documents)
    data = {"into": ["", into.slug], "documents": ["", str(len(documents))]}
    return record(words, kind=Kind.SOURCE, verb=Verb.MERGED, name=source.slug, data=data, by=by)
