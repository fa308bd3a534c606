"""Addresses as the rest of the world should know them: the site's own, and the canonical one of each page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from archive.reader.forms import FILTERS

OF_LISTS = ("q", "in", "status", *FILTERS)
LISTS = ("search", "concordance", "documents", "directives", "search_file", "documents_file", "directives_file")
KEPT = {"cite": ("section",), **dict.fromkeys(LISTS, OF_LISTS)}
"""Page → the parameters that make it another page. All others (page, order, hit, what trackers add) do not."""


def site(request: HttpRequest) -> str:
    """Scheme and host of the archive, without a slash: as the settings name it, else as the request was made."""
    return str(settings.SITE_ADDRESS) or f"{request.scheme}://{request.get_host()}"


def canonical(request: HttpRequest) -> str:
    """The one address of the page that is asked for."""
    kept = KEPT.get(request.resolver_match.url_name or "", ()) if request.resolver_match else ()
    given = [(name, value) for name in kept for value in sorted(request.GET.getlist(name)) if value]
    return site(request) + request.path + (f"?{urlencode(given)}" if given else "")
