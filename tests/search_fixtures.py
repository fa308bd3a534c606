"""Rows and an index for the tests of search, made without the reading of texts: what is in them is known exactly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import haystack
import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from archive.models import (
    Actor,
    Directive,
    DirectiveTheme,
    Document,
    DocumentTheme,
    OutboxEntry,
    Section,
    Source,
    Theme,
    Upload,
)
from archive.search import Grain, SearchPage, SearchParams, indexer, search
from archive.search.engine.backend import ArchiveBackend
from archive.search.families import made_in


@contextmanager
def index_in(folder: Path) -> Iterator[Path]:
    """The engine uses the folder in every thread that starts inside the block."""
    options = {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(folder)}
    with override_settings(INDEX_DIR=folder, HAYSTACK_CONNECTIONS={"default": options}):
        haystack.connections.reload("default")
        made_in.cache_clear()
        yield folder
        backend().reading.close()
    haystack.connections.reload("default")


@pytest.fixture
def index_folder(tmp_path: Path) -> Iterator[Path]:
    """An index folder of this test's own."""
    with index_in(tmp_path / "index") as folder:
        yield folder


def backend() -> ArchiveBackend:
    made: ArchiveBackend = haystack.connections["default"].get_backend()
    return made


def current() -> Path:
    """The generation that readers are answered from."""
    folder = backend().generations.current()
    assert folder is not None
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Name → content."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def documents() -> set[int]:
    """The numbers of all documents."""
    return set(Document.objects.values_list("pk", flat=True))


def make_source(slug: str, name_en: str = "", name_zh: str = "", aliases: Sequence[str] = ()) -> Source:
    made, _ = Source.objects.get_or_create(
        slug=slug, defaults={"name_en": name_en or slug, "name_zh": name_zh, "aliases": list(aliases)}
    )
    return made


@transaction.atomic
def make_document(
    *own_texts: str,
    title: str = "A notice",
    published: bool = True,
    themes: Sequence[str] = (),
    year: int | None = None,
    language: str = "en",
    kind: str = "notice",
    issuer: str = "",
    found_at: str = "",
    number: str = "",
    title_in_text: bool = True,
    boilerplate: Sequence[tuple[int, int, str]] = (),
) -> Document:
    """A document whose sections have exactly these own texts: front matter first, then 1, 1.1, 1.2, …"""
    text = "".join(own_texts)
    digest = hashlib.sha256(f"{Upload.objects.count()}{text}".encode()).hexdigest()
    document = Document.objects.create(
        upload=Upload.objects.create(sha256=digest, size=len(text), file=digest, name="file.txt"),
        text=text,
        title=title,
        language=language,
        kind=kind,
        number=number,
        title_in_text=title_in_text,
        boilerplate=[list(piece) for piece in boilerplate],
        issuer=make_source(issuer) if issuer else None,
        found_at=make_source(found_at) if found_at else None,
        issued_on=date(year, 5, 1) if year else None,
        issued_precision="year" if year else "",
        state=Document.State.PUBLISHED if published else Document.State.DRAFT,
        published_at=timezone.now() if published else None,
    )
    for rank, key in enumerate(themes, 1):
        DocumentTheme.objects.create(document=document, theme=Theme.objects.get(key=key), rank=rank)
    start = 0
    for ordinal, own in enumerate(own_texts):
        add_section(document, ordinal, start, start + len(own))
        start += len(own)
    announce(document)
    return document


def add_section(document: Document, ordinal: int, start: int, end: int) -> Section:
    return Section.objects.create(
        document=document,
        ordinal=ordinal,
        path=str(ordinal) if ordinal < 2 else f"1.{ordinal - 1}",
        level=min(ordinal, 2),
        kind=Section.Kind.HEADING if ordinal else Section.Kind.FRONT,
        heading=f"Part {ordinal}" if ordinal else "",
        heading_start=start,
        start=start,
        end=end,
        own_end=end,
        quote="",
        rule="test",
        stage_version=1,
    )


def direct(
    document: Document,
    start: int,
    end: int,
    *,
    modality: str = "obligation",
    actor: str = "",
    themes: Sequence[str] = (),
    status: str = "suggested",
) -> Directive:
    """A directive over `[start, end)` of the text, in the section where it begins."""
    row = Directive.objects.create(
        document=document,
        section=document.sections.filter(start__lte=start).order_by("-start").first(),
        modality=modality,
        actor=Actor.objects.get_or_create(slug=actor, defaults={"name_en": actor, "name_zh": actor})[0]
        if actor
        else None,
        status=status,
        start=start,
        end=end,
        quote=document.text[start:end],
        rule="test",
        stage_version=1,
    )
    for rank, key in enumerate(themes, 1):
        DirectiveTheme.objects.create(directive=row, theme=Theme.objects.get(key=key), rank=rank)
    announce(document)
    return row


def announce(document: Document) -> OutboxEntry:
    return OutboxEntry.objects.create(document=document, made_at=timezone.now())


@transaction.atomic
def withdraw(document: Document) -> None:
    document.state = Document.State.WITHDRAWN
    document.withdrawn_at = timezone.now()
    document.save()
    announce(document)


def ask(q: str = "", **filters: object) -> SearchPage:
    """The first hundred results for a query, with the outbox applied before."""
    indexer.catch_up()
    return search(SearchParams(q=q, **{"page_size": 100, **filters}))


def found(page: SearchPage) -> list[tuple[int, int]]:
    """(document, ordinal) of the section of each hit."""
    return [(hit.section.document_id, hit.section.ordinal) for hit in page.hits if hit.section]


def numbers(page: SearchPage) -> list[int]:
    """The primary key of each result: directive, document, or section."""
    if page.params.grain is Grain.DIRECTIVES:
        return [hit.directive.pk for hit in page.hits if hit.directive]
    if page.params.grain is Grain.DOCUMENTS:
        return [hit.document.pk for hit in page.hits]
    return [hit.section.pk for hit in page.hits if hit.section]
