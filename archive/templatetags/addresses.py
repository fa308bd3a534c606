"""Addresses that a page has many of."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from archive.reader import addresses
from archive.reader.paths import path_of

register = template.Library()
register.simple_tag(path_of, name="path")


@register.simple_tag(takes_context=True)
def page_links(context: dict[str, Any], pages: addresses.Pages) -> SafeString:
    return addresses.page_links(context["request"], pages)
