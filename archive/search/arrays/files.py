"""The file of a segment: named arrays one after another, and a directory of them at the end.

A file is written once, under the name that it keeps, and never changed. It counts from the moment that a table of
contents names it, so a file that was not finished is never looked at; one that was damaged later is recognised.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

MAGIC = b"MLARRAY1"
FOOTER = struct.Struct("<QQI8s")
"""Offset, length and CRC-32 of the directory, magic."""
ALIGNMENT = 8

Array = NDArray[Any]


class DamagedIndex(Exception):
    """A file of the index is not what was written; the message names it."""


class Place(NamedTuple):
    """An array in a file: its type in NumPy's notation, offset in bytes, length in elements, CRC-32 of its bytes."""

    dtype: str
    offset: int
    length: int
    crc: int


class ArrayFileWriter:
    """Writes the file of a segment. Nothing may be mapped before `close`, after which it is on the disk."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(MAGIC)
        self._places: dict[str, Place] = {}

    def add(self, name: str, array: Array) -> None:
        """Append an array of one dimension; numbers are written little-endian."""
        array = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        self._file.write(bytes(-self._file.tell() % ALIGNMENT))
        content = array.data.cast("B") if len(array) else b""
        self._places[name] = Place(array.dtype.str, self._file.tell(), len(array), zlib.crc32(content))
        self._file.write(content)

    def close(self, facts: Mapping[str, Any]) -> None:
        """Write the directory and `facts` (JSON), and have the kernel bring all to the disk."""
        directory = json.dumps({"arrays": self._places, "facts": facts}).encode()
        start = self._file.tell()
        self._file.write(directory)
        self._file.write(FOOTER.pack(start, len(directory), zlib.crc32(directory), MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        self._file.close()


class ArrayFile:
    """A mapped file. Its arrays are views of the map: read-only, for all threads, alive after the file is deleted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < len(MAGIC) + FOOTER.size:
                raise DamagedIndex(f"{path.name} is cut off: it has {size} bytes")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        directory = self._directory(size)
        self._places = {name: Place(*place) for name, place in directory["arrays"].items()}
        self.facts: dict[str, Any] = directory["facts"]

    def _directory(self, size: int) -> dict[str, Any]:
        start, length, crc, magic = FOOTER.unpack(self._map[size - FOOTER.size :])
        if magic != MAGIC or start + length + FOOTER.size != size:
            raise DamagedIndex(f"{self.path.name} has no directory at its end")
        content = self._map[start : start + length]
        if zlib.crc32(content) != crc:
            raise DamagedIndex(f"the directory of {self.path.name} is damaged")
        directory: dict[str, Any] = json.loads(content)
        return directory

    def __getitem__(self, name: str) -> Array:
        place = self._places[name]
        return np.frombuffer(self._map, place.dtype, place.length, place.offset)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def extent(self, name: str) -> tuple[int, int]:
        """The first byte of an array and the one after its last."""
        place = self._places[name]
        return place.offset, place.offset + place.length * np.dtype(place.dtype).itemsize

    def verify(self) -> None:
        """Read every array; DamagedIndex when one is not as it was written."""
        for name, place in self._places.items():
            if zlib.crc32(self[name].view(np.uint8).data) != place.crc:
                raise DamagedIndex(f"{name} in {self.path.name} is damaged")
