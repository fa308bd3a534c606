"""What a reader can choose beside the results: values of facets, years, variants, each with its address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive.reader.addresses import changed, with_value, without
from archive.search.page import FacetValue, SearchPage, Variant, Variants

PARAMETERS = {
    "theme": "theme",
    "issuer": "issuer",
    "place": "found-at",
    "language": "lang",
    "kind": "kind",
    "actor": "actor",
    "modality": "modality",
}
"""Facet → parameter of the address."""
PLOT_WIDTH, PLOT_HEIGHT = 240, 48
WIDEST, GAP = 24.0, 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet with the address that sets or removes it."""

    value: FacetValue
    href: str


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year of the plot: results, all there are, and where its two bars stand in units of the drawing."""

    year: str
    count: int
    of: int
    selected: bool
    href: str
    x: float
    width: float
    height: float
    full: float

    @property
    def y(self) -> float:
        return PLOT_HEIGHT - self.height

    @property
    def full_y(self) -> float:
        return PLOT_HEIGHT - self.full


@dataclass(frozen=True, slots=True)
class Years:
    """The years from the first to the last that has anything, the empty ones too."""

    bars: tuple[YearBar, ...]
    width: int = PLOT_WIDTH
    height: int = PLOT_HEIGHT


@dataclass(frozen=True, slots=True)
class Form:
    """A variant with the address that takes it away or adds it."""

    variant: Variant
    href: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The variants of some words of the query: those that are searched too, and those that can be."""

    of: str
    searched: tuple[Form, ...]
    offered: tuple[Form, ...]


def facets(request: HttpRequest, found: SearchPage) -> list[tuple[str, list[Choice]]]:
    """The facets that have a choice to make, in the order of the page."""
    titles = {
        "theme": _("Theme"),
        "actor": _("Who is told"),
        "modality": _("Modality"),
        "issuer": _("Issued by"),
        "place": _("Found at"),
        "kind": _("Kind"),
        "language": _("Language"),
    }
    shown = ((title, found.facets.get(name, ()), name) for name, title in titles.items())
    return [
        (title, [choice(request, name, value) for value in sorted(values, key=lambda value: not value.selected)])
        for title, values, name in shown
        if values
    ]


def choice(request: HttpRequest, name: str, value: FacetValue) -> Choice:
    move = without if value.selected else with_value
    return Choice(value, move(request, PARAMETERS[name], value.value))


def years(request: HttpRequest, found: SearchPage) -> Years | None:
    """The plot of the years, None where no result has one."""
    values = {value.value: value for value in found.facets.get("year", ())}
    if not values:
        return None
    of = {year: value.count for year, value in values.items()} | found.years
    span = [str(year) for year in range(min(map(int, of)), max(map(int, of)) + 1)]
    step, tallest = min(WIDEST, PLOT_WIDTH / len(span)), max(of.values())
    bars = []
    for place, year in enumerate(span):
        value = values.get(year, FacetValue(year, year, 0))
        bars.append(
            YearBar(
                year,
                value.count,
                of.get(year, 0),
                value.selected,
                year_address(request, "" if value.selected else year),
                round(place * step, 2),
                round(max(step - GAP, step / 2), 2),
                height(value.count, tallest),
                height(of.get(year, 0), tallest),
            )
        )
    return Years(tuple(bars))


def height(number: int, tallest: int) -> float:
    """Of a bar; where there is anything, it is seen."""
    return round(max(1.5, PLOT_HEIGHT * number / tallest), 1) if number else 0.0


def year_address(request: HttpRequest, year: str | int) -> str:
    """The address with both ends of the years set to one year, or to none."""
    narrowed = request.GET.copy()
    for name in ("year", "from", "to"):
        narrowed.pop(name, None)
    if year:
        narrowed["from"] = narrowed["to"] = str(year)
    narrowed.pop("page", None)
    return f"{request.path}?{narrowed.urlencode()}"


def wordings(request: HttpRequest, found: SearchPage) -> list[Wording]:
    """The variants of the query, by the words that they stand for."""
    chosen = found.params.variants
    searched = [(variant, Form(variant, removed(request, variant, chosen))) for variant in found.searched]
    offered = [(variant, Form(variant, added(request, variant, chosen))) for variant in found.offered]
    words = dict.fromkeys(variant.of for variant, _form in (*searched, *offered))
    return [
        Wording(
            of,
            tuple(form for variant, form in searched if variant.of == of),
            tuple(form for variant, form in offered if variant.of == of),
        )
        for of in words
    ]


def removed(request: HttpRequest, variant: Variant, chosen: Variants) -> str:
    if variant.form in chosen.added:
        return changed(request, "variant", [form for form in chosen.added if form != variant.form])
    return changed(request, "not-variant", [*chosen.without, variant.form])


def added(request: HttpRequest, variant: Variant, chosen: Variants) -> str:
    if variant.form in chosen.without:
        return changed(request, "not-variant", [form for form in chosen.without if form != variant.form])
    return changed(request, "variant", [*chosen.added, variant.form])


def exact_address(request: HttpRequest, *, exact: bool) -> str:
    """The address of the search for the words just as typed, or with their variants."""
    return changed(request, "exact", ["1"] if exact else [])
