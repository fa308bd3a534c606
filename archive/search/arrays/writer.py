"""The writer: rows in, rows out by a keyword, and a commit that readers see as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError, clean_files
from whoosh.reading import IndexReader
from whoosh.util.filelock import try_for
from whoosh.writing import IndexingError, IndexWriter

from archive.durable import sync
from archive.search.arrays.reading import opened
from archive.search.arrays.segment import ArraySegment
from archive.search.arrays.segments import INDEX_NAME, Making, Row, SegmentBuilder, merge

SMALL = 20_000
"""Rows that segments merged in an ordinary commit have together at most: some tenths of a second."""
FAN = 6
"""Segments of about one size that stand side by side before they are merged."""
WASTE = 0.4
"""The share of deleted rows at which a segment is written anew."""

ORDINARY = Making()

Choice = Callable[[Sequence[ArraySegment]], list[list[ArraySegment]]]
"""Which segments of a commit are to be merged with one another."""


def merge_small(segments: Sequence[ArraySegment]) -> list[list[ArraySegment]]:
    """What an ordinary commit merges: a group of segments no larger than SMALL together."""
    return [group for group in merge_due(segments) if sum(map(rows_of, group)) <= SMALL]


def merge_due(segments: Sequence[ArraySegment]) -> list[list[ArraySegment]]:
    """What quiet moments are for: FAN segments of one size, and those that have mostly deleted rows.

    Sizes rise by the factor FAN, so a row is written anew only as often as the index has sizes.
    """
    wasteful = [each for each in segments if each.deleted_count() > WASTE * each.doc_count_all()]
    sizes: dict[int, list[ArraySegment]] = {}
    for segment in segments:
        if segment not in wasteful:
            sizes.setdefault(_size(rows_of(segment)), []).append(segment)
    groups = [[*group] for group in sizes.values() if len(group) >= FAN]
    return groups + [[segment] for segment in wasteful]


def merge_all(segments: Sequence[ArraySegment]) -> list[list[ArraySegment]]:
    """All segments into one."""
    return [list(segments)] if len(segments) > 1 or any(each.has_deletions() for each in segments) else []


def merge_none(segments: Sequence[ArraySegment]) -> list[list[ArraySegment]]:
    return []


def rows_of(segment: ArraySegment) -> int:
    count: int = segment.doc_count()
    return count


def _size(rows: int) -> int:
    size = 0
    while rows >= FAN * 100:
        rows //= FAN
        size += 1
    return size


class ArrayWriter(IndexWriter):
    """Writes to the index in a folder. Holds Whoosh's write lock until `commit` or `cancel`; LockError when it is held.

    Deleting concerns rows of earlier commits only, so a document is replaced by deleting its rows and adding new ones,
    in whichever order.
    """

    def __init__(self, folder: Path, making: Making = ORDINARY, timeout: float = 0.0) -> None:
        self.folder = folder
        self.making = making
        index = FileIndex(FileStorage(str(folder)))
        self._lock = index.lock("WRITELOCK")
        if not try_for(self._lock.acquire, timeout=timeout, delay=0.05):
            raise LockError(f"another process is writing to the index in {folder.name}")
        self.is_closed = False
        try:
            self._index = index
            contents = index._read_toc()
            self.schema = contents.schema
            self.generation = contents.generation + 1
            self.segments: list[ArraySegment] = contents.segments
            self._made: list[ArraySegment] = []
            self._builder = SegmentBuilder(folder, self.schema, making)
        except BaseException:
            self._release()
            raise

    def add_document(self, **fields: Any) -> None:
        self.add(fields)

    def add(self, row: Row) -> None:
        """Take a row: see SegmentBuilder.add."""
        self._check_open()
        self._builder.add(row)

    def adopt(self, segments: Iterable[ArraySegment]) -> None:
        """Take segments that builders of other processes have written to this folder."""
        self._check_open()
        self._made.extend(segments)

    def delete_by_term(self, fieldname: str, text: str, searcher: Any = None) -> int:
        """Delete the rows that have a keyword; returns how many there were."""
        return self.delete(fieldname, [text])

    def delete(self, field: str, keywords: Iterable[str]) -> int:
        """Delete the rows that have one of the keywords; returns how many there were."""
        self._check_open()
        asked = [keyword.encode() for keyword in keywords]
        count = 0
        for segment in self.segments:
            column = opened(self.folder, segment).keywords(field)
            before = segment.deleted_count()
            for number in filter(lambda number: number >= 0, map(column.words.number, asked)):
                for row in column.docs[column.range(number, number + 1)].tolist():
                    segment.delete_document(row)
            count += segment.deleted_count() - before
        return count

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete (or bring back) a row by its number in the index as it was when the writer was opened."""
        self._check_open()
        for segment in self.segments:
            if docnum < segment.doc_count_all():
                segment.delete_document(docnum, delete)
                return
            docnum -= segment.doc_count_all()
        raise IndexingError(f"the index has no row {docnum}")

    def reader(self, **options: Any) -> IndexReader:
        """A reader of the index as it was when the writer was opened, less what has been deleted since."""
        return FileIndex._reader(self._index.storage, self.schema, self.segments, self.generation, **options)

    def add_reader(self, reader: IndexReader) -> NoReturn:
        raise NotImplementedError("rows of another index are added one by one")

    def commit(self, choose: Choice = merge_small) -> None:
        """Bring all to the disk and make it the state that readers open from now on."""
        self._check_open()
        try:
            self._made += self._builder.finish()
            segments = [each for each in [*self.segments, *self._made] if rows_of(each)]
            for group in choose(segments):
                merged = merge(self.folder, self.schema, group)
                self._made.append(merged)
                segments = [merged if each is group[0] else each for each in segments]
                segments = [each for each in segments if each not in group[1:]]
            TOC(self.schema, segments, self.generation).write(self._index.storage, INDEX_NAME)
            sync(self.folder / TOC._filename(INDEX_NAME, self.generation))
            sync(self.folder)
        except BaseException:
            self.cancel()
            raise
        clean_files(self._index.storage, INDEX_NAME, self.generation, segments)
        self._sweep()
        self._release()

    def cancel(self) -> None:
        """Leave the index as it was."""
        self._check_open()
        self._builder.discard()
        for segment in self._made:
            (self.folder / segment.file_name()).unlink(missing_ok=True)
        self._release()

    def _sweep(self) -> None:
        """Remove tables of contents that a killed writer has not finished."""
        for left in self.folder.glob(f"_{INDEX_NAME}_*.toc.*"):
            left.unlink(missing_ok=True)

    def _check_open(self) -> None:
        if self.is_closed:
            raise IndexingError("this writer is closed")

    def _release(self) -> None:
        self.is_closed = True
        self._lock.release()
