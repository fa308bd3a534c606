"""Search without the index: slower, bounded, and said so on the page. Better than no answer while it is rebuilt."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from archive.models import Document, Section
from archive.search import rows
from archive.search.conditions import OF_SECTIONS, about_documents
from archive.search.facets import empty
from archive.search.matching import satisfies
from archive.search.page import SearchPage, SearchParams, Sort
from archive.search.sections import searchable
from archive.search.tokens import number_key, stem, units
from archive.search.tree import And, FieldBetween, FieldIs, Node, Not, Or, Word, Words

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
    """A condition on documents that holds for all that can match; the text decides afterwards."""
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
        case FieldIs(name, value, _span):
            return _field(name, value)
        case FieldBetween(name, low, high, _span):
            ends = [
                (f"issued_on{'__year' if name == 'year' else ''}__{end}", value)
                for end, value in (("gte", low), ("lte", high))
                if value
            ]
            return Q(*ends)
        case Not(part) if isinstance(part, FieldIs | FieldBetween):
            return ~_likely(part)
        case _ if isinstance(tree, Words):
            return _words(tree)
        case _:
            return Q()


def _field(name: str, value: str) -> Q:
    match name:
        case "theme":
            return Q(pk__in=Document.objects.filter(themes__key=value))
        case "source":
            return Q(issuer__slug=value) | Q(found_at__slug=value)
        case "lang":
            return Q(language=value)
        case "kind":
            return Q(kind=value)
        case "number":
            numbers = Document.objects.published().exclude(number="").values_list("pk", "number")
            return Q(pk__in=[pk for pk, number in numbers if number_key(number) == value])
        case _ if name in OF_SECTIONS:
            lookup = "actor__slug" if name == "actor" else "modality"
            return Q(pk__in=Document.objects.filter(**{f"directives__{lookup}": value}))
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


def _sections(documents: list[Document], tree: Node | None) -> list[int]:
    """The sections that match, in the order of the documents."""
    first_only = about_documents(tree)
    outline: dict[int, list[Section]] = {}
    for section in Section.objects.filter(document__in=documents).order_by("document", "ordinal"):
        outline.setdefault(section.document_id, []).append(section)
    found = []
    for document in documents:
        for section in outline.get(document.pk, [])[: 1 if first_only else None]:
            text = searchable(document.text[section.start : section.own_end], section.start, document.boilerplate)
            if section.ordinal == 0 and not document.title_in_text:
                text = f"{text}\n\n{document.title}"
            if satisfies(tree, text, document.title):
                found.append(section.pk)
    return found
