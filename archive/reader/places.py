"""Places of a formulation on lines: read without what a line does not show, and written without a template."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.models import Document, Occurrence
from archive.models.prepared import Prepared
from archive.reader import kwic, landing
from archive.reader.bylines import dated, html_language
from archive.reader.paths import path_to
from archive.reader.quoting import in_context
from archive.reader.rendering import escaped, filled, joined, marked


class Place(NamedTuple):
    """What a line shows of an occurrence and its document."""

    pk: int
    quote: str
    before: str
    after: str
    start: int
    path: str | None
    document: int
    title: str
    language: str
    issued_on: date | None
    issued_precision: str


_PLACES = Prepared(
    lambda keys: (
        Occurrence.objects.filter(pk__in=keys)
        .order_by()
        .values_list(
            *("document__state", "pk", "quote", "before", "after", "start", "section__path"),
            *("document", "document__title", "document__language"),
            *("document__issued_on", "document__issued_precision"),
        )
    )
)


def for_lines(keys: Sequence[int]) -> list[Place]:
    """Those of the places that are in published documents, in the order of their keys."""
    rows = {row[1]: Place(*row[1:]) for row in _PLACES(keys) if row[0] == Document.State.PUBLISHED}
    return [rows[key] for key in keys if key in rows]


def lines(places: Sequence[Place]) -> SafeString:
    """The body of the table: the words before and after each place, and where it is."""
    undated = escaped(_("undated"))
    return joined(line(place, undated) for place in places)


def line(place: Place, undated: SafeString) -> SafeString:
    extract, document = in_context(place), path_to("document", place.document)
    hit, text = extract.hits[0], extract.text
    return filled(
        kwic.ROW,
        lang=html_language(place.language),
        before=marked(text[: hit.start]),
        hit=marked(hit.of(text)),
        after=marked(text[hit.end :]),
        href=landing.address(document, f'"{place.quote}"', place.start, place.path or "0"),
        section=f"{document}#s{place.path}" if place.path else document,
        title=place.title,
        known=dated(place.issued_on, place.issued_precision) if place.issued_on else undated,
    )
