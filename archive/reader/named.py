"""Rows that addresses name: themes, actors and sources, as filters ask for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from archive.models import Actor, Source, Theme
from archive.models.prepared import Prepared
from archive.reader import queries
from archive.search.loading import OF_SOURCE, OF_THEME, columns, made

OF_ACTOR = columns(Actor, "id", "slug", "name_en", "name_zh")


class Named:
    """Rows of a model, found by the names that they have in addresses; those columns are read that filters show."""

    def __init__(
        self, model: type[Model], rows: Callable[[], QuerySet[Any]], name: str, columns: Sequence[str]
    ) -> None:
        self._model, self._rows, self._name, self._columns = model, rows, name, columns
        self._standing = Prepared(
            lambda names: rows().filter(merged_into=None, **{f"{name}__in": names}).order_by().values_list(*columns)
        )

    def called(self, names: Sequence[str]) -> dict[str, Any]:
        """Name → row, for the names that are known. That of what was merged into another stands for the other."""
        rows = [made(self._model, self._columns, values) for values in self._standing(names)]
        found = {getattr(row, self._name): row for row in rows}
        if missing := [one for one in names if one not in found]:
            found |= queries.merged(self._rows(), self._name, missing)
        return found


THEMES = Named(Theme, Theme.objects.all, "key", OF_THEME)
ACTORS = Named(Actor, queries.actors, "slug", OF_ACTOR)
SOURCES = Named(Source, queries.sources, "slug", OF_SOURCE)
