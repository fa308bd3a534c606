"""What a worker does for each kind of job: a function of the job's arguments, which may be begun more than once.

A function gets the job, and `progress(done, total, message)` to call between two steps; `job.done` says how many steps
an earlier attempt has done. What it returns is kept as the job's result.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Protocol

from archive import formats
from archive.actions.documents import read_upload
from archive.actions.readings import Changes
from archive.actions.rereading import live_documents, reread
from archive.models import Job, Source, Upload


class Progress(Protocol):
    """Notes how far the work is. LeaseLost or Stopping ends the work between two steps."""

    def __call__(self, done: int, total: int, message: str = "") -> None: ...


Work = Callable[[Job, Progress], dict[str, Any]]


def read_file_of_upload(job: Job, progress: Progress) -> dict[str, Any]:
    """`upload`, `source`, `encoding`: read the upload into a draft. A file that gives no text is no failure."""
    upload = Upload.objects.get(pk=job.arguments["upload"])
    source = Source.objects.filter(pk=job.arguments.get("source")).first()
    progress(0, 1, upload.name)
    try:
        document = read_upload(upload=upload, by=job.made_by, source=source, encoding=job.arguments.get("encoding"))
    except formats.UnreadableFile as error:
        return {"reason": error.reason}
    return {"document": document.pk}


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


WORK: dict[str, Work] = {
    Job.Kind.READ_UPLOAD: read_file_of_upload,
    Job.Kind.REREAD: reread_documents,
}
