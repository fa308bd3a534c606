"""What administrators see of the index and may ask for: its size, what it lacks or has left over, and a rebuild.

A rebuild is asked for by a file in the data folder. The web server writes it, for it may not write to the index; the
one indexer reads it, builds, and takes it away.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from haystack import connections
from haystack.exceptions import SearchBackendError

from archive.models import Document, OutboxEntry
from archive.search.keeping import KeepsIndex

REQUEST = "rebuild-index.json"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ids of documents: `missing` in the index though published, `left_over` there though not published any more.

    Those that the indexer has still to deal with are `waiting`, and in neither of the two.
    """

    in_database: int
    in_index: int
    missing: tuple[int, ...]
    left_over: tuple[int, ...]
    waiting: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """Who asked for a rebuild, and when."""

    by: str
    at: datetime


def comparison() -> Comparison | None:
    """Documents of the database and of the index, compared by their ids; None where the index cannot be read."""
    keeper: KeepsIndex = connections["default"].get_backend()
    try:
        indexed = keeper.documents()
    except SearchBackendError:
        return None
    waiting = set(OutboxEntry.objects.pending().values_list("document_id", flat=True))
    public = set(Document.objects.published().filter(sections__isnull=False).values_list("pk", flat=True))
    return Comparison(
        in_database=len(public),
        in_index=len(indexed),
        missing=tuple(sorted(public - indexed - waiting)),
        left_over=tuple(sorted(indexed - public - waiting)),
        waiting=tuple(sorted(waiting)),
    )


def size_on_disk() -> int:
    """Bytes of all generations of the index; files that go away meanwhile are not counted."""
    total = 0
    for folder, _, names in os.walk(settings.INDEX_DIR):
        for name in names:
            try:
                total += (Path(folder) / name).lstat().st_size
            except OSError:
                continue
    return total


def ask_for_rebuild(by: str) -> None:
    """Have the indexer build the index anew. OSError when the data folder cannot be written to."""
    path = _path()
    made = path.with_name(f"{path.name}.{os.getpid()}")
    made.write_text(json.dumps(asdict(Request(by, timezone.now())), default=str), encoding="utf-8")
    made.replace(path)


def rebuild_request() -> Request | None:
    """The rebuild that was asked for and is not done; one whose file cannot be understood counts as well."""
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
        return Request(str(found["by"]), datetime.fromisoformat(found["at"]))
    except OSError:
        return None
    except (ValueError, KeyError, TypeError):
        return Request("", timezone.now())


def rebuild_done(request: Request) -> None:
    """Take a request away, unless another one has been made since."""
    if rebuild_request() == request or not request.by:
        _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.DATA_DIR) / REQUEST
