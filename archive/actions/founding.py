"""The five documents that the archive starts with come in through the same door as any upload."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from archive.actions.batches import add_file, finish, open_batch, read_waiting
from archive.actions.imports import Candidate, Intake, intake_of
from archive.models import Upload

FOLDER = Path(__file__).resolve().parent.parent / "founding_documents"


def founding_documents() -> list[dict[str, str]]:
    """The manifest: file, SHA-256 and provenance of each."""
    documents: list[dict[str, str]] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["documents"]
    return documents


def take_in_founding_documents() -> Iterator[Intake]:
    """Publish those founding documents that the archive does not have; one that was withdrawn stays so."""
    present = set(Upload.objects.filter(documents__isnull=False).values_list("sha256", flat=True))
    missing = [record for record in founding_documents() if record["sha256"] not in present]
    if not missing:
        return
    known = {record["file"]: {"translation": record["translation"]} for record in missing}
    batch = open_batch(name="Founding documents", by=None, key="founding", sheet=known, to_publish=True)
    for record in missing:
        candidate = Candidate(record["file"], (FOLDER / record["file"]).read_bytes())
        add_file(batch=batch, candidate=candidate)
        yield from map(intake_of, read_waiting(batch=batch))
    finish(batch=batch)
