"""The five documents that the archive starts with come in through the same door as any upload."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from archive.actions.imports import Intake, take_in
from archive.models import Upload

FOLDER = Path(__file__).resolve().parent.parent / "founding_documents"


def founding_documents() -> list[dict[str, str]]:
    """The manifest: file, SHA-256 and provenance of each."""
    documents: list[dict[str, str]] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["documents"]
    return documents


def take_in_founding_documents() -> Iterator[Intake]:
    """Publish those founding documents that the archive does not have; one that was withdrawn stays so."""
    present = set(Upload.objects.filter(documents__isnull=False).values_list("sha256", flat=True))
    for record in founding_documents():
        if record["sha256"] not in present:
            data = (FOLDER / record["file"]).read_bytes()
            with transaction.atomic():  # a stop half-way leaves no unpublished draft behind
                intake = take_in(data=data, name=record["file"], by=None, to_publish=True)
            yield intake
