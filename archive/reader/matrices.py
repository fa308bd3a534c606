"""Two tables that show the whole archive at once: themes by years, and actors by themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.models import Actor, Theme
from archive.reader import counts
from archive.reader.bylines import LINK
from archive.reader.drawing import cells, linked
from archive.reader.kept import kept
from archive.reader.paths import path_of, path_to
from archive.reader.plots import every_year, shade
from archive.reader.queries import UNDATED
from archive.reader.rendering import escaped, filled, joined

YEAR_ROW = '<tr><th scope="row">%s</th><td class="all">%s</td>%s</tr>'


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: a year or an actor's key, all there is of it, and its cells in the order of the columns."""

    head: int | None
    number: int
    href: str
    cells: SafeString


def address(name: str, **filters: object) -> str:
    """A list with filters; those that are empty are left out."""
    given = {key: value for key, value in filters.items() if value not in ("", None)}
    return f"{path_of(name)}?{urlencode(given)}" if given else path_of(name)


def cell(number: int, whole: int, name: str, **filters: object) -> tuple[int, int, str]:
    """A number, its shade by its part of the whole, and the list behind it ("" for none)."""
    return number, shade(number, whole), address(name, **filters) if number else ""


def year_word(year: int | None) -> int | str:
    """A year as an address has it."""
    return UNDATED if year is None else year


Columns = tuple[tuple[int, str], ...]
"""(number of the row, key) of each theme."""


def columns(themes: Sequence[Theme]) -> Columns:
    return tuple((theme.pk, theme.key) for theme in themes)


def themes_by_years(state: str, themes: Columns) -> list[Line]:
    """A line for each year, the latest first and the undated last: its documents, and those with each theme."""
    years, numbers = kept(state, counts.documents_by_year), kept(state, counts.documents_by_theme_and_year)
    known = every_year(years)
    ordered = [*reversed([year for year in known if year is not None]), *([None] if None in known else [])]
    return [year_line(year, themes, numbers, years.get(year, 0)) for year in ordered]


def year_line(year: int | None, themes: Columns, numbers: Mapping[tuple[int, int | None], int], whole: int) -> Line:
    word = year_word(year)
    found = (cell(numbers.get((pk, year), 0), whole, "documents", theme=key, year=word) for pk, key in themes)
    return Line(year, whole, address("documents", year=word) if whole else "", cells(found))


def year_rows(lines: Sequence[Line]) -> SafeString:
    """The body of the table of themes by years."""
    undated = escaped(_("undated"))
    return joined(year_row(line, undated) for line in lines)


def year_row(line: Line, undated: SafeString) -> SafeString:
    if line.head is None:
        head = filled(LINK, path_of("undated"), undated)
    else:
        head = filled(LINK, path_to("year", line.head), line.head)
    return filled(YEAR_ROW, head, linked(line.number, line.href), line.cells)


def actors_by_themes(themes: Columns, modality: str = "") -> list[Line]:
    """A line for each actor, those told most first: the directives to it, and those with each theme."""
    told, numbers = counts.directives_by_actor(modality), counts.told(modality)
    slugs = dict(Actor.objects.filter(pk__in=told).values_list("pk", "slug"))
    ordered = sorted(told, key=lambda actor: (-told[actor], actor))
    return [actor_line(actor, slugs[actor], themes, numbers, told[actor], modality) for actor in ordered]


def actor_line(
    actor: int, slug: str, themes: Columns, numbers: Mapping[tuple[int, int], int], whole: int, modality: str
) -> Line:
    filters = {"actor": slug, "modality": modality}
    found = (cell(numbers.get((actor, pk), 0), whole, "directives", theme=key, **filters) for pk, key in themes)
    return Line(actor, whole, address("directives", **filters), cells(found))
