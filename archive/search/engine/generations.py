"""The folder of the index: complete generations side by side, and which of them is the current one.

    current → gen-7        a link, replaced atomically
    gen-7/ gen-6/          an index and its manifest.json; the one before is kept
    building-8/            not complete; swept by the next build
    *.lock                 see `locks`

A generation is built aside and renamed when it is complete, so a folder `gen-n` is never half an index.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.durable import sync

MANIFEST = "manifest.json"
CURRENT = "current"
KEPT = 2
"""Generations that stay: the current one and the one before it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is. `corpus` is the id of the last outbox entry in it; times are ISO 8601, UTC."""

    generation: int
    fingerprint: str
    corpus: int
    rows: int
    built_at: str
    updated_at: str


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_manifest(folder: Path) -> Manifest:
    """OSError or ValueError when there is none that can be read."""
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text()))
    except TypeError as error:
        raise ValueError(f"{folder / MANIFEST}: {error}") from None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    made = folder / f"{MANIFEST}.new"
    with made.open("w") as file:
        json.dump(asdict(manifest), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    made.replace(folder / MANIFEST)


class Generations:
    """The generations under one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """The folder of the current generation, None when there is none or the link leads nowhere."""
        link = self.root / CURRENT
        try:
            folder = self.root / link.readlink()
        except OSError:
            return None
        return folder if folder.is_dir() else None

    def complete(self) -> list[Path]:
        """All complete generations, the newest first."""
        if not self.root.is_dir():
            return []
        numbered = [(number_of(folder), folder) for folder in self.root.iterdir() if number_of(folder)]
        return [folder for _, folder in sorted(numbered, reverse=True)]

    def candidates(self) -> list[Path]:
        """The folders to read from, in the order to try: the current one, then older and newer ones."""
        current = self.current()
        rest = [folder for folder in self.complete() if folder != current]
        return [current, *rest] if current else rest

    def begin(self) -> Path:
        """An empty folder for the next generation. What an interrupted build left behind goes."""
        self.root.mkdir(parents=True, exist_ok=True)
        for left in self.root.glob("building-*"):
            shutil.rmtree(left)
        number = max([number_of(folder) for folder in self.complete()], default=0) + 1
        folder = self.root / f"building-{number}"
        folder.mkdir()
        return folder

    def install(self, building: Path) -> Path:
        """Make a complete build the current generation; returns its folder. Older ones than the one before go."""
        sync_files(building)
        folder = self.root / f"gen-{building.name.removeprefix('building-')}"
        before = self.current()
        building.rename(folder)
        sync(self.root)
        self.point_to(folder)
        keep = {folder, before} if before else set(self.complete()[:KEPT])
        for old in self.complete():
            if old not in keep:
                shutil.rmtree(old, ignore_errors=True)
        return folder

    def point_to(self, folder: Path) -> None:
        """Replace the link in one step: a reader sees the old generation or the new one."""
        link = self.root / f"{CURRENT}.{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(folder.name)
        link.replace(self.root / CURRENT)
        sync(self.root)


def number_of(folder: Path) -> int:
    """The number of a complete generation's folder, 0 for anything else."""
    number = folder.name.removeprefix("gen-")
    return int(number) if folder.name.startswith("gen-") and number.isdecimal() and folder.is_dir() else 0


def sync_files(folder: Path) -> None:
    """Have the kernel write every file of the folder to the disk, and the folder itself."""
    for path in folder.iterdir():
        if path.is_file():
            sync(path)
    sync(folder)
