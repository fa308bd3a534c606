"""`python -m tests.import_child WHAT [FOLDER]`: an import in a process of its own, over the data folder it is told.

leave FOLDER   receive the files of a folder as a batch, and leave reading them to a worker
work           be a worker until there is no work; its lease is short, so that the next one has not long to wait
rows           print what is in the tables, without what has to differ between two runs: times and keys
"""

from __future__ import annotations

import json
import sys
import threading
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.db import models  # noqa: E402

from archive.actions import worker  # noqa: E402
from archive.actions.batches import add_file, finish_or_go_on, open_batch  # noqa: E402
from archive.actions.imports import candidate_of, files_below  # noqa: E402
from archive.models import Batch, BatchItem, Document, Job  # noqa: E402

UNEQUAL = {(Batch, "key"), (BatchItem, "attempts")}
"""Fields that tell of a run and not of what came in."""


def leave(folder: str) -> None:
    batch = open_batch(name="batch", by=None, to_publish=True)
    for name, path in files_below([Path(folder)]):
        add_file(batch=batch, candidate=candidate_of(name, path))
    finish_or_go_on(batch=batch, by=None)


def work() -> None:
    stop = threading.Event()
    print("working")
    while Job.objects.unfinished().exists():
        if not worker.do_next(name=worker.own_name(), stop=stop, lease=timedelta(seconds=1)):
            stop.wait(0.1)


def rows() -> None:
    for model in apps.get_app_config("archive").get_models():
        if model is not Job:
            for row in sorted(json.dumps(told(one), default=str) for one in model._default_manager.all()):
                print(model.__name__, row)


def told(row: models.Model) -> list[object]:
    """The row by its content; what belongs to a document by the bytes of its file, and a document with its number."""
    own = [
        getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not (field.primary_key or field.is_relation or isinstance(field, models.DateTimeField))
        and (type(row), field.name) not in UNEQUAL
    ]
    document = row if isinstance(row, Document) else getattr(row, "document", None)
    return [document and (document.pk, document.upload.sha256), *own]


if __name__ == "__main__":
    {"leave": leave, "work": work, "rows": rows}[sys.argv[1]](*sys.argv[2:])
