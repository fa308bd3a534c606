"""What a reader can choose beside the results: values of facets, years, variants, each with its address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive.reader.addresses import changed, with_another, without
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
FEW_YEARS = 5
"""Years from the first to the last in a plot that does not name its last one."""
AT_ONCE = 8
"""Values of a facet that are shown at once."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet with the number of its results, and the address that sets or removes it."""

    label: str
    count: str
    selected: bool
    href: str


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet, those that are shown at once and the others."""

    title: str
    first: Sequence[Choice]
    more: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year of the plot: results, all there are, and where its two bars stand in units of the drawing.

    All in words: a template writes them much faster than numbers, and no language puts commas into a drawing.
    """

    year: str
    count: str
    of: str
    label: str
    selected: bool
    href: str
    x: str
    y: str
    height: str
    full_y: str
    full: str


@dataclass(frozen=True, slots=True)
class Years:
    """The years that have anything; `first` and `last` stand below the plot, `bar` is the width of a bar."""

    bars: Sequence[YearBar]
    first: str
    last: str
    bar: str
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


def facets(request: HttpRequest, found: SearchPage) -> list[Facet]:
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
    return [facet(request, title, name, found.facets[name]) for name, title in titles.items() if found.facets.get(name)]


def facet(request: HttpRequest, title: str, name: str, values: Sequence[FacetValue]) -> Facet:
    """A facet with the selected values before the others."""
    adding = with_another(request, PARAMETERS[name])
    choices = [
        Choice(
            value.label,
            str(value.count),
            value.selected,
            without(request, PARAMETERS[name], value.value) if value.selected else adding + quote_plus(value.value),
        )
        for value in sorted(values, key=lambda value: not value.selected)
    ]
    return Facet(title, choices[:AT_ONCE], choices[AT_ONCE:])


def years(request: HttpRequest, found: SearchPage) -> Years | None:
    """The plot of the years from the first to the last that has anything, None where no result has one."""
    values = {value.value: value for value in found.facets.get("year", ())}
    if not values:
        return None
    of = {year: value.count for year, value in values.items()} | found.years
    first, last = min(map(int, of)), max(map(int, of))
    step, tallest = min(WIDEST, PLOT_WIDTH / (last - first + 1)), max(of.values())
    address, label = year_addresses(request), _("%(n)s of %(of)s")
    bars = [
        bar(values.get(year, FacetValue(year, year, 0)), of[year], (int(year) - first) * step, tallest, address, label)
        for year in sorted(of, key=int)
        if of[year]
    ]
    return Years(bars, str(first), str(last) if last - first >= FEW_YEARS else "", drawn(max(step - GAP, step / 2)))


def bar(value: FacetValue, of: int, x: float, tallest: int, address: Callable[[str], str], label: str) -> YearBar:
    """The bar of a year, at `x`; `tallest` is the largest number of the plot."""
    part, whole = height(value.count, tallest), height(of, tallest)
    return YearBar(
        value.value,
        str(value.count),
        str(of),
        label % {"n": value.count, "of": of},
        value.selected,
        address("" if value.selected else value.value),
        drawn(x),
        drawn(PLOT_HEIGHT - part),
        drawn(part) if part else "",
        drawn(PLOT_HEIGHT - whole),
        drawn(whole),
    )


def height(number: int, tallest: int) -> float:
    """Of a bar; where there is anything, it is seen."""
    return round(max(1.5, PLOT_HEIGHT * number / tallest), 1) if number else 0.0


def drawn(number: float) -> str:
    """A place in the drawing."""
    return f"{round(number, 2):g}"


def year_address(request: HttpRequest, year: str | int) -> str:
    """The address with both ends of the years set to one year, or to none."""
    return year_addresses(request)(str(year))


def year_addresses(request: HttpRequest) -> Callable[[str], str]:
    """Makes the addresses of years, and without any of "", from the parameters of a request."""
    narrowed = request.GET.copy()
    for name in ("year", "from", "to", "page"):
        narrowed.pop(name, None)
    others = narrowed.urlencode()
    start = f"{request.path}?{others}"
    return lambda year: f"{start}{'&' if others else ''}from={year}&to={year}" if year else start


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
