"""Addresses of lists with other parameters: filters added, removed, and pages turned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Directive, Document
from archive.reader.kept import kept_order
from archive.reader.parameters import FILTERS, ReaderForm
from archive.reader.queries import UNDATED, Checked
from archive.reader.rendering import filled, joined

ROWS = 25
GAP = '<li><span class="gap">…</span></li>'
PAGE = '<li><a href="%s">%s</a></li>'
PAGE_HERE = '<li><a href="%s" aria-current="page">%s</a></li>'
FIELDS = {
    "q": gettext_lazy("words"),
    "status": gettext_lazy("status"),
    "theme": gettext_lazy("theme"),
    "source": gettext_lazy("source"),
    "issuer": gettext_lazy("issued by"),
    "found-at": gettext_lazy("found at"),
    "document": gettext_lazy("document"),
    "actor": gettext_lazy("actor"),
    "lang": gettext_lazy("language"),
    "kind": gettext_lazy("kind"),
    "modality": gettext_lazy("modality"),
    "year": gettext_lazy("year"),
    "from": gettext_lazy("from"),
    "to": gettext_lazy("to"),
}
"""Filter → its name on a chip."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set: what it is, its value in words, and the address without it."""

    field: str
    label: str
    href: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a list: page `number` of `last`, and the numbers to show, None where some are left out."""

    number: int
    last: int
    numbers: tuple[int | None, ...]

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.last else None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, and how many rows the whole list has."""

    rows: list
    total: int
    pages: Pages
    first: int


def pages(number: int, last: int) -> Pages:
    near = sorted({1, 2, last - 1, last, *range(number - 2, number + 3)} & set(range(1, last + 1)))
    numbers: list[int | None] = []
    for one in near:
        if numbers and one - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(one)
    return Pages(number, last, tuple(numbers))


def page_links(request: HttpRequest, pages: Pages) -> SafeString:
    """The numbers of pages as items of a list, each with its address."""
    address, gap = varied(request, "page"), filled(GAP)
    return joined(
        filled(PAGE_HERE if number == pages.number else PAGE, address(number), number) if number else gap
        for number in pages.numbers
    )


def listing(rows: QuerySet | Sequence, form: ReaderForm, size: int = ROWS) -> Listing:
    """The page of the rows that the form asks for; the last one, with a complaint, if there are fewer."""
    paginator = Paginator(rows, size)
    number = within(form, paginator.num_pages)
    page = paginator.page(number)
    return Listing(list(page.object_list), paginator.count, pages(number, paginator.num_pages), page.start_index())


def kept_listing(
    rows: QuerySet, form: ReaderForm, state: str, read: Callable[[Sequence[int]], list[Any]], of: Hashable = ""
) -> Listing:
    """The same of rows that `of` and the form decide: their order is kept, and only what is shown is read.

    `read` takes from the database what a page shows of the rows with these keys, in their order.
    """
    keys = kept_order(state, rows, (of, form.asked))
    last = max(1, -(-len(keys) // ROWS))
    number = within(form, last)
    start = (number - 1) * ROWS
    return Listing(read(keys[start : start + ROWS]), len(keys), pages(number, last), start + 1)


def within(form: ReaderForm, last: int) -> int:
    """The number of the page asked for, or of the last page where that is beyond it."""
    number: int = form.value("page", 1)
    if number > last:
        form.left_out.append(_("There is no page %(number)s; this is the last one.") % {"number": number})
    return min(number, last)


def without(request: HttpRequest, name: str, value: str) -> str:
    """The address of this list without one value of a filter, from its first page."""
    return changed(request, name, [one for one in values(request, name) if one != value])


def with_another(request: HttpRequest, name: str) -> str:
    """The address of this list with one more value of a filter, from its first page, up to that value."""
    others = changed(request, name, [])
    chosen = urlencode([(name, value) for value in [*values(request, name), ""]])
    return f"{others}{'&' if '?' in others else '?'}{chosen}"


def values(request: HttpRequest, name: str) -> list[str]:
    return [one.strip() for part in request.GET.getlist(name) for one in part.split(",") if one.strip()]


def changed(request: HttpRequest, name: str, new: Sequence[str]) -> str:
    """The address with the parameter's values replaced; empty parameters and the page number are dropped."""
    params = {**dict(request.GET.lists()), name: new, "page": ()}
    query = urlencode([(key, value) for key, values in params.items() if any(values) for value in values])
    return f"{request.path}?{query}" if query else request.path


def unfiltered(request: HttpRequest) -> str:
    """The address of this list without any filter, from its first page."""
    return open_address(request, (*FILTERS, "page")).rstrip("?&")


def open_address(request: HttpRequest, without: Collection[str]) -> str:
    """The address of this list without some of its parameters, ready for another one at its end."""
    kept = [(key, value) for key, values in request.GET.lists() if key not in without for value in values]
    return f"{request.path}?{urlencode(kept)}{'&' if kept else ''}"


def varied(request: HttpRequest, name: str) -> Callable[[object], str]:
    """Makes the queries of this list that differ in one parameter: from the first page on, or the pages themselves."""
    kept = [(key, values) for key, values in request.GET.lists() if key == name or key != "page"]
    written = {key: urlencode([(key, value) for value in values]) for key, values in kept}
    return lambda value: "?" + "&".join({**written, name: f"{name}={quote_plus(str(value))}"}.values())


def chips(request: HttpRequest, form: ReaderForm) -> list[Chip]:
    """A chip for each filter that is set and understood."""
    return [chip for name in form.filters if name in form.fields for chip in chips_of(request, form, name)]


def chips_of(request: HttpRequest, form: ReaderForm, name: str) -> list[Chip]:
    value = form.value(name)
    if value is None:
        return []
    field = str(FIELDS[name])
    if not isinstance(value, tuple):
        return [Chip(field, words_for(name, value), changed(request, name, []))]
    return [Chip(field, words_for(name, one), without(request, name, key_of(one))) for one in value]


def key_of(value: object) -> str:
    return str(getattr(value, "key", None) or getattr(value, "slug", None) or value)


def words_for(name: str, value: object) -> str:
    """A value of a filter in the reader's words."""
    if value == UNDATED and name == "year":
        return _("undated")
    choices = {
        "lang": Document.Language,
        "kind": Document.Kind,
        "modality": Directive.Modality,
        "status": Checked,
    }
    return str(choices[name](value).label) if name in choices else str(value)
