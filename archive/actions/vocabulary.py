"""Rows for what readings name: sources, actors, formulations."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from django.db.models import Q
from django.utils.text import slugify

from archive.analysis import actors, formulations
from archive.models import Actor, Formulation, Source

Named = TypeVar("Named", Actor, Formulation)
KIND_CUES = (
    (Source.Kind.STATION, ("police station", "派出所")),
    (Source.Kind.PARTY, ("committee of the communist party", "party committee", "党委", "党组", "政法委", "中共")),
    (Source.Kind.COURT, ("court", "procuratorate", "法院", "检察院")),
    (Source.Kind.MINISTRY, ("ministry", "公安部", "司法部", "民政部")),
    (Source.Kind.BUREAU, ("bureau", "department", "police", "局", "厅", "支队", "大队", "总队")),
    (Source.Kind.GOVERNMENT, ("government", "state council", "council", "政府", "国务院", "办公室", "办公厅")),
)


def source_named(name: str, *, kind: Source.Kind | None = None) -> Source:
    """The source of that name or alias, made when it is new; without `kind` the kind is guessed from the name."""
    name = " ".join(name.split())[:200]
    known = Source.objects.filter(Q(name_en__iexact=name) | Q(name_zh=name)).first() or source_with_alias(name)
    if known:
        return known.merged_into or known
    language = "name_zh" if any("一" <= character <= "鿿" for character in name) else "name_en"
    slug = slugify(name, allow_unicode=True)[:80] or "source"
    return Source.objects.get_or_create(slug=slug, defaults={language: name, "kind": kind or guess_kind(name)})[0]


def source_with_alias(name: str) -> Source | None:
    folded = name.casefold()
    for source in Source.objects.exclude(aliases=[]):
        if folded in (alias.casefold() for alias in source.aliases):
            return source
    return None


def guess_kind(name: str) -> Source.Kind:
    folded = name.casefold()
    return next((kind for kind, cues in KIND_CUES if any(cue in folded for cue in cues)), Source.Kind.OTHER)


@cache
def lexicon_actors() -> dict[str, actors.Actor]:
    return {actor.key: actor for actor in actors.all_actors()}


@cache
def lexicon_formulations() -> dict[str, formulations.FormulationEntry]:
    return {entry.key: entry for entry in formulations.vocabulary()}


def actor_for(key: str) -> Actor | None:
    """The actor of a key of the vocabulary, made when it is new; None for no key."""
    if not key:
        return None
    known = lexicon_actors().get(key)
    if known is None:
        return standing(Actor, key)
    aliases = [alias for names in known.aliases.values() for alias in names]
    defaults = {"name_en": known.name_en, "name_zh": known.name_zh, "aliases": aliases}
    return Actor.objects.get_or_create(slug=key, defaults=defaults)[0]


def standing(model: type[Named], slug: str) -> Named | None:
    """The row of that slug, or what it was merged into; None where there is none."""
    row = model._default_manager.filter(slug=slug).select_related("merged_into").first()
    return (row.merged_into or row) if row else None


def formulation_for(*, key: str, quote: str, language: str) -> Formulation | None:
    """The formulation of a lexicon key, or the one discovered under these words; None for words without a letter."""
    if key:
        known = lexicon_formulations().get(key)
        if known is None:
            return standing(Formulation, key)
        variants = [*known.variants_en, *known.variants_zh]
        defaults: dict[str, Any] = {"text_en": known.text_en, "text_zh": known.text_zh, "kind": known.kind}
        return Formulation.objects.get_or_create(slug=key, defaults=defaults | {"variants": variants})[0]
    words = " ".join(quote.split())[:300]
    slug = slugify(words, allow_unicode=True)[:120]
    if not slug:
        return None
    defaults = {"text_zh" if language == "zh" else "text_en": words, "discovered": True}
    discovered = Formulation.objects.get_or_create(slug=slug, defaults=defaults)[0]
    return discovered.merged_into or discovered
