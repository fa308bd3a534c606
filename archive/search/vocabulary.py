"""From what a reader writes after `theme:`, `source:` … to the slugs of the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from django.conf import settings
from django.utils import translation

from archive.folding import fold
from archive.models import Actor, Directive, Document, Source, Theme
from archive.search.tokens import number_key

Names = dict[str, list[str]]
"""Slug → everything it is called."""


def _themes() -> Names:
    return _named((*row, []) for row in Theme.objects.values_list("key", "merged_into__key", "name_en", "name_zh"))


def _sources() -> Names:
    return _named(Source.objects.values_list("slug", "merged_into__slug", "name_en", "name_zh", "aliases"))


def _actors() -> Names:
    return _named(Actor.objects.values_list("slug", "merged_into__slug", "name_en", "name_zh", "aliases"))


def _named(rows: Iterable[tuple[str, str | None, str, str, list[str]]]) -> Names:
    """What was merged into another is another name of that."""
    found: Names = {}
    for slug, into, english, chinese, aliases in rows:
        found.setdefault(into or slug, []).extend([slug, english, chinese, *aliases])
    return found


@cache
def _kinds() -> Names:
    return _choices(Document.Kind.choices)


@cache
def _languages() -> Names:
    return _choices(Document.Language.choices)


@cache
def _modalities() -> Names:
    return _choices(Directive.Modality.choices)


def _choices(choices: Sequence[tuple[str, object]]) -> Names:
    """Each value with its names in every language of the interface, whichever it speaks: a query means one thing."""
    found: Names = {value: [value] for value, _label in choices}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            for value, label in choices:
                found[value].append(str(label))
    return found


FIELDS: dict[str, tuple[str, Callable[[], Names]]] = {
    "theme": ("themes", _themes),
    "source": ("sources", _sources),
    "actor": ("actors", _actors),
    "kind": ("kinds", _kinds),
    "lang": ("languages", _languages),
    "modality": ("modalities", _modalities),
}
"""Field of the query language → field of the index, and where its names come from."""


PARTS_COUNT = ("source", "actor")
"""Fields of bodies and people, whose names hold each other: a part of a name means all that have it."""


def slugs(field: str, value: str, *, whole: bool = False) -> tuple[str, ...]:
    """The slugs that a value means: those called exactly so, else those with the value in a name; maybe none.

    A source or actor is only called exactly so where the `whole` name is given.
    """
    wanted = _plain(value)
    names = FIELDS[field][1]()
    called = {slug: [_plain(name) for name in each if name] for slug, each in names.items()}
    exact = [slug for slug, each in called.items() if wanted in each and (whole or field not in PARTS_COUNT)]
    return tuple(exact or [slug for slug, each in called.items() if any(wanted in name for name in each)])


def numbers_beginning(beginning: str) -> tuple[str, ...]:
    """The keys of the document numbers that begin so, in order."""
    rows = Document.objects.published().exclude(number="").values_list("number", "number_as_typed")
    keys = {number_key(number) for row in rows for number in row}
    return tuple(sorted(key for key in keys if key.startswith(beginning)))


def _plain(name: str) -> str:
    return " ".join(fold(name).text.replace("-", " ").replace("_", " ").split())
