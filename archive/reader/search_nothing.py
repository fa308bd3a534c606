"""Why nothing was found, as the page shows it: parts, spellings and filters, each with its number and address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.reader.addresses import changed, unfiltered
from archive.search.page import Grain, Nothing, SearchPage


@dataclass(frozen=True, slots=True)
class Way:
    """Another question: what it is in words, its address, and what it finds, in words too."""

    words: str
    href: str
    finds: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """The questions that lead on from one without results. `unfiltered` is None where filters take nothing away."""

    understood: str
    respelt: tuple[Way, ...]
    parts: tuple[Way, ...]
    unfiltered: Way | None


def ways_on(request: HttpRequest, found: SearchPage) -> Ways:
    """Without the index there are no numbers, and the filters may be what hides results."""
    why, grain = found.nothing or Nothing(""), found.params.grain
    return Ways(
        why.understood,
        tuple(Way(q, changed(request, "q", [q])) for q in why.suggestions),
        tuple(Way(part.words, changed(request, "q", [part.q]), counted(grain, part.count)) for part in why.alone),
        without_filters(request, grain, why.without_filters) if why.without_filters != 0 else None,
    )


def without_filters(request: HttpRequest, grain: Grain, finds: int | None) -> Way:
    words = _("Search for the same words without filters")
    return Way(words, unfiltered(request), "" if finds is None else counted(grain, finds))


def counted(grain: Grain, n: int) -> str:
    """A number of results in words, as the page of these results says it."""
    match grain:
        case Grain.DIRECTIVES:
            return ngettext("%(n)s directive", "%(n)s directives", n) % {"n": n}
        case Grain.DOCUMENTS:
            return ngettext("%(n)s document", "%(n)s documents", n) % {"n": n}
        case Grain.PASSAGES:
            return ngettext("%(n)s passage", "%(n)s passages", n) % {"n": n}
