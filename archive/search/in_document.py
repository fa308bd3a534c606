"""The hits of a question inside one document: those that a search and a concordance of it have there."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Protocol

from archive.models import Directive, Document
from archive.search.conditions import OF_SECTIONS
from archive.search.matching import Holds, Match, joined, marks, matches, satisfies, words_wanted
from archive.search.page import QueryWarning, Variants
from archive.search.sections import blanked
from archive.search.tokens import number_key
from archive.search.tree import FieldBetween, FieldIs, InTitle, Node, Or, Words, leaves
from archive.search.understanding import understood
from archive.spans import Span, furniture


class Section(Protocol):
    """Where a section's own text begins and ends."""

    @property
    def start(self) -> int: ...
    @property
    def own_end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Inside:
    """Hits in order of place: those in sections that match, and words of the question in others and in the title.

    `asks` says whether the question has words whose hits can be shown in a text, or nothing that was understood;
    `doubts` are what could not be taken of it as it was typed.
    """

    hits: Sequence[Span] = ()
    elsewhere: Sequence[Span] = ()
    title: Sequence[Span] = ()
    asks: bool = False
    doubts: tuple[QueryWarning, ...] = ()


def inside(q: str, variants: Variants, document: Document, sections: Sequence[Section]) -> Inside:
    """Of the document, whose sections are given in the order of its text. What belongs to the web page is passed by."""
    query = understood(q, variants)
    tree, doubts = query.tree, query.warnings
    wanted = words_wanted(tree)
    title = marks(_of_title(tree, document), document.title)
    if not wanted:
        return Inside(title=title, asks=tree is None, doubts=doubts)
    text = blanked(document.text, 0, furniture(document.boilerplate))
    matching = _matching(tree, document, sections)
    found: tuple[list[Span], list[Span]] = ([], [])
    for number, here in _by_section(matches(tree, text), sections):
        start, end = sections[number].start, sections[number].own_end
        spans = joined(here, Span(start, end))
        found[not matching(number, text[start:end])].extend(Span(hit.start + start, hit.end + start) for hit in spans)
    return Inside(*found, title=title, asks=True, doubts=doubts)


def _by_section(found: Iterable[Match], sections: Sequence[Section]) -> Iterator[tuple[int, Iterator[Match]]]:
    """Number of a section → the hits in it; those that reach into another are none. The whole text is read once."""
    starts = [section.start for section in sections]
    placed = ((bisect_right(starts, hit.start) - 1, hit) for hit in found)
    whole = ((number, hit) for number, hit in placed if number >= 0 and hit.end <= sections[number].own_end)
    for number, each in groupby(whole, key=itemgetter(0)):
        yield number, (hit for _, hit in each)


def _of_title(tree: Node | None, document: Document) -> Node | None:
    """What of the question can be seen in the title: a title that the text does not have is searched with it."""
    asked = [leaf.body for leaf in leaves(tree, wanted=True) if isinstance(leaf, InTitle)]
    searched = () if document.title_in_text else words_wanted(tree)
    return Or(tuple(chain(asked, searched)))


def _matching(tree: Node | None, document: Document, sections: Sequence[Section]) -> Callable[[int, str], bool]:
    """Says of a section that has hits, by its number and its text, whether it matches."""
    if _is_any_of(tree):
        return lambda number, text: True
    holds = _conditions(tree, document, sections)
    added = "" if document.title_in_text else f"\n\n{document.title}"

    def matching(number: int, text: str) -> bool:
        return satisfies(tree, text if number else text + added, document.title, holds(number))

    return matching


def _is_any_of(tree: Node | None) -> bool:
    """Whether each word of the question is enough."""
    return isinstance(tree, Words) or (isinstance(tree, Or) and all(map(_is_any_of, tree.parts)))


def _conditions(tree: Node | None, document: Document, sections: Sequence[Section]) -> Callable[[int], Holds]:
    """Says of a section, by its number, which conditions on fields hold there."""
    values = _values(document) if any(isinstance(leaf, FieldIs) for leaf in leaves(tree)) else {}
    told = _told(document, sections) if any(_is_of_sections(leaf) for leaf in leaves(tree)) else {}

    def holds(number: int, leaf: FieldIs | FieldBetween) -> bool:
        if isinstance(leaf, FieldBetween):
            return _is_between(leaf, document)
        return leaf.value in (told.get((leaf.name, number), ()) if _is_of_sections(leaf) else values[leaf.name])

    return lambda number: lambda leaf: holds(number, leaf)


def _is_of_sections(leaf: object) -> bool:
    return isinstance(leaf, FieldIs) and leaf.name in OF_SECTIONS


def _values(document: Document) -> dict[str, set[str]]:
    """Field of the query language → the values that the document has."""
    return {
        "theme": {theme.key for theme in document.themes.all()},
        "source": {source.slug for source in (document.issuer, document.found_at) if source},
        "lang": {document.language},
        "kind": {document.kind},
        "number": {*map(number_key, (document.number, document.number_as_typed))},
    }


def _told(document: Document, sections: Sequence[Section]) -> Mapping[tuple[str, int], set[str]]:
    """Field and number of a section → what the public directives in it have there."""
    told: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    rows = Directive.objects.public().filter(document=document).values_list("start", "actor__slug", "modality")
    for start, *values in rows:
        number = bisect_right(sections, start, key=lambda section: section.start) - 1
        for name, value in zip(OF_SECTIONS, values, strict=True):
            told[name, number].add(value)
    return told


def _is_between(leaf: FieldBetween, document: Document) -> bool:
    """Both ends of the years or of the ISO dates are included; what has no date is in no time."""
    day = document.issued_on
    if day is None:
        return False
    known = f"{day.year:04}" if leaf.name == "year" else day.isoformat()
    return (leaf.low or known) <= known <= (leaf.high or known)
