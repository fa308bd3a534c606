"""Addresses of lists and things: each pattern is resolved once, since one page may ask for a thousand addresses."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from django.urls import reverse

STAND_IN = "987654321"
"""Good as a number and as a name, and in no address of ours."""
SAFE = "!*'()+,;=:@~$&"
"""What a name in an address is not quoted for, as `reverse` has it."""


@cache
def path_of(name: str, *ending: str) -> str:
    """Where a list is, or the file of it that has this ending."""
    return reverse(name, args=ending)


def path_to(name: str, key: int | str) -> str:
    """Where a thing is whose page has one number or name in its address."""
    return pattern_of(name) % (key if isinstance(key, int) else quote(key, safe=SAFE))


@cache
def pattern_of(name: str) -> str:
    return reverse(name, args=[STAND_IN]).replace("%", "%%").replace(STAND_IN, "%s")
