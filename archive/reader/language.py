"""The language of the pages: what the address asks for, else what the reader chose before, else what the browser wants.

`?hl=zh-hans` (or zh, zh-CN) on any address asks for Chinese and `?hl=en` for English; such an address is what links
and search engines name, and a cache may keep it. The answer remembers the choice in a cookie that holds nothing else.
An address without it answers in the language of the cookie or of Accept-Language, and says so in Vary. This is a link
and no form, so it works without script, and without a token on every page.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from archive.reader.middleware import Handler

PARAMETER = "hl"
"""Host language; `lang` is a filter on the languages of documents."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A language that this page can be read in: its code, its own name for itself, and the address that asks for it."""

    code: str
    name: str
    href: str
    current: bool


def asked_language(get_response: Handler) -> Handler:
    """Speak the language that the address asks for; stands after LocaleMiddleware, which knows cookie and browser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = spoken(request.GET.get(PARAMETER, ""))
        if not asked:
            response = get_response(request)
            patch_vary_headers(response, ("Cookie",))
            return response
        translation.activate(asked)
        request.LANGUAGE_CODE = asked
        response = get_response(request)
        remember(response, asked)
        return response

    return middleware


def spoken(code: str) -> str:
    """The language of the archive that a code asks for, as zh and zh-CN ask for zh-hans; "" where there is none."""
    try:
        return translation.get_supported_language_variant(code.lower())
    except (LookupError, ValueError):
        return ""


def remember(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def page_languages(request: HttpRequest) -> dict[str, list[Offer]]:
    """For every template: this page in each language of the archive, without the host."""
    speaking = translation.get_language()
    offers = [Offer(code, name, in_it(request, code), code == speaking) for code, name in settings.LANGUAGES]
    return {"page_languages": offers}


def in_it(request: HttpRequest, code: str) -> str:
    params = request.GET.copy()
    params[PARAMETER] = code
    return f"{request.path}?{params.urlencode()}"
