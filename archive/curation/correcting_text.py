"""A document's text in its sections, with the directives as links that choose them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from archive.models import Directive, Document, Section
from archive.reader.rendering import Layer, Mark, marked_blocks
from archive.spans import Span, furniture


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its own text as HTML, and what can be done with it."""

    section: Section
    html: SafeString
    can_rise: bool
    can_sink: bool


def parts(document: Document, sections: Sequence[Section], chosen: Directive | None) -> list[Part]:
    """The sections in the order of the text; `chosen` is the directive that is being looked at."""
    marks = [*asides(document), *headings(sections), *directives(document, chosen)]
    pages = marked_blocks(document.text, [Span(one.start, one.own_end) for one in sections], marks)
    above = [0, *(section.level for section in sections)]
    return [
        Part(section, html, can_rise=section.level > 1, can_sink=bool(section.level) and section.level <= before)
        for section, html, before in zip(sections, pages, above, strict=False)
    ]


def asides(document: Document) -> Iterator[Mark]:
    for span in furniture(document.boilerplate):
        yield Mark(span, Layer.DIRECTIVE, "span", (("class", "boilerplate"),))


def headings(sections: Iterable[Section]) -> Iterator[Mark]:
    for section in sections:
        if section.level:
            span = Span(section.start, section.start + len(section.quote))
            yield Mark(span, Layer.FORMULATION, "span", (("class", "marker"),))


def directives(document: Document, chosen: Directive | None) -> Iterator[Mark]:
    for row in document.directives.standing().only("start", "end", "modality", "status", "document"):
        here = (("aria-current", "true"),) if chosen and chosen.pk == row.pk else ()
        given = (("class", f"directive {row.modality} {row.status}"), ("href", f"?directive={row.pk}#words"))
        yield Mark(row.span, Layer.DIRECTIVE, "a", (*given, *here), f"d{row.pk}")
