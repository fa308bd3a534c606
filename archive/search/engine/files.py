"""A folder as Whoosh sees it, with a way to close what Whoosh leaves open when it fails half-way."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile


class Files(FileStorage):
    """The files of one generation."""

    def __init__(self, folder: Path, *, readonly: bool) -> None:
        super().__init__(str(folder), readonly=readonly)
        self._opened: list[StructFile] = []

    def open_file(self, name: str, **options: Any) -> StructFile:
        return self._noted(super().open_file(name, **options))

    def create_file(self, name: str, **options: Any) -> StructFile:
        return self._noted(super().create_file(name, **options))

    def _noted(self, file: StructFile) -> StructFile:
        self._opened = [known for known in self._opened if not known.raw_file().closed]
        self._opened.append(file)
        return file

    def close_all(self) -> None:
        """Close every file; what cannot be written any more is given up."""
        for file in self._opened:
            with suppress(OSError):
                file.raw_file().close()
