"""Search without the index: slower, bounded, and said so on the page. Better than no answer while it is rebuilt."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from archive.models import Directive, Document, Section
from archive.search import rows
from archive.search.asking import SHOWN_OF_DOCUMENT
from archive.search.conditions import OF_SECTIONS, lists_documents
from archive.search.facets import empty
from archive.search.matching import Holds, satisfies
from archive.search.page import Grain, SearchPage, SearchParams, Sort
from archive.search.sections import indexed_text
from archive.search.tokens import number_key, stem, units
from archive.search.tree import And, FieldBetween, FieldIs, Near, Node, Or, Phrase, Prefix, Word, Words, leaves

if TYPE_CHECKING:
    from archive.models.annotations import DirectiveQuerySet

T = TypeVar("T")

DOCUMENTS = 300
"""Documents whose text is looked through, in the order of the results, else the newest."""


def search(params: SearchParams, tree: Node | None) -> SearchPage:
    """A page from the database alone: no facets, no ranking, at most DOCUMENTS documents."""
    documents = _sorted(_candidates(params, tree), params)[: DOCUMENTS + 1]
    looked_through = list(documents[:DOCUMENTS])
    notice = _("The search index is not ready: these results come straight from the database, without filters' counts.")
    if len(documents) > DOCUMENTS:
        notice += f" {_looked_through(params.sort)}"
    if params.grain is Grain.DIRECTIVES:
        found = directives(params, looked_through, tree)
        hits = rows.of_directives(_page(found, params), tree)
        return SearchPage(params, len(found), hits, empty(), notice=notice)
    by_document = sections(params, looked_through, tree)
    grouped = params.grouped or params.grain is Grain.DOCUMENTS
    shown = SHOWN_OF_DOCUMENT if params.grain is Grain.PASSAGES else 1
    groups = by_document if grouped else [[pk] for found in by_document for pk in found]
    here = [(found[:shown], len(found)) for found in _page(groups, params)]
    hits = rows.grouped(here, tree)
    total = sum(map(len, by_document)) if params.grain is Grain.PASSAGES else len(groups)
    return SearchPage(params, total, hits, empty(), notice=notice, documents=len(groups) if grouped else 0)


def _looked_through(sort: Sort) -> str:
    """Which documents were looked through, where there are too many for the database."""
    told = {
        Sort.OLDEST: _("Only the %(number)s oldest documents that can match were looked through."),
        Sort.TITLE: _("Only the first %(number)s documents by title that can match were looked through."),
    }
    newest = _("Only the %(number)s newest documents that can match were looked through.")
    return told.get(sort, newest) % {"number": DOCUMENTS}


def _page(found: list[T], params: SearchParams) -> list[T]:
    start = (max(1, params.page) - 1) * params.page_size
    return found[start : start + params.page_size]


def _candidates(params: SearchParams, tree: Node | None) -> QuerySet[Document]:
    found = Document.objects.published()
    if params.document is not None:
        found = found.filter(pk=params.document)
    if params.themes and params.grain is not Grain.DIRECTIVES:
        found = found.filter(pk__in=Document.objects.filter(themes__key__in=params.themes))
    if params.sources:
        found = found.filter(Q(issuer__slug__in=params.sources) | Q(found_at__slug__in=params.sources))
    chosen = {
        "issuer__slug__in": params.issuers,
        "found_at__slug__in": params.places,
        "language__in": params.languages,
        "kind__in": params.kinds,
    }
    found = found.filter(**{condition: values for condition, values in chosen.items() if values})
    if params.year_from is not None:
        found = found.filter(issued_on__year__gte=params.year_from)
    if params.year_to is not None:
        found = found.filter(issued_on__year__lte=params.year_to)
    return found.filter(_likely(tree, params.grain)) if tree is not None else found


def _sorted(found: QuerySet[Document], params: SearchParams) -> QuerySet[Document]:
    if params.sort is Sort.TITLE:
        return found.order_by("title", "pk")
    return found.order_by("issued_on", "pk") if params.sort is Sort.OLDEST else found.order_by("-issued_on", "pk")


def _likely(tree: Node, grain: Grain) -> Q:
    """A condition on documents that holds for all that can match; `satisfies` decides afterwards."""
    match tree:
        case And(parts):
            made = Q()
            for part in parts:
                made &= _likely(part, grain)
            return made
        case Or(parts):
            likely = [_likely(part, grain) for part in parts]
            # an empty Q holds for all, but joined by | it would be left out
            return reduce(or_, likely) if all(likely) else Q()
        case FieldIs(name) if name in OF_SECTIONS or (name == "theme" and grain is Grain.DIRECTIVES):
            return Q()
        case FieldIs() | FieldBetween():
            return Q(pk__in=_documents_with(tree).values("pk"))
        case Word() | Phrase() | Prefix() | Near():
            return _words(tree)
        case _:
            return Q()


def _words(leaf: Words) -> Q:
    """Documents whose text has the first letters of each plain word; folded writing is left to the text itself."""
    made = Q()
    for unit in units(leaf.text):
        if not unit.han and unit.text.isascii():
            beginning = stem(unit.text)[:-1] if isinstance(leaf, Word) else unit.text
            made &= Q(text__icontains=beginning) | Q(title__icontains=beginning)
    return made


def _documents_with(leaf: FieldIs | FieldBetween) -> QuerySet[Document]:
    """The published documents for which a condition on a field of documents holds."""
    public = Document.objects.published()
    if isinstance(leaf, FieldBetween):
        part = "__year" if leaf.name == "year" else ""
        ends = {f"issued_on{part}__{end}": value for end, value in (("gte", leaf.low), ("lte", leaf.high)) if value}
        return public.filter(**ends)
    if leaf.name == "number":
        numbers = public.values_list("pk", "number", "number_as_typed")
        return public.filter(pk__in=[pk for pk, *each in numbers if leaf.value in map(number_key, each)])
    conditions = {
        "theme": Q(themes__key=leaf.value),
        "source": Q(issuer__slug=leaf.value) | Q(found_at__slug=leaf.value),
        "lang": Q(language=leaf.value),
        "kind": Q(kind=leaf.value),
    }
    return public.filter(conditions[leaf.name])


def _told(params: SearchParams) -> DirectiveQuerySet:
    """The public directives that have the chosen actors and modalities."""
    shown = Directive.objects.public()
    if params.actors:
        shown = shown.filter(actor__slug__in=params.actors)
    return shown.filter(modality__in=params.modalities) if params.modalities else shown


def _sections_of(params: SearchParams) -> set[int] | None:
    """The sections that have the chosen actors and modalities, each maybe in another directive; None for all."""
    if not params.actors and not params.modalities:
        return None
    with_actor = {*_told(replace(params, modalities=())).values_list("section", flat=True)}
    return with_actor & {*_told(replace(params, actors=())).values_list("section", flat=True)}


def _having(leaf: FieldIs | FieldBetween, grain: Grain) -> set[int]:
    """The public sections or directives for which a condition on a field holds."""
    shown = Directive.objects.public()
    own = {"actor": "actor__slug", "modality": "modality", "theme": "themes__key"}
    if isinstance(leaf, FieldIs) and grain is Grain.DIRECTIVES and leaf.name in own:
        return set(shown.filter(**{own[leaf.name]: leaf.value}).values_list("pk", flat=True))
    if isinstance(leaf, FieldIs) and leaf.name in OF_SECTIONS:
        named = shown.filter(**{own[leaf.name]: leaf.value})
        return set(Section.objects.published().filter(directives__in=named).values_list("pk", flat=True))
    public = shown if grain is Grain.DIRECTIVES else Section.objects.published()
    return set(public.filter(document__in=_documents_with(leaf)).values_list("pk", flat=True))


def _conditions(tree: Node | None, grain: Grain) -> dict[FieldIs | FieldBetween, set[int]]:
    return {leaf: _having(leaf, grain) for leaf in leaves(tree) if isinstance(leaf, FieldIs | FieldBetween)}


def sections(params: SearchParams, documents: list[Document], tree: Node | None) -> list[list[int]]:
    """The sections that match, document by document, in the order of the documents."""
    first_only = lists_documents(params, tree)
    having, among = _conditions(tree, params.grain), _sections_of(params)
    prefetch_related_objects(documents, "sections")
    found = [
        [
            section.pk
            for section in list(document.sections.all())[: 1 if first_only else None]
            if (among is None or section.pk in among)
            and satisfies(tree, indexed_text(section, section.own_text), document.title, _among(section.pk, having))
        ]
        for document in documents
    ]
    return [matching for matching in found if matching]


def directives(params: SearchParams, documents: list[Document], tree: Node | None) -> list[int]:
    """The directives that match, in the order of the documents."""
    having = _conditions(tree, params.grain)
    chosen = _told(params).filter(document__in=documents)
    if params.themes:
        chosen = chosen.filter(pk__in=Directive.objects.filter(themes__key__in=params.themes))
    by_document: defaultdict[int, list[Directive]] = defaultdict(list)
    for row in chosen.order_by("start", "pk"):
        by_document[row.document_id].append(row)
    return [
        row.pk
        for document in documents
        for row in by_document[document.pk]
        if satisfies(tree, row.quote, document.title, _among(row.pk, having))
    ]


def _among(row: int, having: dict[FieldIs | FieldBetween, set[int]]) -> Holds:
    return lambda leaf: row in having[leaf]
