"""Batches: files come in together, are read one after the other, and what became of each is kept.

Whatever interrupts a batch, it goes on with the files that are still waiting: a file's reading and its outcome are
written in one transaction.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from archive import formats
from archive.actions.documents import PATIENCE, Prepared, keep_reading, live_document, prepare, publish
from archive.actions.imports import Candidate, members_of
from archive.actions.jobs import enqueue
from archive.actions.known import Known
from archive.actions.uploads import mark_failed, mark_unpacked, receive, sha256
from archive.models import Batch, BatchItem, Document, Job, Upload

ATTEMPTS = 3
NAME_LENGTH = 500
TOO_DANGEROUS = "The program ended three times while it read this file. Save it as plain text, and upload that."
NESTED = "This is a zip within a zip. Unpack it, and upload its files or the zip by itself."
LOST = "The stored file cannot be opened ({why}). Upload it again: the same bytes take their old place."
Outcome = BatchItem.Outcome
AGAIN: dict[str, Any] = {"outcome": Outcome.WAITING, "reason": "", "attempts": 0}
"""What makes an item one that is still to be read."""


def open_batch(
    *,
    name: str,
    by: User | None,
    key: str = "",
    known: Known | None = None,
    sheet: Mapping[str, Known] | None = None,
    to_publish: bool = False,
) -> Batch:
    """A new batch; with a key, the one of that key that was broken off, if there is one.

    `known` is what a person knows of all its files, `sheet` what of single ones, by their names.
    """
    fields: dict[str, Any] = {"name": name[:200], "made_by": by, "to_publish": to_publish}
    fields |= {"known": dict(known or {}), "sheet": dict(sheet or {})}
    if key:
        return Batch.objects.get_or_create(key=key, finished_at=None, defaults=fields)[0]
    return Batch.objects.create(**fields)


@transaction.atomic
def add_file(*, batch: Batch, candidate: Candidate) -> BatchItem:
    """Keep a file as part of the batch, to be read. The same name with the same bytes is there once.

    OSError when the disk does not take it: nothing of it is recorded then.
    """
    fields: dict[str, object] = {"outcome": Outcome.FAILED, "reason": candidate.error}
    if not candidate.error:
        fields = {"upload": receive(data=candidate.data, name=candidate.name, by=batch.made_by)[0]}
    name = "".join(character for character in candidate.name if character.isprintable())[-NAME_LENGTH:]
    digest = "" if candidate.error else sha256(candidate.data)
    return BatchItem.objects.get_or_create(batch=batch, name=name, sha256=digest, defaults=fields)[0]


def read_waiting(*, batch: Batch) -> Iterator[BatchItem]:
    """Read one waiting file of the batch after the other, until there is none; yields each when it is settled."""
    while item := batch.items.waiting().select_related("upload").order_by("pk").first():
        read_item(item=item)
        yield item


def read_item(*, item: BatchItem, seconds: float = PATIENCE) -> None:
    """Read the item's file, or unpack it, and settle what became of it.

    With `seconds` 0 nobody is kept waiting: a zip, and a scan whose text has to be recognised, go on waiting.
    """
    upload = item.upload
    if upload is None or item.outcome != Outcome.WAITING:
        return
    try:
        with upload.file.open("rb") as file:
            is_archive = formats.is_archive(file.read(), upload.name)
    except OSError as error:
        fail(item=item, reason=LOST.format(why=error.strerror))
        return
    if is_archive and not seconds:
        return
    if not begun(item):
        fail(item=item, reason=TOO_DANGEROUS)
    elif is_archive:
        unpack(item=item, upload=upload)
    else:
        read_file_of(item, upload, seconds)


def begun(item: BatchItem) -> bool:
    """Count an attempt before it is made, since the program may not survive it; False when there were enough."""
    BatchItem.objects.filter(pk=item.pk).update(attempts=F("attempts") + 1)
    item.attempts += 1
    return item.attempts <= ATTEMPTS


def read_file_of(item: BatchItem, upload: Upload, seconds: float) -> None:
    prepared = None
    if live_document(upload) is None:
        try:
            prepared = prepare(upload=upload, seconds=seconds)
        except formats.UnreadableFile as error:
            if error.code == "timeout" and not seconds:
                return
            fail(item=item, reason=error.reason)
            return
    keep(item=item, upload=upload, prepared=prepared)


@transaction.atomic
def keep(*, item: BatchItem, upload: Upload, prepared: Prepared | None) -> None:
    """Write what was read, publish it where the batch says so, and settle the item, all at once."""
    if not still_waiting(item):
        return
    batch, document, is_new = item.batch, live_document(upload), False
    if prepared and document is None:
        document, is_new = keep_reading(upload=upload, prepared=prepared, known=known_of_item(item))
    if document is None:
        return  # it was discarded at this moment: the item waits on, and is read
    if batch.to_publish and document.state == Document.State.DRAFT:
        publish(document=document, by=batch.made_by, batch=batch.pk)
    item.document, item.outcome, item.reason = document, Outcome.READ if is_new else Outcome.DUPLICATE, ""
    item.save()


def known_of_item(item: BatchItem) -> Known:
    """What a person knows of the file. A sheet may leave out the zip and the folders before the name of a file."""
    parts = item.name.split("/")
    tails = ("/".join(parts[start:]) for start in range(len(parts)))
    row: Known = next((item.batch.sheet[tail] for tail in tails if tail in item.batch.sheet), {})
    return {**item.batch.known, **row}


def still_waiting(item: BatchItem) -> bool:
    """Whether nobody else has settled the item; its row is locked, and is read again when somebody has."""
    if BatchItem.objects.select_for_update().get(pk=item.pk).outcome == Outcome.WAITING:
        return True
    item.refresh_from_db()
    return False


@transaction.atomic
def fail(*, item: BatchItem, reason: str) -> None:
    """Settle that the file cannot be read, and why; its upload keeps the reason too."""
    if still_waiting(item) and item.upload:
        item.outcome, item.reason = Outcome.FAILED, reason
        item.save()
        mark_failed(upload=item.upload, reason=reason)


def unpack(*, item: BatchItem, upload: Upload) -> None:
    """Make the files of a zip items of the batch. What cannot be unpacked is told by the item of the zip."""
    with upload.file.open("rb") as file:
        data = file.read()
    for candidate in members_of(data, item.name):
        if candidate.error:
            fail(item=item, reason=candidate.error)
            return
        add_member(item.batch, candidate)
    item.outcome = Outcome.UNPACKED
    item.save()
    mark_unpacked(upload=upload)


@transaction.atomic
def add_member(batch: Batch, candidate: Candidate) -> None:
    """Add a file of a zip to the batch; a zip among them is kept and not unpacked, for there is no end to that."""
    member = add_file(batch=batch, candidate=candidate)
    if formats.is_archive(candidate.data, candidate.name):
        fail(item=member, reason=NESTED)


def read_soon(*, batch: Batch, by: User | None, seconds: float) -> None:
    """Read what is read quickly, for at most so many seconds and one file; a worker gets the rest."""
    end = time.monotonic() + seconds
    for item in batch.items.waiting().select_related("upload").order_by("pk"):
        if time.monotonic() > end:
            break
        read_item(item=item, seconds=0)
    finish_or_go_on(batch=batch, by=by)


def finish_or_go_on(*, batch: Batch, by: User | None) -> None:
    """Give what is waiting to a worker, or note that nothing is."""
    if not finish(batch=batch):
        enqueue(kind=Job.Kind.READ_BATCH, arguments={"batch": batch.pk}, by=by, key=f"batch {batch.pk}")


def finish(*, batch: Batch) -> bool:
    """Note that the batch has come to its end; False when files of it are waiting."""
    if batch.items.waiting().exists():
        return False
    Batch.objects.filter(pk=batch.pk, finished_at=None).update(finished_at=timezone.now())
    return True


@transaction.atomic
def let_wait_again(*, batch: Batch) -> int:
    """Let the files of a batch that could not be read wait again; returns how many."""
    count = batch.items.filter(outcome=Outcome.FAILED).exclude(upload=None).update(**AGAIN)
    if count:
        Batch.objects.filter(pk=batch.pk).update(finished_at=None, key="")
    return count


def try_again(*, upload: Upload, by: User | None, seconds: float) -> BatchItem:
    """Read a file again that could not be read; in the batch that it came with, or in a new one."""
    item = upload.items.exclude(outcome__in=(Outcome.READ, Outcome.DUPLICATE)).order_by("pk").last()
    if item is None:
        item = BatchItem.objects.create(
            batch=open_batch(name=upload.name, by=by), name=upload.name, sha256=upload.sha256, upload=upload
        )
    BatchItem.objects.filter(pk=item.pk).update(**AGAIN)
    Batch.objects.filter(pk=item.batch_id).update(finished_at=None, key="")
    read_soon(batch=item.batch, by=by, seconds=seconds)
    return BatchItem.objects.select_related("batch", "upload", "document__upload").get(pk=item.pk)
