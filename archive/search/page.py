"""What goes into the search door and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.spans import Span

if TYPE_CHECKING:
    from archive.models import Directive, Document, Section, Theme

PAGE_SIZE = 20


class Sort(StrEnum):
    """Order of the hits; ties are broken by document number and place, so that pages never overlap."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


class Grain(StrEnum):
    """What a result is."""

    PASSAGES = "passages"
    DIRECTIVES = "directives"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Variants:
    """What a reader chose of the variants of a query: none at all (`exact`), not these, these as well."""

    exact: bool = False
    without: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """Another form of words in the query: formulation, spelling or actor. `by_itself`: searched without being asked."""

    form: str
    of: str
    by_itself: bool
    kind: str


@dataclass(frozen=True, slots=True)
class SearchParams:
    """A reader's question: the query as typed and the filters; values of one filter are joined by OR.

    A source is an issuer or a place where a document was found. `document` looks into one document only. `grouped` puts
    passages under their documents: `page` and `page_size` then count documents.
    """

    q: str = ""
    grain: Grain = Grain.PASSAGES
    themes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    document: int | None = None
    variants: Variants = Variants()
    sort: Sort = Sort.RELEVANCE
    grouped: bool = False
    page: int = 1
    page_size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class FieldName:
    """A field of the query language in a warning: as it is typed, and in words."""

    typed: str
    words: str

    def said(self, translate: Callable[[str], str]) -> str:
        words = translate(self.words)
        return words if words == self.typed else f"{words} ({self.typed}:)"


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """Something in the query that could not be taken as typed: what, and the characters it stands at.

    `template` is English, with %(name)s where the `values` go; it is also what a translation is found by.
    """

    template: str
    span: Span | None = None
    values: tuple[tuple[str, object], ...] = ()

    @property
    def message(self) -> str:
        return self.said(str)

    def said(self, translate: Callable[[str], str]) -> str:
        """The warning in the language that `translate` speaks."""
        values = {name: value.said(translate) if isinstance(value, FieldName) else value for name, value in self.values}
        return translate(self.template) % values


@dataclass(frozen=True, slots=True)
class Snippet:
    """An extract of a section's text; `hits` are spans within `text`, the flags say whether it is cut at an end."""

    text: str
    hits: tuple[Span, ...] = ()
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A section or directive that matches (document loaded), and the extract that shows it.

    `themes` are those of the directive, else those of the document.

    Where results are documents, or passages under them: `beside` are the next best sections of the same document, and
    `more` is the number of those that are not shown. A directive whose section is gone has none.
    """

    section: Section | None
    snippet: Snippet
    heading_path: tuple[str, ...] = ()
    score: float = 0.0
    directive: Directive | None = None
    themes: tuple[Theme, ...] = ()
    beside: tuple[Hit, ...] = ()
    more: int = 0

    @property
    def document(self) -> Document:
        part = self.directive or self.section
        if part is None:
            raise ValueError("a hit has a section or a directive")
        return part.document


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet; `count` is the number of results after clicking it."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Alone:
    """A part of a query in words and as a query, and how many results that has by itself, with the same filters."""

    words: str
    q: str
    count: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing was found, and how to go on.

    `understood` is the query in words; `suggestions` are queries with other spellings that find something;
    `without_filters` is how many results of the grain the query has without any filter, None where there is none.
    """

    understood: str
    alone: tuple[Alone, ...] = ()
    suggestions: tuple[str, ...] = ()
    without_filters: int | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results. `facets` has the keys of `conditions.FACETS`.

    `total` counts results of the grain, `documents` their documents where results are put under them; `years` is the
    number of all results there could be in each year. `notice` is not empty when the index could not answer and the
    database did; `nothing` is there when no result is. Nothing was `asked` where nothing of the query could be.
    `joins_words`: the query holds for a section of each document, not for the document as a whole.
    """

    params: SearchParams
    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    warnings: tuple[QueryWarning, ...] = ()
    notice: str = ""
    documents: int = 0
    years: dict[str, int] = field(default_factory=dict)
    searched: tuple[Variant, ...] = ()
    offered: tuple[Variant, ...] = ()
    nothing: Nothing | None = None
    asked: bool = True
    joins_words: bool = False

    @property
    def pages(self) -> int:
        """Number of pages, at least 1."""
        listed = self.documents if self.params.grouped else self.total
        return max(1, -(-listed // self.params.page_size))
