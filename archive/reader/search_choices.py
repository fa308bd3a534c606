"""What a reader can choose beside the results: values of facets, years, variants, each with its address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote_plus

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.reader.addresses import changed, open_address, with_another, without
from archive.reader.rendering import escaped, filled, joined
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
LOWEST, NOTHING = 2.5, 1.0
"""Height of the bar of one result among very many, and of none."""
FEW_YEARS = 5
"""Years from the first to the last in a plot that does not name its last one."""
YEARS = ("year", "from", "to", "page")
"""Parameters that another choice of years replaces."""
AT_ONCE = 8
"""Values of a facet that are shown at once."""


CHOICE = '<li><a href="%s"><span>%s</span> <span class="count">%s</span></a></li>'
CHOSEN = (
    '<li><a href="%s" class="selected" aria-current="true"><span>%s</span> <span class="count">%s</span>'
    ' <span aria-hidden="true">×</span><span class="unseen">%s</span></a></li>'
)
BAR = '<g><title>%s: %s</title><rect class="all" x="%s" y="%s" width="%s" height="%s"/></g>'
BAR_LINKED = (
    '<a href="%s" tabindex="-1"><title>%s: %s</title><path fill="none" pointer-events="all" d="M%s 0h%sv%sh-%sz"/>'
    '<rect x="%s" y="%s" width="%s" height="%s"/></a>'
)
ROW = '<tr><th scope="row">%s</th><td class="number">%s</td><td class="number">%s</td></tr>'
ROW_LINKED = ROW.replace("%s", '<a href="%s">%s</a>', 1)
ROW_CHOSEN = ROW.replace("%s", '<a href="%s" aria-current="true">%s<span class="unseen">%s</span></a>', 1)


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet as items of a list, those that are shown at once and the others."""

    title: str
    first: SafeString
    more: SafeString


class YearBar(NamedTuple):
    """A year of the plot: results, all there are, and where the bar of its results stands in units of the drawing.

    A mouse can follow the whole height of the plot; the table has the same links for keyboards. No language puts commas
    into a drawing, so its numbers are in words.
    """

    year: str
    results: int
    of: int
    selected: bool
    href: str
    x: SafeString
    width: SafeString
    height: float

    def drawing(self, label: str) -> SafeString:
        x, width, said = self.x, self.width, label % {"n": self.results, "of": self.of}
        bar = x, drawn(PLOT_HEIGHT - self.height), width, drawn(self.height)
        if not self.results:
            return filled(BAR, self.year, said, *bar)
        return filled(BAR_LINKED, self.href, self.year, said, x, width, PLOT_HEIGHT, width, *bar)

    def row(self, remove: str) -> SafeString:
        """The year in the table; `remove` says that it can be taken away."""
        if self.selected:
            return filled(ROW_CHOSEN, self.href, self.year, remove, self.results, self.of)
        if self.results:
            return filled(ROW_LINKED, self.href, self.year, self.results, self.of)
        return filled(ROW, self.year, self.results, self.of)


@dataclass(frozen=True, slots=True)
class Years:
    """The years that have anything, drawn and as rows of a table; `first` and `last` stand below the plot."""

    drawing: SafeString
    rows: SafeString
    first: str
    last: str
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
    adding, remove = with_another(request, PARAMETERS[name]), _("remove this filter")
    choices = [
        filled(CHOSEN, without(request, PARAMETERS[name], value.value), value.label, value.count, remove)
        if value.selected
        else filled(CHOICE, adding + in_address(value.value), value.label, value.count)
        for value in sorted(values, key=lambda value: not value.selected)
    ]
    return Facet(title, joined(choices[:AT_ONCE]), joined(choices[AT_ONCE:]))


@lru_cache(maxsize=4096)
def in_address(value: str) -> str:
    """A value as a parameter of an address has it: every page of results has the same ones."""
    return quote_plus(value)


def years(request: HttpRequest, found: SearchPage) -> Years | None:
    """The plot of the years from the first to the last that has anything, None where no result has one."""
    values = {value.value: value for value in found.facets.get("year", ())}
    if not values:
        return None
    of = {year: value.count for year, value in values.items()} | found.years
    first, last = min(map(int, of)), max(map(int, of))
    step, tallest = min(WIDEST, PLOT_WIDTH / (last - first + 1)), max(value.count for value in values.values())
    address, width = year_addresses(request), drawn(max(step - GAP, step / 2))
    label, remove = _("%(n)s of %(of)s"), _("remove this filter")
    bars = [
        YearBar(
            value.value,
            value.count,
            of[year],
            value.selected,
            address("" if value.selected else value.value),
            drawn((int(year) - first) * step),
            width,
            height(value.count, tallest),
        )
        for year in sorted(of, key=int)
        if of[year]
        for value in [values.get(year) or FacetValue(year, year, 0)]
    ]
    return Years(
        joined(bar.drawing(label) for bar in bars),
        joined(bar.row(remove) for bar in bars),
        str(first),
        str(last) if last - first >= FEW_YEARS else "",
    )


def height(number: int, tallest: int) -> float:
    """Of a bar; a year without a result is seen as well."""
    return round(max(LOWEST, PLOT_HEIGHT * number / tallest), 1) if number else NOTHING


@lru_cache(maxsize=4096)
def drawn(number: float) -> SafeString:
    """A place in the drawing."""
    return escaped(f"{round(number, 2):g}")


def kept_beside_years(request: HttpRequest) -> list[tuple[str, str]]:
    """What another choice of years keeps of the question, as hidden fields."""
    return [(name, value) for name, each in request.GET.lists() if name not in YEARS for value in each if value]


def year_addresses(request: HttpRequest) -> Callable[[str], str]:
    """Makes the addresses of years, and without any of "", from the parameters of a request."""
    start = open_address(request, YEARS)
    return lambda year: f"{start}from={year}&to={year}" if year else start.removesuffix("&")


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
