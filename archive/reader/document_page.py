"""A document as rows of a page: text with its marks on one side, notes on the directives on the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.models import Document, Section
from archive.reader.document_parts import Part, Phrase, notes_of, parts_of, phrases_of
from archive.reader.landing import Landing
from archive.reader.layout import Block, BlockKind, Outline, blocks
from archive.reader.margin import Margin, Note
from archive.reader.paths import path_to
from archive.reader.rendering import Layer, Mark, escaped, filled, joined, marked_blocks
from archive.spans import Span, furniture

DEEPEST_HEADING = 6
ROW = '\n<div class="row%s">%s%s%s%s</div>'
PLACE = '<span id="%s"></span>'
HEADING = '<h%s class="t" id="%s">%s</h%s>'
OPENING = '<p class="t" id="%s">%s</p>'
PARAGRAPH = '<p class="t">%s</p>'
LINKS = (
    '<a class="permalink" href="#s%s" lang="%s" aria-label="%s %s" data-copy>§</a>'
    '<a class="permalink quote" href="%s?section=%s" lang="%s" aria-label="%s %s">”</a>'
)
BESIDE = '\n<div class="margin" lang="%s">%s%s</div>'
HITS = '<p class="hit-nav">%s%s</p>'
NEXT = ' <a href="?%s&amp;hit=%s#hit-%s" data-hit="%s">%s <span aria-hidden="true">↓</span></a>'


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of a document beside its own columns."""

    parts: Sequence[Part]
    notes: Sequence[Note]
    phrases: Sequence[Phrase]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that follow each other and are all, or all not, the document's own text, as HTML."""

    is_aside: bool
    html: SafeString


@dataclass(slots=True)
class Row:
    """A block of the text as HTML, with what stands beside it; `hits` are the first and the last that begin in it."""

    block: Block
    html: SafeString
    opens: Sequence[Part] = ()
    heading_level: int = 0
    notes: Sequence[Note] = ()
    hits: tuple[int, int] = (0, 0)


def shown(document: Document) -> Shown:
    """Of a published document."""
    return Shown(parts_of(document.pk), notes_of(document.pk), phrases_of(document.pk))


def document_rows(document: Document, shown: Shown, landing: Landing) -> list[Row]:
    """The rows of a document's page; their text is the document's text, whole and in order."""
    text, parts = document.text, shown.parts
    asides = furniture(document.boilerplate)
    spans = [note.span for note in shown.notes]
    pieces = blocks(text, [outline(part) for part in parts], asides, spans)
    marks = [*former_places(parts), *directive_marks(shown.notes), *formulation_marks(shown.phrases), *landing.marks]
    pages = marked_blocks(text, [piece.span for piece in pieces], marks)
    beside = notes_by_block(pieces, shown.notes)
    numbers = hits_by_block(pieces, landing.hits)
    rows, above = [], 1
    for place, (piece, html) in enumerate(zip(pieces, pages, strict=True)):
        opened = [parts[number] for number in piece.opens]
        level = heading_level(piece, opened, above)
        above = level or above
        rows.append(Row(piece, html, opened, level, beside.get(place, ()), numbers.get(place, (0, 0))))
    return rows


def stretches(rows: Iterable[Row], writer: RowWriter) -> list[Stretch]:
    """The rows with what is not the document's in stretches of its own, so that a page can fold them."""
    found = []
    for is_aside, members in groupby(rows, key=lambda row: row.block.kind is BlockKind.BOILERPLATE):
        found.append(Stretch(is_aside, joined(map(writer.row, members))))
    return found


def outline(part: Part) -> Outline:
    is_front = part.kind == Section.Kind.FRONT
    return Outline(part.start, part.start + len(part.quote), part.kind == Section.Kind.HEADING, is_front)


def heading_level(piece: Block, opened: Sequence[Part], above: int) -> int:
    """1 to 6, 0 for what is no heading; never more than one below the heading before it, `above`."""
    if piece.kind is not BlockKind.HEADING:
        return 0
    return min(DEEPEST_HEADING, above + 1, 2 + opened[-1].path.count("."))


def notes_by_block(pieces: Sequence[Block], notes: Iterable[Note]) -> dict[int, list[Note]]:
    """Block → the notes of the directives that begin in it."""
    beside: dict[int, list[Note]] = defaultdict(list)
    place = 0
    for note in notes:
        while place + 1 < len(pieces) and note.start >= pieces[place].span.end:
            place += 1
        beside[place].append(note)
    return beside


def hits_by_block(pieces: Sequence[Block], hits: Sequence[Span]) -> dict[int, tuple[int, int]]:
    """Block → numbers of the first and the last hit that begins in it."""
    found: dict[int, tuple[int, int]] = {}
    place = 0
    for number, hit in enumerate(hits, 1):
        while place + 1 < len(pieces) and hit.start >= pieces[place].span.end:
            place += 1
        found[place] = (found.get(place, (number, number))[0], number)
    return found


def former_places(parts: Iterable[Part]) -> Iterator[Mark]:
    """Where the addresses lead that sections had before people changed the outline."""
    for part in parts:
        for path, start in part.former:
            yield Mark(Span(start, start + 1), Layer.DIRECTIVE, "span", id=f"s{path}")


def directive_marks(notes: Iterable[Note]) -> Iterator[Mark]:
    for note in notes:
        given = (("class", f"directive {note.modality}"), ("data-number", str(note.number)))
        yield Mark(note.span, Layer.DIRECTIVE, "span", given, f"d{note.pk}")


def formulation_marks(phrases: Iterable[Phrase]) -> Iterator[Mark]:
    for phrase in phrases:
        given = (("class", "formulation"), ("href", path_to("formulation", phrase.slug)))
        yield Mark(phrase.span, Layer.FORMULATION, "a", given)


class RowWriter:
    """Writes the rows of one page; the words that every row repeats are looked up once.

    `cite_page` is the address where sections of the document are cited; what is beside the text is in the language of
    the page, and `lang` is that of the document, as HTML names them.
    """

    def __init__(self, landing: Landing, cite_page: str, lang: str) -> None:
        self._landing, self._cite_page = landing, cite_page
        self._speaking = get_language()
        self._link_to, self._cite = escaped(_("Link to section")), escaped(_("Cite section"))
        self._next = escaped(_("next"))
        self._margin = Margin(lang)

    def row(self, row: Row) -> SafeString:
        opening = row.opens[0] if row.opens else None
        also = joined(filled(PLACE, part.anchor) for part in row.opens[1:])
        links = self._links(opening.path) if opening and opening.level else ""
        return filled(ROW, classes(row), also, text_of(row), links, self._beside(row))

    def _links(self, path: str) -> SafeString:
        """To the section, and to where it is cited."""
        to_it = (path, self._speaking, self._link_to, path)
        return filled(LINKS, *to_it, self._cite_page, path, self._speaking, self._cite, path)

    def _beside(self, row: Row) -> SafeString | str:
        if not row.notes and not row.hits[0]:
            return ""
        ways = self._hits(*row.hits) if row.hits[0] else ""
        notes = self._margin.notes(row.notes, row.block.span) if row.notes else ""
        return filled(BESIDE, self._speaking, ways, notes)

    def _hits(self, first: int, last: int) -> SafeString:
        """The numbers of the hits in a row, and the way to the one after them."""
        numbers = {"first": first, "last": last, "n": first}
        words = (_("hits %(first)s–%(last)s") if last > first else _("hit %(n)s")) % numbers
        following = last + 1
        if last >= self._landing.total:
            return filled(HITS, words, "")
        return filled(HITS, words, filled(NEXT, self._landing.query, following, following, following, self._next))


def classes(row: Row) -> str:
    kinds = {BlockKind.ITEM: " item", BlockKind.HEADING: " head"}
    return f"{' soft' if row.block.soft else ''}{kinds.get(row.block.kind, '')}"


def text_of(row: Row) -> SafeString:
    """The text of a row as a heading or a paragraph, which is the place of the section that opens with it."""
    if row.heading_level:
        return filled(HEADING, row.heading_level, row.opens[0].anchor, row.html, row.heading_level)
    return filled(OPENING, row.opens[0].anchor, row.html) if row.opens else filled(PARAGRAPH, row.html)
