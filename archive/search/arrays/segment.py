"""A segment as the table of contents knows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

from whoosh.codec import base

if TYPE_CHECKING:
    from archive.search.arrays.codec import ArrayCodec

EXTENSION = ".arrays"


class ArraySegment(base.Segment):
    """A segment in the table of contents: its name, how many rows it has, which of them are deleted."""

    def __init__(self, index_name: str, rows: int) -> None:
        super().__init__(index_name)
        self._rows = rows
        self._deleted: set[int] = set()

    def codec(self) -> ArrayCodec:
        from archive.search.arrays.codec import ArrayCodec  # noqa: PLC0415 - the codec reads segments

        return ArrayCodec()

    def file_name(self) -> str:
        return str(self.make_filename(EXTENSION))

    def doc_count_all(self) -> int:
        return self._rows

    def set_doc_count(self, doccount: int) -> NoReturn:
        raise NotImplementedError("an array segment knows its rows from the start")

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        (self._deleted.add if delete else self._deleted.discard)(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def should_assemble(self) -> bool:
        return False
