"""Landing in a document: which of its hits the reader stands at, and the ways to the others.

    ?q=…&hit=3#hit-3          the third hit
    ?q=…&at=1830#s2.1-hit     the first hit from a place of the text on, within its section; without one, the place
    ?q=…&at=1830#d17          the same for a directive that begins there

Only hits in sections that match the question are numbered, as search and concordance count them; its words in other
sections are marked another way. Places are counted in characters of the document's text, which is never edited: such
an address stays good.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import search as door
from archive.models import Document
from archive.reader.document_parts import Part
from archive.reader.fields import MOST_NAMES, NumberField, QueryField
from archive.reader.parameters import ReaderForm
from archive.reader.rendering import Layer, Mark, hit_marks, marked
from archive.search.in_document import Inside
from archive.search.page import Variants
from archive.search.query import CHARACTERS
from archive.spans import Span

HITS_MARKED = 5000
"""Hits of a document that are marked on a page of it, those around the reader."""
OTHER = (("class", "other"),)

VARIANTS = ("exact", "not-variant", "variant")
"""Parameters of an address: no variants at all, without these, with these as well."""

Asked = Sequence[tuple[str, str]]
"""Parameters of an address that make a question, the words first."""


class LandingForm(ReaderForm):
    """What is looked for in a document, and where the reader is."""

    q = QueryField(required=False)
    hit = NumberField(gettext_lazy("“%(value)s” is not the number of a hit; this is the beginning of the document."))
    at = NumberField(gettext_lazy("“%(value)s” is not a place in the text; this is the beginning of the document."), 0)

    @property
    def chosen(self) -> Asked:
        return chosen_variants(self.data) if isinstance(self.data, QueryDict) else ()


@dataclass(frozen=True, slots=True)
class Landing:
    """A question in a document. `current` is the number of the hit that the reader is at, 0 for none."""

    asked: Asked = ()
    found: Inside = field(default_factory=Inside)
    current: int = 0
    place: Mark | None = None

    @property
    def hits(self) -> Sequence[Span]:
        return self.found.hits

    @property
    def q(self) -> str:
        return self.asked[0][1] if self.asked else ""

    @property
    def total(self) -> int:
        return len(self.hits)

    @property
    def has_bar(self) -> bool:
        """There are hits to go to, or it has to be said that there are none."""
        return bool(self.hits or self.found.elsewhere) or (self.found.asks and not self.found.title)

    @property
    def shown(self) -> int:
        """How many of the hits are marked."""
        return min(self.total, HITS_MARKED)

    def title(self, words: str) -> SafeString:
        """The document's title with what is asked for in it."""
        return marked(words, hit_marks(self.found.title))

    @property
    def next(self) -> int:
        """After the last hit comes the first."""
        return self.current % self.total + 1 if self.hits else 0

    @property
    def previous(self) -> int:
        return self.current - 1 if self.current > 1 else self.total

    @property
    def query(self) -> str:
        """The question as part of an address, to which a hit can be added."""
        return urlencode(self.asked)

    @property
    def marks(self) -> list[Mark]:
        place = [self.place] if self.place else []
        first = max(0, min(self.current - HITS_MARKED // 2, self.total - HITS_MARKED))
        near = self.hits[first : first + HITS_MARKED]
        others = (Mark(span, Layer.HIT, "mark", OTHER) for span in self.found.elsewhere[:HITS_MARKED])
        return [*place, *hit_marks(near, first=first + 1, current=self.current), *others]


def landing(document: Document, parts: Sequence[Part], form: LandingForm) -> Landing:
    """What the address asks for of a document and its sections; a hit that is not there is complained of."""
    q = form.value("q", "")
    if not q:
        return Landing()
    chosen = form.chosen
    asked = [("q", q), *chosen]
    found = door.inside(q, variants_of(chosen), document, parts)
    place = form.value("at")
    if place is not None:
        return at_place(section_at(parts, place), asked, found, place)
    wanted, last = form.value("hit", 0), len(found.hits)
    if wanted > last:
        form.left_out.append(
            _("There is no hit %(number)s; the last one is %(last)s.") % {"number": wanted, "last": last}
        )
    return Landing(asked, found, min(wanted, last))


def chosen_variants(data: QueryDict) -> Asked:
    """What the reader chose of the variants of a question, as parameters of an address."""
    return [(name, form[:CHARACTERS]) for name in VARIANTS for form in data.getlist(name)[:MOST_NAMES] if form]


def variants_of(chosen: Asked) -> Variants:
    """The same as the search takes it."""
    exact, without, added = (tuple(form for name, form in chosen if name == one) for one in VARIANTS)
    return Variants(bool(exact), without, added)


def at_place(section: Part | None, asked: Asked, found: Inside, place: int) -> Landing:
    if section is None:
        return Landing(asked, found)
    number = bisect_right(found.hits, place, key=lambda hit: hit.end)
    is_here = number < len(found.hits) and found.hits[number].start < section.own_end
    span = found.hits[number] if is_here else Span(place, min(place + 1, section.own_end))
    return Landing(asked, found, number + 1 if is_here else 0, Mark(span, Layer.HIT, "span", id=anchor(section.path)))


def section_at(parts: Sequence[Part], place: int) -> Part | None:
    """The section in whose own text a place is."""
    number = bisect_right(parts, place, key=lambda part: part.start) - 1
    return parts[number] if number >= 0 and place < parts[number].own_end else None


def anchor(path: str) -> str:
    """The fragment that leads to the hit which the reader is taken to in a section."""
    return f"s{path}-hit"


def address(document: str, q: str, place: int, path: str, chosen: Asked = ()) -> str:
    """The address of the first hit from a place on, in the section whose path is given; `document` is its page."""
    return asking(document, urlencode([("q", q), *chosen]), place, anchor(path))


def asking(document: str, question: str, place: int, fragment: str) -> str:
    """The same, where the question is already encoded: a page of results has it in every address."""
    return f"{document}?{question}&at={place}#{fragment}"
