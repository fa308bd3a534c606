"""The Haystack backend: search on one side, what the indexer asks for on the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from haystack import connections
from haystack.backends import BaseSearchBackend, log_query
from haystack.exceptions import SearchBackendError
from haystack.fields import SearchField
from haystack.models import SearchResult

from archive.search.engine import schema, writing
from archive.search.engine.generations import Generations, read_manifest
from archive.search.engine.locks import hold
from archive.search.engine.plan import Plan
from archive.search.engine.reading import IndexUnavailable, Reading
from archive.search.engine.snapshot import Snapshot
from archive.search.keeping import IndexState, Prepared

WAIT = 600.0
"""Seconds that a change waits for another one to be committed."""


def searchfields(alias: str) -> dict[str, SearchField]:
    return connections[alias].get_unified_index().all_searchfields()


def fingerprint(alias: str) -> str:
    return schema.fingerprint(searchfields(alias))


class ArchiveBackend(BaseSearchBackend):
    """Whoosh with generations. It has one model, the section."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **{**options, "SILENTLY_FAIL": False})
        self.root = Path(options["PATH"])
        self.generations = Generations(self.root)
        # no bound method here: in a circle of references, files would stay open after their thread
        self.reading = Reading(self.generations, partial(fingerprint, connection_alias))

    def searchfields(self) -> dict[str, SearchField]:
        return searchfields(self.connection_alias)

    def document_field(self) -> str:
        return next(name for name, field in self.searchfields().items() if field.document)

    # reading

    @log_query
    def search(
        self,
        query_string: Plan,
        sort_by: list[str] | None = None,
        start_offset: int = 0,
        end_offset: int | None = None,
        facets: dict[str, Any] | None = None,
        narrow_queries: set[str] | None = None,
        result_class: type[SearchResult] | None = None,
        **_: Any,
    ) -> dict[str, Any]:
        """Haystack's answer to a plan: exactly the rows asked for, the exact number of all, and facet counts."""
        if isinstance(query_string, str) or narrow_queries:
            raise SearchBackendError("this engine takes no raw queries: filter with SQ")
        order = tuple(sort_by or ())
        return self.reading.ask(
            lambda snapshot: self._answer(
                snapshot, query_string, order, start_offset, end_offset, facets, result_class or SearchResult
            )
        )

    def _answer(
        self,
        snapshot: Snapshot,
        plan: Plan,
        order: tuple[str, ...],
        start: int,
        end: int | None,
        facets: dict[str, Any] | None,
        result_class: type[SearchResult],
    ) -> dict[str, Any]:
        selected = snapshot.select(plan)
        top = snapshot.top(plan, selected, order, end)[start:] if end is None or end > start else []
        return {
            "results": [result_class("archive", "section", str(found.pk), found.score) for found in top],
            "hits": snapshot.count(selected),
            "facets": {"fields": {name: self._facet(snapshot, selected, name) for name in facets or ()}},
            "spelling_suggestion": None,
        }

    def _facet(self, snapshot: Snapshot, selected: list[int], name: str) -> list[tuple[str | int, int]]:
        field = self.searchfields()[name]
        counts: dict[Any, int]
        if schema.kind(field) == "keywords":
            counts = snapshot.values(selected, name)
        elif schema.kind(field) == "number":
            counts = snapshot.numbers(selected, name)
        else:
            raise SearchBackendError(f"{name} is a field of words and has no facet")
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    # what Haystack's own commands would do

    def update(self, index: Any, iterable: Any, commit: bool = True) -> NoReturn:
        raise SearchBackendError("the index is kept by `manage.py indexer`; use `manage.py reindex` to build it anew")

    def remove(self, obj_or_string: Any, commit: bool = True) -> NoReturn:
        self.update(None, None)

    def clear(self, models: Any = None, commit: bool = True) -> NoReturn:
        self.update(None, None)

    # keeping the index (see `archive.search.keeping`)

    def replace(self, documents: Collection[int], rows: Iterable[Prepared], corpus: int) -> None:
        folder = self.generations.current()
        if folder is None:
            raise IndexUnavailable("there is no current generation to write to")
        writing.replace(folder, documents, map(self._row, rows), corpus)

    @contextmanager
    def building(self) -> Iterator[writing.Building]:
        with hold(self.root / "build.lock", "building the index"):
            fields = self.searchfields()
            made_for = fingerprint(self.connection_alias)
            build = writing.Building(self.generations, schema.build(fields), made_for, self._row)
            try:
                yield build
            finally:
                build.close()

    def writing(self) -> AbstractContextManager[None]:
        return hold(self.root / "write.lock", "writing to the index", wait=WAIT)

    def indexing(self) -> AbstractContextManager[None]:
        return hold(self.root / "indexer.lock", "running the indexer")

    def _row(self, prepared: Prepared) -> dict[str, Any]:
        return schema.row(prepared, self.searchfields())

    def rebuild_reason(self) -> str | None:
        folder = self.generations.current()
        if folder is None:
            return "there is no index"
        try:
            manifest = read_manifest(folder)
        except (OSError, ValueError) as error:
            return f"the manifest of {folder.name} cannot be read ({error})"
        if manifest.fingerprint != fingerprint(self.connection_alias):
            return f"{folder.name} was built by another version of this program"
        try:
            check(folder)
        except Exception as error:
            return f"{folder.name} is damaged ({type(error).__name__}: {error})"
        return None

    def state(self) -> IndexState:
        folder = self.generations.current()
        try:
            if folder is None:
                raise IndexUnavailable("there is no index yet: run `manage.py reindex`")
            manifest = read_manifest(folder)
            served = self.reading.ask(lambda snapshot: snapshot.folder)
        except (SearchBackendError, OSError, ValueError) as error:
            return IndexState(problem=str(error))
        problem = "" if served == folder else f"{folder.name} cannot be read; {served.name} answers"
        return IndexState(
            manifest.generation,
            manifest.built_at,
            manifest.updated_at,
            manifest.sections,
            manifest.corpus,
            readable=True,
            problem=problem,
        )

    def documents(self) -> set[int]:
        return self.reading.ask(lambda snapshot: snapshot.documents())


def check(folder: Path) -> None:
    """Open a generation and read every column and the first postings of every field; raises what Whoosh raises."""
    snapshot = Snapshot(folder)
    try:
        snapshot.check()
    finally:
        snapshot.close()
