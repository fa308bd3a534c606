"""What goes into the search door and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.spans import Span

if TYPE_CHECKING:
    from archive.models import Section

PAGE_SIZE = 20


class Sort(StrEnum):
    """Order of the hits; ties are broken by document number and place, so that pages never overlap."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class SearchParams:
    """A reader's question: the query as typed and the filters; values of one filter are joined by OR."""

    q: str = ""
    themes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """Something in the query that could not be taken as typed: what, and the characters it stands at."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Snippet:
    """An extract of a section's text; `hits` are spans within `text`, the flags say whether it is cut at an end."""

    text: str
    hits: tuple[Span, ...] = ()
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that matches (with its document loaded, themes prefetched), and the extract that shows it."""

    section: Section
    snippet: Snippet
    heading_path: tuple[str, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet; `count` is the number of results after clicking it."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results. `facets` has the keys theme, source, year, language and kind.

    `notice` is not empty when the index could not answer and the database did.
    """

    params: SearchParams
    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    warnings: tuple[QueryWarning, ...] = ()
    notice: str = ""

    @property
    def pages(self) -> int:
        """Number of pages, at least 1."""
        return max(1, -(-self.total // self.params.page_size))
