"""The Haystack backend: search on one side, what the indexer asks for on the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from django.db.models import Model
from haystack import connections
from haystack.backends import BaseSearchBackend, log_query
from haystack.exceptions import SearchBackendError
from haystack.fields import SearchField
from haystack.models import SearchResult
from haystack.utils import get_model_ct
from whoosh.query import And, Query

from archive.search.arrays.queries import Sequence, Values
from archive.search.arrays.searcher import Part
from archive.search.engine import schema, writing
from archive.search.engine.generations import Generations, read_manifest
from archive.search.engine.locks import hold
from archive.search.engine.reading import IndexUnavailable, Reading
from archive.search.engine.schema import RowMaker
from archive.search.engine.snapshot import Snapshot, has_words
from archive.search.grouping import ROWS, ByDocument
from archive.search.keeping import IndexState, Occurrences, Prepared

DEFAULT_MODEL = "archive.section"
WAIT = 600.0
"""Seconds that a change waits for another one to be committed."""
GOING = 1.0
"""Seconds that processes may take to be gone after their parent was killed; they hold its locks."""


def searchfields(alias: str) -> dict[str, SearchField]:
    return connections[alias].get_unified_index().all_searchfields()


def fingerprint(alias: str) -> str:
    return schema.fingerprint(searchfields(alias))


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the backend was asked for it."""

    query: Query
    order: tuple[str, ...]
    start: int
    end: int | None
    facets: dict[str, dict[str, Any]]
    grouping: ByDocument | None
    result: Callable[..., SearchResult]


def one_model(models: Collection[type[Model]]) -> str:
    if len(models) > 1:
        raise SearchBackendError("this engine answers for one model at a time")
    return next((get_model_ct(model) for model in models), DEFAULT_MODEL)


def _results_of(result_class: type[SearchResult], model: str) -> Callable[..., SearchResult]:
    app, name = model.split(".")
    return lambda pk, score, **more: result_class(app, name, pk, score, **more)


def results(snapshot: Snapshot, asked: Asked, selected: list[Part]) -> list[SearchResult]:
    if asked.end is not None and asked.end <= asked.start:
        return []
    if asked.grouping is None:
        top = snapshot.top(selected, asked.order, asked.end)[asked.start :]
        return [asked.result(str(found.pk), found.score) for found in top]
    documents = snapshot.documents_of(selected, asked.order, asked.end, asked.grouping)[asked.start :]
    return [
        asked.result(str(rows[0].pk), rows[0].score, size=size, beside=tuple((row.pk, row.score) for row in rows[1:]))
        for rows, size in documents
    ]


class ArchiveBackend(BaseSearchBackend):
    """Whoosh with generations."""

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
        query_string: Query,
        sort_by: list[str] | None = None,
        start_offset: int = 0,
        end_offset: int | None = None,
        facets: dict[str, Any] | None = None,
        narrow_queries: set[str] | None = None,
        result_class: type[SearchResult] | None = None,
        models: Collection[type[Model]] = (),
        grouping: ByDocument | None = None,
        **_: Any,
    ) -> dict[str, Any]:
        """Haystack's answer to a query: exactly the results asked for, the exact number of all, and facet counts.

        It answers for one model at a time, sections where none is named. A facet of keywords takes the option `joined`:
        each value is then counted together with these.
        """
        if isinstance(query_string, str) or narrow_queries:
            raise SearchBackendError("this engine takes no raw queries: filter with SQ")
        model = one_model(models)
        asked = Asked(
            And([query_string, Values(schema.MODEL, (model,))]),
            tuple(sort_by or ()),
            start_offset,
            end_offset,
            facets or {},
            grouping,
            _results_of(result_class or SearchResult, model),
        )
        return self.reading.ask(lambda snapshot: self._remembered(snapshot, asked))

    def _remembered(self, snapshot: Snapshot, asked: Asked) -> dict[str, Any]:
        """The answer; what is only counted, and not by words, is counted once for each state of the index."""
        if asked.end is None or asked.end > asked.start or has_words(asked.query):
            return self._answer(snapshot, asked)
        facets = tuple((name, *sorted(options.items())) for name, options in asked.facets.items())
        return dict(snapshot.once((asked.query, asked.grouping, facets), lambda: self._answer(snapshot, asked)))

    def _answer(self, snapshot: Snapshot, asked: Asked) -> dict[str, Any]:
        selected = snapshot.select(asked.query)
        rows = snapshot.count(selected)
        return {
            "results": results(snapshot, asked, selected),
            "hits": snapshot.count_documents(selected) if asked.grouping else rows,
            "facets": {
                "fields": {name: self._facet(snapshot, selected, asked, name) for name in asked.facets},
                "queries": {ROWS: rows},
            },
            "spelling_suggestion": None,
        }

    def _facet(self, snapshot: Snapshot, selected: list[Part], asked: Asked, name: str) -> list[tuple[str | int, int]]:
        field, options = self.searchfields()[name], asked.facets[name]
        documents = asked.grouping is not None and asked.grouping.whole
        counts: dict[Any, int]
        if schema.kind(field) == "keywords":
            counts = snapshot.values(selected, name, joined=options.get("joined", ()), documents=documents)
        elif schema.kind(field) == "number":
            counts = snapshot.numbers(selected, name, documents=documents)
        else:
            raise SearchBackendError(f"{name} is a field of words and has no facet")
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def words(self, beginning: str, most: int) -> list[str]:
        return self.reading.ask(lambda snapshot: snapshot.words(self.document_field() + schema.EXACT, beginning, most))

    def version(self) -> str:
        return self.reading.ask(lambda snapshot: snapshot.version)

    def occurrences(
        self,
        query: Query,
        order: Collection[str],
        models: Collection[type[Model]],
        words: Iterable[Query],
        most: int,
    ) -> Occurrences:
        """The first rows of a query in an order, with how often the words, which must be sequences, are in each."""
        asked = And([query, Values(schema.MODEL, (one_model(models),))])
        sequences = [word for word in words if isinstance(word, Sequence)]
        return self.reading.ask(lambda snapshot: snapshot.occurrences(asked, tuple(order), most, sequences))

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
        fields = self.searchfields()
        writing.replace(folder, documents, map(RowMaker.of(fields), rows), corpus, schema.making(fields))

    def tidy(self) -> bool:
        folder = self.generations.current()
        return folder is not None and writing.tidy(folder, schema.making(self.searchfields()))

    @contextmanager
    def building(self) -> Iterator[writing.Building]:
        with hold(self.root / "build.lock", "building the index", wait=GOING):
            fields = self.searchfields()
            made_for = fingerprint(self.connection_alias)
            build = writing.Building(
                self.generations, schema.build(fields), made_for, RowMaker.of(fields), schema.making(fields)
            )
            try:
                yield build
            finally:
                build.close()

    def writing(self) -> AbstractContextManager[None]:
        return hold(self.root / "write.lock", "writing to the index", wait=WAIT)

    def indexing(self) -> AbstractContextManager[None]:
        return hold(self.root / "indexer.lock", "running the indexer", wait=GOING)

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
            served, sections = self.reading.ask(
                lambda snapshot: (
                    snapshot.folder,
                    snapshot.count(snapshot.select(Values(schema.MODEL, (DEFAULT_MODEL,)))),
                )
            )
        except (SearchBackendError, OSError, ValueError) as error:
            return IndexState(problem=str(error))
        problem = "" if served == folder else f"{folder.name} cannot be read; {served.name} answers"
        return IndexState(
            manifest.generation,
            manifest.built_at,
            manifest.updated_at,
            sections,
            manifest.corpus,
            readable=True,
            problem=problem,
        )

    def documents(self) -> set[int]:
        return self.reading.ask(lambda snapshot: snapshot.documents())


def check(folder: Path) -> None:
    """Open a generation and read all of it; raises DamagedIndex, EmptyIndexError or OSError."""
    Snapshot(folder).check()
