"""The corpus as rows of the archive's database: published documents that nobody uploaded, read or published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive.models import Document, DocumentTheme, Section, Source, Theme, Upload

BATCH = 200
"""Documents that are put in at a time."""


def load(corpus: Path) -> int:
    """Put every document of a corpus file into the database, in bulk; returns how many.

    The way through upload, reading and publishing is not taken: it is measured elsewhere, and the analysis would find
    other sections than those that the contenders get. Sections are numbered like `contender.rows`.
    """
    sections, total = count(1), 0
    with corpus.open(encoding="utf-8") as file:
        while batch := [json.loads(line) for line in islice(file, BATCH)]:
            _put_in(batch, sections)
            total += len(batch)
    return total


@transaction.atomic
def _put_in(batch: list[dict[str, Any]], numbers: Iterator[int]) -> None:
    sources = _sources({each["source"] for each in batch})
    themes = _themes({theme for each in batch for theme in each["themes"]})
    Upload.objects.bulk_create(_upload(each) for each in batch)
    Document.objects.bulk_create(_document(each, sources) for each in batch)
    DocumentTheme.objects.bulk_create(
        DocumentTheme(document_id=each["id"], theme=themes[key], rank=rank)
        for each in batch
        for rank, key in enumerate(each["themes"], 1)
    )
    Section.objects.bulk_create(section for each in batch for section in _sections(each, numbers))


def _sources(slugs: set[str]) -> dict[str, Source]:
    known = Source.objects.in_bulk(slugs, field_name="slug")
    Source.objects.bulk_create(
        Source(slug=slug, name_en=slug.replace("bureau", "Bureau ")) for slug in sorted(slugs - {*known})
    )
    return Source.objects.in_bulk(slugs, field_name="slug")


def _themes(keys: set[str]) -> dict[str, Theme]:
    known = Theme.objects.in_bulk(keys, field_name="key")
    Theme.objects.bulk_create(Theme(key=key, name_en=key.capitalize(), order=99) for key in sorted(keys - {*known}))
    return Theme.objects.in_bulk(keys, field_name="key")


def _upload(each: dict[str, Any]) -> Upload:
    digest = hashlib.sha256(f"{each['id']} {each['title']}".encode()).hexdigest()
    return Upload(pk=each["id"], sha256=digest, size=len(each["text"]), file=digest, name=f"{each['id']}.txt")


def _document(each: dict[str, Any], sources: dict[str, Source]) -> Document:
    issued = date.fromisoformat(each["date"]) if each["date"] else None
    return Document(
        pk=each["id"],
        upload_id=each["id"],
        text=each["text"],
        language=each["language"],
        title=each["title"],
        kind=each["kind"],
        number=each["number"],
        issuer=sources[each["source"]],
        issued_on=issued,
        issued_precision="day" if issued else "",
        state=Document.State.PUBLISHED,
        published_at=timezone.now(),
    )


def _sections(each: dict[str, Any], numbers: Iterator[int]) -> Iterator[Section]:
    for place, section in enumerate(each["sections"]):
        yield Section(
            pk=next(numbers),
            document_id=each["id"],
            ordinal=place,
            path=str(place),
            level=min(place, 1),
            kind=Section.Kind.HEADING if place else Section.Kind.FRONT,
            heading=section["heading"][:200] if place else "",
            heading_start=section["start"],
            start=section["start"],
            end=section["end"],
            own_end=section["end"],
            quote=section["heading"] if place else "",
            rule="generated",
            stage_version=1,
        )
