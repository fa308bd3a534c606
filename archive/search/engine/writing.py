"""Writing an index: rows into a folder, one commit at a time. Only the indexer's process comes here."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from whoosh.fields import Schema
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from archive.search.engine.files import Files
from archive.search.engine.generations import Generations, Manifest, now, read_manifest, sync_files, write_manifest
from archive.search.engine.schema import KEY
from archive.search.keeping import Prepared

log = logging.getLogger(__name__)

MEMORY = 128
"""Megabytes of postings that a writer keeps before it spills them to the disk."""

Row = dict[str, Any]
MakeRow = Callable[[Prepared], Row]


def commit(folder: Path, documents: Collection[int], rows: Iterable[Row]) -> int:
    """Replace all rows of the documents in one commit; returns how many rows the index then has."""
    files = Files(folder, readonly=False)
    index = FileIndex(files)
    writer = index.writer(limitmb=MEMORY)
    try:
        for document in documents:
            writer.delete_by_term(KEY, str(document))
        for row in rows:
            writer.add_document(**row)
        writer.commit()
    except BaseException:
        give_up(writer, files)
        raise
    return int(index.doc_count())


def give_up(writer: SegmentWriter, files: Files) -> None:
    """Undo what a writer has begun and free its lock, also when undoing fails (as on a full disk)."""
    try:
        if not writer.is_closed:
            writer.cancel()
    except OSError as error:
        log.warning("Files of an unfinished commit were left behind: %s", error)
    finally:
        if writer.writelock.fd is not None:  # cancel() has not come so far
            writer.writelock.release()
        files.close_all()


class Building:
    """A generation that is being built aside."""

    def __init__(self, generations: Generations, schema: Schema, fingerprint: str, make_row: MakeRow) -> None:
        self._generations = generations
        self._fingerprint = fingerprint
        self._row = make_row
        self._began = now()
        self.folder = generations.begin()
        self._files = Files(self.folder, readonly=False)
        self._writer = FileIndex.create(self._files, schema).writer(limitmb=MEMORY)

    def add(self, rows: Iterable[Prepared]) -> int:
        count = 0
        for count, row in enumerate(rows, 1):  # noqa: B007 - the last number is wanted
            self._writer.add_document(**self._row(row))
        return count

    def finish(self) -> None:
        self._writer.commit()

    def close(self) -> None:
        """Give back what the writer holds, and the space of a build that was not installed."""
        if not self._writer.is_closed:
            give_up(self._writer, self._files)
        shutil.rmtree(self.folder, ignore_errors=True)

    def replace(self, documents: Collection[int], rows: Iterable[Prepared]) -> None:
        commit(self.folder, documents, map(self._row, rows))

    def install(self, corpus: int) -> int:
        number = int(self.folder.name.removeprefix("building-"))
        count = FileIndex(self._files).doc_count()
        write_manifest(self.folder, Manifest(number, self._fingerprint, corpus, count, self._began, now()))
        self._generations.install(self.folder)
        return number


def replace(folder: Path, documents: Collection[int], rows: Iterable[Row], corpus: int) -> None:
    """One commit to a generation, and its manifest after it."""
    count = commit(folder, documents, rows)
    before = read_manifest(folder)
    manifest = Manifest(
        before.generation, before.fingerprint, max(corpus, before.corpus), count, before.built_at, now()
    )
    write_manifest(folder, manifest)
    sync_files(folder)
