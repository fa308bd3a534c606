"""Files as received: kept byte for byte before anything is made of them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path, PurePath

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from archive.durable import sync
from archive.formats import Reading
from archive.models import Upload

NAME_LENGTH = 255


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def find_upload(data: bytes) -> Upload | None:
    """The upload with the same bytes, if there is one."""
    return Upload.objects.filter(sha256=sha256(data)).first()


@transaction.atomic
def receive(*, data: bytes, name: str, by: User | None) -> tuple[Upload, bool]:
    """Keep a file; (upload, whether it is new). OSError when the disk does not take it: nothing is recorded then."""
    digest = sha256(data)
    stored = keep_bytes(digest, data)
    return Upload.objects.get_or_create(
        sha256=digest,
        defaults={"size": len(data), "file": stored, "name": plain_name(name), "received_by": by},
    )


def keep_bytes(digest: str, data: bytes) -> str:
    """Write the bytes under their digest, whole and on the disk, or not at all; the path below MEDIA_ROOT."""
    stored = f"{digest[:2]}/{digest}"
    path = Path(settings.MEDIA_ROOT) / stored
    if path.exists() and path.stat().st_size == len(data):
        return stored
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{digest}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    sync(path.parent)
    return stored


def plain_name(name: str) -> str:
    """The last part of a received name, printable, at most 255 characters."""
    last = PurePath(name.replace("\\", "/")).name
    printable = "".join(character for character in last if character.isprintable()).strip()
    stem, dot, suffix = printable.rpartition(".")
    if len(printable) > NAME_LENGTH and dot:
        printable = f"{stem[: NAME_LENGTH - len(suffix) - 1]}.{suffix}"
    return printable[:NAME_LENGTH] or "unnamed"


@transaction.atomic
def mark_read(*, upload: Upload, reading: Reading) -> None:
    """Note how the file was read."""
    upload.state = Upload.State.READ
    upload.reason = ""
    upload.media_type = reading.media_type
    upload.reader = reading.reader
    upload.reader_version = reading.reader_version
    upload.encoding = reading.encoding
    upload.program = reading.program[:120]
    upload.warnings = list(reading.warnings)
    upload.save()


@transaction.atomic
def mark_failed(*, upload: Upload, reason: str) -> None:
    """Note why the file cannot be read; its bytes stay, and it can be tried again."""
    upload.state = Upload.State.FAILED
    upload.reason = reason
    upload.save()


@transaction.atomic
def mark_unpacked(*, upload: Upload) -> None:
    """Note that the file is a zip whose members have become uploads of their own."""
    upload.state, upload.reason = Upload.State.READ, ""
    upload.media_type, upload.reader = "application/zip", "zip"
    upload.save()
