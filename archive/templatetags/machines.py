"""What templates write for machines beside what people read."""

from __future__ import annotations

from typing import Any

from django import template

from archive.interchange import coins as openurl
from archive.interchange.works import Work
from archive.models import Document

register = template.Library()


@register.simple_tag(takes_context=True)
def coins(context: dict[str, Any], document: Document) -> str:
    """The context object of a document in a list, for the title of a span; its issuer should be loaded."""
    return openurl.coins_of_document(document, context.get("site_address", "") + document.get_absolute_url())


@register.simple_tag
def coins_of(cited: Work) -> str:
    return openurl.coins(cited)
