"""Files, folders and zips come in, one file after the other; what cannot be read does not stop the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

from archive import formats
from archive.actions.documents import live_document, publish, read_file, read_upload, title_of
from archive.actions.uploads import find_upload, mark_failed, receive
from archive.analysis.pipeline import analyse
from archive.models import Document, Source


class Outcome(StrEnum):
    """What became of a file."""

    READ = "read"
    DUPLICATE = "duplicate"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to take in; `error` says why it is refused before it is read, perhaps without its bytes."""

    name: str
    data: bytes = b""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file. `number` is the document's, None when there is none."""

    name: str
    outcome: Outcome
    number: int | None = None
    title: str = ""
    reason: str = ""
    sections: int = 0
    directives: int = 0


def take_in(
    *, data: bytes, name: str, by: User | None, source: Source | None = None, to_publish: bool = False
) -> Intake:
    """Receive one file, read it and, when asked, publish it: the door of every upload.

    A file that cannot be read is kept as a failed upload. Bytes that are already a document are a duplicate, which is
    published too when that is asked and it is still a draft.
    """
    upload, _ = receive(data=data, name=name, by=by)
    standing = live_document(upload)
    try:
        document = standing or read_upload(upload=upload, by=by, source=source)
    except formats.UnreadableFile as error:
        return Intake(name, Outcome.FAILED, reason=error.reason)
    if to_publish and document.state == Document.State.DRAFT:
        publish(document=document, by=by)
    return Intake(
        name,
        Outcome.DUPLICATE if standing else Outcome.READ,
        number=document.pk,
        title=document.title,
        sections=document.sections.exclude(path="0").count(),
        directives=document.directives.count(),
    )


def try_out(*, data: bytes, name: str) -> Intake:
    """What `take_in` would make of the file; nothing is kept."""
    known = find_upload(data)
    standing = live_document(known) if known else None
    if standing:
        return Intake(name, Outcome.DUPLICATE, number=standing.pk, title=standing.title)
    try:
        reading = read_file(data=data, name=name)
    except formats.UnreadableFile as error:
        return Intake(name, Outcome.FAILED, reason=error.reason)
    analysis = analyse(reading.text)
    title, _ = title_of(reading.text, analysis.metadata, reading.title)
    return Intake(name, Outcome.READ, title=title, sections=len(analysis.sections), directives=len(analysis.directives))


def import_candidates(
    *, candidates: Iterable[Candidate], by: User | None, source: Source | None, to_publish: bool, dry_run: bool
) -> Iterator[Intake]:
    """Take in one candidate after the other, or only try it out; yields what became of each at once."""
    for candidate in candidates:
        if candidate.error:
            yield refuse(candidate=candidate, by=by, keep=not dry_run)
        elif dry_run:
            yield try_out(data=candidate.data, name=candidate.name)
        else:
            yield take_in(data=candidate.data, name=candidate.name, by=by, source=source, to_publish=to_publish)


def refuse(*, candidate: Candidate, by: User | None, keep: bool) -> Intake:
    """Report a file that is refused before reading; what there is of it is kept as a failed upload."""
    if keep and candidate.data:
        upload, _ = receive(data=candidate.data, name=candidate.name, by=by)
        mark_failed(upload=upload, reason=candidate.error)
    return Intake(candidate.name, Outcome.FAILED, reason=candidate.error)


def files_below(paths: Iterable[Path]) -> list[Path]:
    """The files that the paths name: folders give all files below them in order of name, without hidden ones."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            below = sorted(path.rglob("*"))
            found += [one for one in below if one.is_file() and not is_hidden(one.relative_to(path))]
        else:
            found.append(path)
    return found


def is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def candidates_of(path: Path) -> Iterator[Candidate]:
    """The file itself, or the members of a zip; too large a file and one that cannot be opened say so."""
    try:
        size = path.stat().st_size
        if size > settings.UPLOAD_LIMIT:
            yield Candidate(path.name, error=too_large(size))
            return
        data = path.read_bytes()
    except OSError as error:
        yield Candidate(
            path.name, error=f"The file cannot be opened ({error.strerror}). Check its path and permissions."
        )
        return
    if formats.is_archive(data, path.name):
        yield from members_of(data, path.name)
    else:
        yield Candidate(path.name, data)


def too_large(size: int) -> str:
    megabyte = 1024 * 1024
    return (
        f"The file has {size / megabyte:.1f} MB; the archive takes {settings.UPLOAD_LIMIT // megabyte} MB. "
        "Split it, or raise MASSLINE_UPLOAD_MB."
    )


def members_of(data: bytes, name: str) -> Iterator[Candidate]:
    try:
        for member, content in formats.members(data, name):
            yield Candidate(f"{name}/{member}", content)
    except formats.UnreadableFile as error:
        yield Candidate(name, data, error=error.reason)
