"""From what a reader writes after `theme:`, `source:` … to the slugs of the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from archive.folding import fold
from archive.models import Actor, Directive, Document, Source, Theme

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


def _choices(choices: Iterable[tuple[str, object]]) -> Names:
    return {value: [value, str(label)] for value, label in choices}


FIELDS: dict[str, tuple[str, Callable[[], Names]]] = {
    "theme": ("themes", _themes),
    "source": ("sources", _sources),
    "actor": ("actors", _actors),
    "kind": ("kinds", lambda: _choices(Document.Kind.choices)),
    "lang": ("languages", lambda: _choices(Document.Language.choices)),
    "modality": ("modalities", lambda: _choices(Directive.Modality.choices)),
}
"""Field of the query language → field of the index, and where its names come from."""


def slugs(field: str, value: str) -> tuple[str, ...]:
    """The slugs that a value means: those called exactly so, else those with the value in a name; maybe none."""
    wanted = _plain(value)
    names = FIELDS[field][1]()
    called = {slug: [_plain(name) for name in each if name] for slug, each in names.items()}
    exact = [slug for slug, each in called.items() if wanted in each]
    return tuple(exact or [slug for slug, each in called.items() if any(wanted in name for name in each)])


def _plain(name: str) -> str:
    return " ".join(fold(name).text.replace("-", " ").replace("_", " ").split())
