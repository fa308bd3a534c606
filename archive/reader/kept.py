"""What takes long to count is kept until something changes that readers see.

Numbers, keys of rows and words of texts are kept, never names: a theme that gets another name has it on the next page.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from django.core.cache import caches
from django.db.models import QuerySet

from archive.models import OutboxEntry

T = TypeVar("T")


def corpus() -> str:
    """The state of what readers see, to be asked for once a page, before anything is counted."""
    return OutboxEntry.objects.corpus()


def kept(state: str, function: Callable[..., T], *asked: Hashable) -> T:
    """What the function gives for these numbers and words; counted once for each state of the corpus."""
    name = f"{function.__module__}.{function.__qualname__}{asked!r}"
    return remembered("numbers", state, name, lambda: function(*asked))


def kept_order(state: str, rows: QuerySet[Any], asked: Hashable) -> Sequence[int]:
    """The keys of the rows in their order; `asked` says which rows these are."""
    name = f"{rows.model.__name__}{asked!r}"
    return remembered("lists", state, name, lambda: array("q", rows.values_list("pk", flat=True)))


def remembered(cache: str, state: str, name: str, make: Callable[[], T]) -> T:
    """What `make` gives, from the cache where it is there; None is an answer that is not kept."""
    key = hashlib.sha256(f"{state}:{name}".encode()).hexdigest()
    missing = object()
    found: Any = caches[cache].get(key, missing)
    if found is missing:
        found = make()
        if found is not None:
            caches[cache].set(key, found)
    return found
