"""Files, folders and zips on this machine: what of them can come in, and what would become of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from archive import formats
from archive.actions.documents import PATIENCE, live_document, read_file, title_of
from archive.actions.uploads import find_upload
from archive.actions.vocabulary_words import current_vocabulary
from archive.analysis.pipeline import analyse
from archive.models import BatchItem

Outcome = BatchItem.Outcome


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to take in; `error` says why it is refused before it is read, and without its bytes."""

    name: str
    data: bytes = b""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file. `number` is the document's, None when there is none."""

    name: str
    outcome: str
    number: int | None = None
    title: str = ""
    reason: str = ""
    sections: int = 0
    directives: int = 0


def intake_of(item: BatchItem) -> Intake:
    """What became of a file of a batch."""
    document = item.document
    if document is None:
        return Intake(item.name, item.outcome, reason=item.reason)
    return Intake(
        item.name,
        item.outcome,
        number=document.pk,
        title=document.title,
        sections=document.sections.exclude(path="0").count(),
        directives=document.directives.count(),
    )


def names_in(candidate: Candidate) -> Iterator[str]:
    """Every name that a sheet may call the file by, or the files in a zip: with its folders, and without the first."""
    names = [candidate.name]
    if not candidate.error and formats.is_archive(candidate.data, candidate.name):
        names = [member.name for member in members_of(candidate.data, candidate.name)]
    for name in names:
        parts = name.split("/")
        yield from ("/".join(parts[start:]) for start in range(len(parts)))


def try_out(candidate: Candidate, seconds: float = PATIENCE) -> Iterator[Intake]:
    """What an import would make of the file, or of the members of a zip; nothing is kept.

    `seconds` bounds the recognition of a scan; one that takes longer than 0 is left waiting.
    """
    if candidate.error:
        yield Intake(candidate.name, Outcome.FAILED, reason=candidate.error)
    elif formats.is_archive(candidate.data, candidate.name):
        for member in members_of(candidate.data, candidate.name):
            yield try_out_file(member, seconds)
    else:
        yield try_out_file(candidate, seconds)


def try_out_file(candidate: Candidate, seconds: float) -> Intake:
    name = candidate.name
    known = find_upload(candidate.data)
    standing = live_document(known) if known else None
    if standing:
        return Intake(name, Outcome.DUPLICATE, number=standing.pk, title=standing.title)
    try:
        if candidate.error:
            raise formats.UnreadableFile(candidate.error, "broken")
        reading = read_file(data=candidate.data, name=name, seconds=seconds)
    except formats.UnreadableFile as error:
        takes_long = error.code == "timeout" and not seconds
        return Intake(
            name, Outcome.WAITING if takes_long else Outcome.FAILED, reason="" if takes_long else error.reason
        )
    analysis = analyse(reading.text, current_vocabulary())
    title, _ = title_of(reading.text, analysis.metadata, reading.title)
    return Intake(name, Outcome.READ, title=title, sections=len(analysis.sections), directives=len(analysis.directives))


def files_below(paths: Iterable[Path]) -> list[tuple[str, Path]]:
    """(name, path) of the files that the paths name: folders give all files below them in order, without hidden ones.

    The name of a file below a folder has its folders within that one.
    """
    found: list[tuple[str, Path]] = []
    for path in paths:
        if path.is_dir():
            below = ((one.relative_to(path), one) for one in sorted(path.rglob("*")) if one.is_file())
            found += [(inside.as_posix(), one) for inside, one in below if not is_hidden(inside)]
        else:
            found.append((path.name, path))
    return found


def is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def candidate_of(name: str, path: Path) -> Candidate:
    """The file with its bytes; too large a file and one that cannot be opened say so."""
    try:
        size = path.stat().st_size
        if size > settings.UPLOAD_LIMIT:
            return Candidate(name, error=too_large(size))
        return Candidate(name, path.read_bytes())
    except OSError as error:
        return Candidate(name, error=f"The file cannot be opened ({error.strerror}). Check its path and permissions.")


def too_large(size: int) -> str:
    megabyte = 1024 * 1024
    return (
        f"The file has {size / megabyte:.1f} MB; the archive takes {settings.UPLOAD_LIMIT // megabyte} MB. "
        "Split it, or raise MASSLINE_UPLOAD_MB."
    )


def members_of(data: bytes, name: str) -> Iterator[Candidate]:
    """The files in a zip; at the end the zip itself with the reason, where it could not be unpacked, or not wholly."""
    try:
        for member, content in formats.members(data, name, limit=settings.UPLOAD_LIMIT):
            yield Candidate(f"{name}/{member}", content)
    except formats.UnreadableFile as error:
        yield Candidate(name, error=error.reason)
