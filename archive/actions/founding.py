"""The five documents that the archive starts with come in through the same door as any upload."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from archive.actions.corrections import correct_metadata
from archive.actions.imports import Intake, take_in
from archive.models import Document, Upload

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
                note_translation(number=intake.number, translation=record["translation"])
            yield intake


def note_translation(*, number: int | None, translation: str) -> None:
    """Set what the manifest knows of a document and its text does not say."""
    document = Document.objects.get(pk=number)
    document.translation = translation
    correct_metadata(document=document, changed=["translation"], by=None)
