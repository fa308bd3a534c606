"""What readers note of a file: sentences made of phrases, so that a page can say them in its own language.

A note is kept in English, as a reader wrote it. `parted` finds the phrase that it was made of, and what was filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_PHRASES: list[str] = []


def phrase(template: str) -> str:
    """Register the template, with `%(name)s` for what is filled in, as one that `parted` knows; returns it."""
    _PHRASES.append(template)
    return template


def parted(note: str) -> tuple[str, Mapping[str, str]]:
    """(phrase, what was filled in) of a note; the note itself, and nothing, for one that is made of no phrase."""
    for template, pattern in _patterns():
        if found := pattern.fullmatch(note):
            return template, found.groupdict()
    return note, {}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((template, _pattern(template)) for template in _PHRASES)


def _pattern(template: str) -> re.Pattern[str]:
    pieces = re.split(r"%\((\w+)\)s", template)
    named = (f"(?P<{piece}>.+?)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
    return re.compile("".join(named), re.DOTALL)


HIDDEN = phrase("Hidden text was left out.")
NUMBERS_LOST = phrase(
    "This document numbers its paragraphs automatically, and antiword leaves such numbers out; compare the text with "
    "the file. With LibreOffice installed, or saved as docx, they are read."
)
MISSING_CHAPTERS = phrase("%(count)s chapter(s) are missing from this book: %(names)s.")
DAMAGED_PAGES = phrase("%(count)s of %(all)s pages are damaged: %(pages)s.")
ANOTHER_KIND = phrase("The name ends in “%(suffix)s”, but the content is %(kind)s; it was read as that.")
GARBLED = phrase("The text looks garbled at character %(at)s (“%(trace)s”): %(cause)s.")
LOST = phrase("%(count)s character(s) are lost and show as “\ufffd”; the first is character %(at)s.")
DECLARED_NOT_UTF8 = phrase("The page says it is in %(declared)s, but it is in UTF-8; it was read as that.")
DECLARED_OTHERWISE = phrase(
    "The page says it is in %(declared)s, but it fits %(encoding)s better; it was read as that."
)
DAMAGED_PLACES = phrase("%(count)s damaged place(s) could not be decoded as %(encoding)s and show as “\ufffd”.")
GUESSED = phrase("The encoding was guessed as %(encoding)s; compare the text with the file before you publish it.")
TWO_ENCODINGS = phrase("This short text reads as UTF-8 and as GB18030; UTF-8 was taken. Compare it with the file.")
NOT_INSTALLED = phrase(
    "%(count)s of %(all)s pages have no text layer and were not recognised (%(install)s): %(pages)s. Their text is "
    "missing here."
)
NOT_RECOGNISED = phrase(
    "%(count)s of %(all)s pages have no text layer and were not recognised: %(pages)s. Their text is missing here."
)
RECOGNISED = phrase(
    "%(count)s of %(all)s page(s) were read by text recognition (%(program)s, %(percent)s sure); compare the text with "
    "the pages."
)
UNSURE = phrase("The recognition is unsure of page(s) %(pages)s; expect wrong characters.")
NO_TEXT_ON = phrase("No text was found on page(s) %(pages)s, which show pictures only.")
PAGES_FAILED = phrase("Page(s) %(pages)s could not be recognised; their text is missing here.")
NO_CHINESE = phrase("Chinese cannot be recognised on this server (%(install)s).")
