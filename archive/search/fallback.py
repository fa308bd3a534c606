"""Search without the index: slower, bounded, and said so on the page. Better than no answer while it is rebuilt."""

from __future__ import annotations

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from archive.models import Directive, Document, Section
from archive.search import rows
from archive.search.conditions import OF_SECTIONS, about_documents
from archive.search.facets import empty
from archive.search.matching import Holds, satisfies
from archive.search.page import SearchPage, SearchParams, Sort
from archive.search.sections import indexed_text
from archive.search.tokens import number_key, stem, units
from archive.search.tree import And, FieldBetween, FieldIs, Near, Node, Or, Phrase, Prefix, Word, Words, leaves

DOCUMENTS = 300
"""Documents whose text is looked through, the newest first."""


def search(params: SearchParams, tree: Node | None) -> SearchPage:
    """A page from the database alone: no facets, no ranking, at most DOCUMENTS documents."""
    documents = _sorted(_candidates(params, tree), params)[: DOCUMENTS + 1]
    found = _sections(list(documents[:DOCUMENTS]), tree)
    start = (max(1, params.page) - 1) * params.page_size
    page = [(pk, 0.0) for pk in found[start : start + params.page_size]]
    notice = _("The search index is not ready: these results come straight from the database, without filters' counts.")
    if len(documents) > DOCUMENTS:
        notice += " " + _("Only %(number)s documents were looked through.") % {"number": DOCUMENTS}
    return SearchPage(params, len(found), rows.hits(page, tree), empty(), notice=notice)


def _candidates(params: SearchParams, tree: Node | None) -> QuerySet[Document]:
    found = Document.objects.published()
    if params.themes:
        found = found.filter(pk__in=Document.objects.filter(themes__key__in=params.themes))
    if params.sources:
        found = found.filter(Q(issuer__slug__in=params.sources) | Q(found_at__slug__in=params.sources))
    if params.languages:
        found = found.filter(language__in=params.languages)
    if params.kinds:
        found = found.filter(kind__in=params.kinds)
    if params.year_from is not None:
        found = found.filter(issued_on__year__gte=params.year_from)
    if params.year_to is not None:
        found = found.filter(issued_on__year__lte=params.year_to)
    return found.filter(_likely(tree)) if tree is not None else found


def _sorted(found: QuerySet[Document], params: SearchParams) -> QuerySet[Document]:
    if params.sort is Sort.TITLE:
        return found.order_by("title", "pk")
    return found.order_by("issued_on", "pk") if params.sort is Sort.OLDEST else found.order_by("-issued_on", "pk")


def _likely(tree: Node) -> Q:
    """A condition on documents that holds for all that can match; `satisfies` decides afterwards."""
    match tree:
        case And(parts):
            made = Q()
            for part in parts:
                made &= _likely(part)
            return made
        case Or(parts):
            made = Q(pk__in=[])
            for part in parts:
                made |= _likely(part)
            return made
        case FieldIs(name) if name in OF_SECTIONS:
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


def _sections_with(leaf: FieldIs | FieldBetween) -> set[int]:
    """The published sections for which a condition on a field holds."""
    public = Section.objects.published()
    if isinstance(leaf, FieldIs) and leaf.name in OF_SECTIONS:
        shown = Directive.objects.public()
        named = shown.filter(actor__slug=leaf.value) if leaf.name == "actor" else shown.filter(modality=leaf.value)
        return set(public.filter(directives__in=named).values_list("pk", flat=True))
    return set(public.filter(document__in=_documents_with(leaf)).values_list("pk", flat=True))


def _sections(documents: list[Document], tree: Node | None) -> list[int]:
    """The sections that match, in the order of the documents."""
    first_only = about_documents(tree)
    having = {leaf: _sections_with(leaf) for leaf in leaves(tree) if isinstance(leaf, FieldIs | FieldBetween)}
    prefetch_related_objects(documents, "sections")
    return [
        section.pk
        for document in documents
        for section in list(document.sections.all())[: 1 if first_only else None]
        if satisfies(tree, indexed_text(section, section.own_text), document.title, _among(section.pk, having))
    ]


def _among(section: int, having: dict[FieldIs | FieldBetween, set[int]]) -> Holds:
    return lambda leaf: section in having[leaf]
