"""The tree of a query → Haystack's SQ, which any engine compiles in its own way."""

from __future__ import annotations

from datetime import date

from haystack.backends import SQ
from haystack.inputs import Clean, Exact

from archive.search.inputs import Near as NearInput
from archive.search.lexing import STARS, named
from archive.search.page import Grain, QueryWarning, SearchParams
from archive.search.tree import (
    And,
    FieldBetween,
    FieldIs,
    InTitle,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    Words,
    joined,
    leaves,
)
from archive.search.vocabulary import FIELDS, numbers_beginning, slugs

FACETS = {
    "theme": "themes",
    "source": "sources",
    "issuer": "issuers",
    "place": "places",
    "kind": "kinds",
    "year": "year",
    "language": "languages",
    "actor": "actors",
    "modality": "modalities",
}
"""Facet of a page → field of the index."""

NUMBERS = 500
"""Document numbers with the same beginning that are searched for, the first by alphabet."""
OF_SECTIONS = ("actor", "modality")
"""Fields that differ between the sections of one document; facets of the same names."""


def resolved(tree: Node | None) -> tuple[Node | None, tuple[QueryWarning, ...]]:
    """The tree with slugs for names; what names nothing in the archive is taken out, with a warning."""
    warnings: list[QueryWarning] = []
    return (_resolved(tree, warnings) if tree is not None else None), tuple(warnings)


def _resolved(tree: Node, warnings: list[QueryWarning]) -> Node | None:
    match tree:
        case And(parts) | Or(parts):
            kept = tuple(new for part in parts if (new := _resolved(part, warnings)) is not None)
            return joined(type(tree), kept)
        case Not(part):
            new = _resolved(part, warnings)
            return None if new is None else Not(new)
        case FieldIs(name) if name in FIELDS:
            return _named(tree, slugs(name, tree.value, whole=tree.whole), warnings)
        case FieldIs("number", value) if value[-1] in STARS:
            return _named(tree, numbers_beginning(value[:-1])[:NUMBERS], warnings)
        case _:
            return tree


def _named(leaf: FieldIs, found: tuple[str, ...], warnings: list[QueryWarning]) -> Node | None:
    """The condition for any of the values that a name stands for; one that stands for none is told."""
    if not found:
        told = (("name", named(leaf.name)), ("value", leaf.value))
        warnings.append(
            QueryWarning(
                "No %(name)s in the archive is called “%(value)s”; the condition was left out.", leaf.span, told
            )
        )
        return None
    meant = tuple(FieldIs(leaf.name, value, leaf.span) for value in found)
    return joined(Or, meant)


def condition(tree: Node) -> SQ:
    """A resolved tree as SQ."""
    match tree:
        case And(parts):
            return SQ(*map(condition, parts))
        case Or(parts):
            return SQ(*map(condition, parts), _connector=SQ.OR)
        case Not(part):
            return ~condition(part)
        case InTitle(body):
            return words("title", body)
        case FieldIs(name, value, _):
            return SQ(**{FIELDS[name][0] if name in FIELDS else "numbers": value})
        case FieldBetween():
            return between(tree)
        case _:
            return words("content", tree)


def words(field: str, leaf: Words) -> SQ:
    match leaf:
        case Word(text, _):
            return SQ(**{field: Clean(text)})
        case Phrase(text, _):
            return SQ(**{field: Exact(text)})
        case Prefix(text, _):
            return SQ(**{f"{field}__startswith": text})
        case Near(text, slop, _):
            return SQ(**{field: NearInput(text, slop)})


def between(leaf: FieldBetween) -> SQ:
    ends = {"gte": leaf.low, "lte": leaf.high}
    read = int if leaf.name == "year" else date.fromisoformat
    given = {f"{leaf.name}__{end}": read(value) for end, value in ends.items() if value}
    return SQ(*given.items())


def chosen(params: SearchParams) -> dict[str, tuple[str, ...]]:
    """Facet → the values that the reader has chosen in it; years are no single values."""
    return {
        "theme": params.themes,
        "source": params.sources,
        "issuer": params.issuers,
        "place": params.places,
        "kind": params.kinds,
        "language": params.languages,
        "actor": params.actors,
        "modality": params.modalities,
    }


def filters(params: SearchParams) -> dict[str, SQ]:
    """Facet → the condition that the reader has chosen in it; the document to look into is one of them."""
    made = {facet: SQ(**{f"{FACETS[facet]}__in": values}) for facet, values in chosen(params).items() if values}
    years = [("year__gte", params.year_from), ("year__lte", params.year_to)]
    if given := [(expression, year) for expression, year in years if year is not None]:
        made["year"] = SQ(*given)
    if params.document is not None:
        made["document"] = SQ(document=params.document)
    return made


def joins_words(tree: Node | None) -> bool:
    """Whether a query asks for several things that must be true of one section, or for one that must be absent there.

    A document that is found may have in another section what was left out here.
    """
    match tree:
        case And(parts):
            return sum(not about_documents(part) for part in parts) > 1 or any(map(joins_words, parts))
        case Or(parts):
            return any(map(joins_words, parts))
        case Not(part):
            return not about_documents(part)
    return False


def about_documents(tree: Node | None) -> bool:
    """Whether a query asks for documents as a whole: no words of a text, nothing that differs between sections."""
    return all(
        isinstance(leaf, InTitle | FieldBetween) or (isinstance(leaf, FieldIs) and leaf.name not in OF_SECTIONS)
        for leaf in leaves(tree)
    )


def lists_documents(params: SearchParams, tree: Node | None) -> bool:
    """Whether the first section of each document can stand for it: the question is of documents as a whole."""
    parts = params.actors or params.modalities or params.document is not None
    return params.grain is not Grain.DIRECTIVES and not parts and about_documents(tree)
