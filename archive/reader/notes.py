"""What the readers of files noted, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext

from archive.formats.notes import parted


def in_words(note: str) -> str:
    """A note as `formats` wrote it, in the language of the page; what is filled in too, where that is a phrase."""
    template, values = parted(note)
    said = {name: gettext(value) for name, value in values.items()}
    return gettext(template) % said if said else gettext(template)
