"""Landing in a document: which of its hits the reader stands at, and the ways to the others.

    ?q=…&hit=3#hit-3          the third hit
    ?q=…&at=1830#s2.1-hit     the first hit from a place of the text on, within its section; without one, the place

Places are counted in characters of the document's text, which is never edited: such an address stays good.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _

from archive import search as door
from archive.models import Document, Section
from archive.reader.forms import QUERY_LENGTH, ReaderForm
from archive.reader.rendering import Layer, Mark, hit_marks
from archive.spans import Span

HITS_MARKED = 5000
FURTHEST = 10**9


class LandingForm(ReaderForm):
    """What is looked for in a document, and where the reader is."""

    q = forms.CharField(required=False, max_length=QUERY_LENGTH, empty_value="")
    hit = forms.IntegerField(required=False, min_value=1, max_value=FURTHEST)
    at = forms.IntegerField(required=False, min_value=0, max_value=FURTHEST)


@dataclass(frozen=True, slots=True)
class Landing:
    """The hits of a question in a document. `current` is the number of the one that the reader is at, 0 for none."""

    q: str = ""
    hits: Sequence[Span] = ()
    current: int = 0
    place: Mark | None = None

    @property
    def total(self) -> int:
        return len(self.hits)

    @property
    def is_cut(self) -> bool:
        return self.total == HITS_MARKED

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
        return urlencode({"q": self.q})

    @property
    def marks(self) -> list[Mark]:
        place = [self.place] if self.place else []
        return [*place, *hit_marks(self.hits, numbered=True, current=self.current)]


def landing(document: Document, form: LandingForm) -> Landing:
    """What the address asks for; a hit that is not there is complained of."""
    q = form.value("q", "")
    if not q:
        return Landing()
    hits = door.hits(q, document.text)[:HITS_MARKED]
    place = form.value("at")
    if place is not None:
        return at_place(document, q, hits, place)
    wanted = form.value("hit", 0)
    if wanted > len(hits):
        form.left_out.append(
            _("There is no hit %(number)s; the last one is %(last)s.") % {"number": wanted, "last": len(hits)}
        )
    return Landing(q, hits, min(wanted, len(hits)))


def at_place(document: Document, q: str, hits: Sequence[Span], place: int) -> Landing:
    section = section_at(document, place)
    if section is None:
        return Landing(q, hits)
    asides = [Span(start, end) for start, end, *_ in document.boilerplate]
    numbered = enumerate(hits, 1)
    here = (one for one in numbered if one[1].end > place and not any(aside.contains(one[1]) for aside in asides))
    number, hit = next(here, (0, Span(0, 0)))
    if hit.start >= section.own_end:
        number = 0
    span = hit if number else Span(place, min(place + 1, section.own_end))
    return Landing(q, hits, number, Mark(span, Layer.HIT, "span", id=anchor(section.path)))


def section_at(document: Document, place: int) -> Section | None:
    """The section in whose own text a place is."""
    sections = list(document.sections.all())
    number = bisect_right([section.start for section in sections], place) - 1
    return sections[number] if number >= 0 and place < sections[number].own_end else None


def anchor(path: str) -> str:
    """The fragment that leads to the hit which the reader is taken to in a section."""
    return f"s{path}-hit"


def address(document: str, q: str, place: int, path: str) -> str:
    """The address of the first hit from a place on, in the section whose path is given; `document` is its page."""
    return f"{document}?{urlencode({'q': q, 'at': place})}#{anchor(path)}"
