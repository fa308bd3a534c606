"""A document as rows of a page: text with its marks on one side, notes on the directives on the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch
from django.utils.safestring import SafeString

from archive.models import DirectiveTheme, Document, Section
from archive.reader.landing import Landing
from archive.reader.layout import Block, BlockKind, Outline, blocks
from archive.reader.margin import STEPS, Margin, Note
from archive.reader.rendering import Layer, Mark, marked_blocks
from archive.spans import Span, furniture

DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that follow each other and are all, or all not, the document's own text."""

    is_aside: bool
    rows: list[Row]

    @property
    def has_hits(self) -> bool:
        return any(row.first_hit for row in self.rows)


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the text as HTML, with what stands beside it."""

    kind: BlockKind
    html: SafeString
    section: Section | None = None
    also_opens: tuple[Section, ...] = ()
    heading_level: int = 0
    soft: bool = False
    notes: SafeString | str = ""
    hits: tuple[int, int] = (0, 0)

    @property
    def first_hit(self) -> int:
        """Number of the first hit that begins here, 0 if none does."""
        return self.hits[0]

    @property
    def last_hit(self) -> int:
        return self.hits[1]

    @property
    def is_heading(self) -> bool:
        return self.kind is BlockKind.HEADING

    @property
    def is_item(self) -> bool:
        return self.kind is BlockKind.ITEM


def notes_of(document: Document) -> list[Note]:
    """The public directives of a document in the order of its text, numbered from 1."""
    rows = (
        document.directives.public()
        .select_related("actor")
        .defer("quote", "before", "after")
        .prefetch_related(Prefetch("directivetheme_set", DirectiveTheme.objects.select_related("theme").defer("cues")))
        .order_by("start", "end")
    )
    return [Note(directive, number) for number, directive in enumerate(rows, 1)]


def document_rows(document: Document, notes: Sequence[Note], landing: Landing) -> list[Row]:
    """The rows of a document's page; their text is the document's text, whole and in order."""
    text, sections = document.text, list(document.sections.all())
    asides = furniture(document.boilerplate)
    spans = [note.directive.span for note in notes]
    pieces = blocks(text, [outline(section) for section in sections], asides, spans)
    marks = [*former_places(sections), *directive_marks(notes), *formulation_marks(document), *landing.marks]
    pages = marked_blocks(text, [piece.span for piece in pieces], marks)
    beside = notes_by_block(pieces, notes)
    numbers = hits_by_block(pieces, landing.hits)
    rows, above, margin = [], 1, Margin(html_language(document))
    for place, (piece, html) in enumerate(zip(pieces, pages, strict=True)):
        opened = [sections[number] for number in piece.opens]
        level = heading_level(piece, opened, above)
        above = level or above
        rows.append(
            Row(
                kind=piece.kind,
                html=html,
                section=opened[0] if opened else None,
                also_opens=tuple(opened[1:]),
                heading_level=level,
                soft=piece.soft,
                notes=notes_beside(piece.span, beside.get(place, ()), margin),
                hits=numbers.get(place, (0, 0)),
            )
        )
    return rows


def html_language(document: Document) -> str:
    """The language of the text as HTML names it."""
    return "zh-Hans" if document.language == Document.Language.CHINESE else "en"


def stretches(rows: Iterable[Row]) -> list[Stretch]:
    """The rows with what is not the document's in stretches of its own, so that a page can fold them."""
    grouped = groupby(rows, key=lambda row: row.kind is BlockKind.BOILERPLATE)
    return [Stretch(is_aside, list(members)) for is_aside, members in grouped]


def outline(section: Section) -> Outline:
    is_front = section.kind == Section.Kind.FRONT
    heading_end = section.start + len(section.quote)
    return Outline(section.start, heading_end, section.kind == Section.Kind.HEADING, is_front)


def heading_level(piece: Block, opened: Sequence[Section], above: int) -> int:
    """1 to 6, 0 for what is no heading; never more than one below the heading before it, `above`."""
    if piece.kind is not BlockKind.HEADING:
        return 0
    return min(DEEPEST_HEADING, above + 1, 2 + opened[-1].path.count("."))


def notes_beside(span: Span, notes: Sequence[Note], margin: Margin) -> SafeString | str:
    if not notes:
        return ""
    placed = placed_notes(span, notes)
    return margin.notes(placed, share(placed[0].directive.start - span.start, span))


def placed_notes(span: Span, notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes with the share of the row that runs from each to the next."""
    starts = [max(span.start, note.directive.start) for note in notes]
    ends = [*starts[1:], span.end][: len(notes)]
    return tuple(
        Note(note.directive, note.number, share(end - start, span))
        for note, start, end in zip(notes, starts, ends, strict=True)
    )


def share(characters: int, span: Span) -> int:
    return max(0, min(STEPS, round(STEPS * characters / max(1, len(span)))))


def notes_by_block(pieces: Sequence[Block], notes: Iterable[Note]) -> dict[int, list[Note]]:
    """Block → the notes of the directives that begin in it."""
    beside: dict[int, list[Note]] = defaultdict(list)
    place = 0
    for note in notes:
        while place + 1 < len(pieces) and note.directive.start >= pieces[place].span.end:
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


def former_places(sections: Iterable[Section]) -> Iterator[Mark]:
    """Where the addresses lead that sections had before people changed the outline."""
    for section in sections:
        for path, start in section.former:
            yield Mark(Span(start, start + 1), Layer.DIRECTIVE, "span", id=f"s{path}")


def directive_marks(notes: Iterable[Note]) -> Iterator[Mark]:
    for note in notes:
        directive = note.directive
        given = (("class", f"directive {directive.modality}"), ("data-number", str(note.number)))
        yield Mark(directive.span, Layer.DIRECTIVE, "span", given, directive.anchor)


def formulation_marks(document: Document) -> Iterator[Mark]:
    """Of a document whose occurrences are loaded with their formulations."""
    for occurrence in document.occurrences.all():
        given = (("class", "formulation"), ("href", occurrence.formulation.get_absolute_url()))
        yield Mark(occurrence.span, Layer.FORMULATION, "a", given)
