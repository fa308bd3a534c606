"""What a worker does for each kind of job: a function of the job's arguments, which may be begun more than once.

A function gets the job, and `progress(done, total, message)` to call between two steps; `job.done` says how many steps
an earlier attempt has done. What it returns is kept as the job's result.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from itertools import chain
from typing import Any, Protocol

from archive.actions.batches import finish, read_waiting
from archive.actions.documents import NotPossible, publish
from archive.actions.readings import Changes
from archive.actions.replacing import replace_file
from archive.actions.rereading import live_documents, reread
from archive.actions.undoing import standing_documents, take_back
from archive.actions.vocabulary_changes import weighed
from archive.formats import UnreadableFile
from archive.models import Batch, Document, Job, Upload


class Progress(Protocol):
    """Notes how far the work is. LeaseLost or Stopping ends the work between two steps."""

    def __call__(self, done: int, total: int, message: str = "") -> None: ...


Work = Callable[[Job, Progress], dict[str, Any]]


def read_batch(job: Job, progress: Progress) -> dict[str, Any]:
    """`batch`: read its files that are waiting."""
    batch = Batch.objects.get(pk=job.arguments["batch"])
    for item in chain([None], read_waiting(batch=batch)):
        total, left = batch.items.count(), batch.items.waiting().count()
        progress(total - left, total, item.name if item else "")
    finish(batch=batch)
    return {}


def publish_batch(job: Job, progress: Progress) -> dict[str, Any]:
    """`batch`: publish those of its documents that are drafts."""
    batch = Batch.objects.get(pk=job.arguments["batch"])
    documents = list(batch.documents().filter(state=Document.State.DRAFT))
    for done, document in enumerate(documents):
        progress(done, len(documents), document.title)
        publish(document=document, by=job.made_by, batch=batch.pk)
    return {"published": len(documents)}


def undo_batch(job: Job, progress: Progress) -> dict[str, Any]:
    """`batch`, `touched` (bool): take its documents back, with `touched` also those that people have been at since."""
    batch = Batch.objects.get(pk=job.arguments["batch"])
    total = batch.documents().count()
    for document in take_back(batch=batch, by=job.made_by, also_touched=job.arguments["touched"]):
        progress(total - standing_documents(batch).count(), total, document.title)
    return {"left": standing_documents(batch).count()}


def reread_documents(job: Job, progress: Progress) -> dict[str, Any]:
    """`documents`: the numbers of those to read again. A number of no live document is passed over."""
    numbers = job.arguments["documents"]
    total = Changes()
    for done, number in enumerate(numbers[job.done :], start=job.done):
        progress(done, len(numbers), str(number))
        if live_documents().filter(pk=number).exists():
            total += reread(number=number, by=job.made_by)
    progress(len(numbers), len(numbers))
    return asdict(total)


def replace_file_of_document(job: Job, progress: Progress) -> dict[str, Any]:
    """`document`, `upload`, `reason`: the file takes the place of the document's own; a refusal is the result."""
    document = Document.objects.get(pk=job.arguments["document"])
    upload = Upload.objects.get(pk=job.arguments["upload"])
    progress(0, 1, upload.name)
    if document.upload_id != upload.pk:
        try:
            replace_file(document=document, upload=upload, by=job.made_by, reason=job.arguments["reason"])
        except (UnreadableFile, NotPossible) as error:
            return {"reason": str(error)}
    return {"document": document.pk}


def weigh_change(job: Job, progress: Progress) -> dict[str, Any]:
    """`documents`, `edits`: what a change of a vocabulary would do to them. Begun again, it starts from the first."""
    return weighed(job.arguments, progress)


WORK: dict[str, Work] = {
    Job.Kind.REPLACE_FILE: replace_file_of_document,
    Job.Kind.READ_BATCH: read_batch,
    Job.Kind.PUBLISH_BATCH: publish_batch,
    Job.Kind.UNDO_BATCH: undo_batch,
    Job.Kind.REREAD: reread_documents,
    Job.Kind.WEIGH: weigh_change,
}
