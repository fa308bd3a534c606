"""Other documents to read after one: of the same wording, of the same formulations and themes, and its neighbours.

Of the same wording are those whose fingerprints have a band in common (`archive.parallels`). What has the same
formulations and themes is ranked by the index of L. Adamic and E. Adar, “Friends and neighbors on the Web”, Social
Networks 25 (2003): each thing in common counts the less, the more documents have it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from django.db.models import F, IntegerField, Manager, QuerySet, Value
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.models import Document, DocumentTheme, Fingerprint, FingerprintBand, Occurrence
from archive.parallels import likeness
from archive.reader.bylines import LINK_IN, Names, list_comma
from archive.reader.document_parts import Phrase
from archive.reader.kept import kept, kept_order
from archive.reader.likeness import LEAST_LIKENESS
from archive.reader.lines import Titles, for_lines
from archive.reader.paths import path_to
from archive.reader.rendering import filled, joined

SHOWN = 5
NAMED = 4
"""Formulations in common that are named."""
FORMULATION, THEME, WORDING = 0, 1, 2
ENTRY = '<li class="entry">%s<p class="faint">%s</p></li>\n'


class Alike(NamedTuple):
    """A document, and the percentage of wording in common; 0 where it is too little to speak of."""

    document: int
    percent: int


class InCommon(NamedTuple):
    """A document, and the keys of the formulations and themes that it shares, the rarest first."""

    document: int
    formulations: tuple[int, ...]
    themes: tuple[int, ...]


class Relations(NamedTuple):
    """The documents that share most bands of fingerprints with one, and those that share most of the rest."""

    alike: tuple[Alike, ...]
    in_common: tuple[InCommon, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """What stands beside a document; `before` and `after` are its neighbours by date in its source."""

    entries: SafeString
    before: Document | None
    after: Document | None


def company(state: str, document: Document, phrases: Sequence[Phrase]) -> Company:
    """The company of a published document, whose formulations are given and whose themes are loaded."""
    relations = kept(state, related, document.pk)
    before, after = neighbours(state, document)
    alike = {one.document for one in relations.alike}
    in_common = [one for one in relations.in_common if one.document not in alike]
    wanted = {*alike, *(one.document for one in in_common), before, after} - {0}
    found = {row.pk: row for row in for_lines(list(wanted))}
    titles = Titles(Names())
    why = [(one.document, in_wording(one)) for one in relations.alike if one.percent]
    shared = [(one.document, what_is_shared(document, phrases, one)) for one in in_common if one.document in found]
    entries = (entry(titles, found[key], words) for key, words in [*why, *shared[:SHOWN]] if key in found)
    return Company(joined(entries), found.get(before), found.get(after))


def entry(titles: Titles, document: Document, why: SafeString | str) -> SafeString:
    """A document as an item of the list, with why it is there."""
    return filled(ENTRY, titles.of(document), why)


def in_wording(one: Alike) -> str:
    return _("about %(n)s %% of the wording in common") % {"n": one.percent}


def what_is_shared(document: Document, phrases: Sequence[Phrase], one: InCommon) -> SafeString:
    """The formulations and themes that both documents have."""
    known = {phrase.formulation: phrase for phrase in phrases}
    themes = {theme.pk: theme for theme in document.themes.all()}
    named = [known[key] for key in one.formulations if key in known]
    links = [filled(LINK_IN, path_to("formulation", phrase.slug), phrase.lang, phrase.words) for phrase in named]
    names = [themes[key].name for key in one.themes if key in themes]
    return filled("%s %s", _("In common:"), joined([*links, *names], list_comma()))


def related(document: int) -> Relations:
    """The published documents that have most in common with one."""
    owners: dict[tuple[int, int], set[int]] = defaultdict(set)
    for other, thing, layer in in_common_with(document):
        owners[layer, thing].add(other)
    bands: Counter[int] = Counter()
    scores: dict[int, float] = defaultdict(float)
    things: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for thing, others in sorted(owners.items(), key=lambda item: (len(item[1]), item[0])):
        if thing[0] == WORDING:
            bands.update(others)
            continue
        for other in others:
            scores[other] += 1 / log(1 + len(others))
            things[other].append(thing)
    alike = sorted(bands, key=lambda other: (-bands[other], other))[:SHOWN]
    best = sorted(scores, key=lambda other: (-scores[other], other))[: 2 * SHOWN]
    shared = (InCommon(other, of(FORMULATION, things[other])[:NAMED], of(THEME, things[other])) for other in best)
    return Relations(measured(document, alike), tuple(shared))


def in_common_with(document: int) -> QuerySet:
    """(document, thing, layer) of each formulation, theme and band of fingerprints that a published document shares."""
    return owners_of(Occurrence.objects, "formulation", document, FORMULATION).union(
        owners_of(DocumentTheme.objects, "theme", document, THEME),
        owners_of(FingerprintBand.objects, "key", document, WORDING),
    )


def owners_of(rows: Manager, field: str, document: int, layer: int) -> QuerySet:
    """The others that have what a document has in a field of its rows."""
    own = rows.filter(document=document).order_by().values(field)
    return (
        rows.filter(document__state=Document.State.PUBLISHED, **{f"{field}__in": own})
        .exclude(document=document)
        .order_by()
        .annotate(thing=F(field), layer=Value(layer, IntegerField()))
        .values_list("document", "thing", "layer")
    )


def of(layer: int, things: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(thing for one, thing in things if one == layer)


def measured(document: int, others: Sequence[int]) -> tuple[Alike, ...]:
    """The others with their share of wording; 0 where it is too little to speak of, or of another method."""
    if not others:
        return ()
    known = Fingerprint.objects.in_bulk([document, *others], field_name="document_id")
    return tuple(Alike(other, percentage(known.get(document), known.get(other))) for other in others)


def percentage(one: Fingerprint | None, two: Fingerprint | None) -> int:
    if one is None or two is None or one.method != two.method:
        return 0
    share = likeness(bytes(one.signature), bytes(two.signature))
    return round(100 * share) if share >= LEAST_LIKENESS else 0


def neighbours(state: str, document: Document) -> tuple[int, int]:
    """The keys of the documents before and after one by date, of its issuer or else of where it was found; 0: none."""
    source = document.issuer_id or document.found_at_id
    if source is None:
        return 0, 0
    rows = Document.objects.published().filter(**{"issuer" if document.issuer_id else "found_at": source})
    order = list(kept_order(state, rows.order_by(F("issued_on").asc(nulls_last=True), "pk"), ("neighbours", source)))
    if document.pk not in order:
        return 0, 0
    place = order.index(document.pk)
    return (order[place - 1] if place else 0), (order[place + 1] if place + 1 < len(order) else 0)
