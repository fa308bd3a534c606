"""What the tests of killed processes run in a process of its own: `python -m tests.search_child ACTION`."""

from __future__ import annotations

import itertools
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence

import django

django.setup()

from django.db import OperationalError  # noqa: E402

from archive.models import Document, OutboxEntry  # noqa: E402 - models need the setup
from archive.search import SearchParams, filling, indexer, search  # noqa: E402
from archive.search.keeping import Prepared  # noqa: E402
from tests.search_fixtures import make_document, withdraw  # noqa: E402


def say(*words: object) -> None:
    """A line for the parent, in one piece: several processes speak, and some are killed."""
    os.write(1, f"{' '.join(map(str, words))}\n".encode())


def hammer() -> None:
    """Say what the index answers as the last process left it and after catching up; then change it without end."""
    page = search(SearchParams(q="word"))
    unsure = OutboxEntry.objects.pending().count()
    say("before", page.total, Document.objects.published().count(), unsure, "fallback" if page.notice else "index")
    indexer.catch_up()
    page = search(SearchParams(q="word"))
    say("after", page.total, Document.objects.published().count(), "fallback" if page.notice else "index")
    for number in itertools.count():
        document = make_document(f"word {number} " * 50)
        if number % 3 == 1:
            withdraw(document)
        indexer.catch_up()
        if number % 4 == 3:
            indexer.rebuild(alone=2 if number % 8 == 3 else sys.maxsize)


def together(trouble: str) -> None:
    """Build with several processes, in each of which something happens; say who they are and what is found then."""
    for number in range(40):
        make_document(f"word {number} " * 20)
    indexer.catch_up()
    parent, well = os.getpid(), filling.prepared

    def prepared(documents: Sequence[int]) -> Iterator[Prepared]:
        if os.getpid() != parent:
            say("builder", os.getpid())
            TROUBLES[trouble](parent)
        yield from well(documents)

    filling.prepared = prepared
    generation = indexer.rebuild(alone=2)
    page = search(SearchParams(q="word"))
    say("built", generation, page.total, "fallback" if page.notice else "index")


def lose_database(parent: int) -> None:
    raise OperationalError("the server closed the connection")


def lose_parent(parent: int) -> None:
    os.kill(parent, signal.SIGKILL)
    time.sleep(60)


TROUBLES = {
    "none": lambda parent: None,
    "killed": lambda parent: os.kill(os.getpid(), signal.SIGKILL),
    "database": lose_database,
    "orphaned": lose_parent,
}


def publish() -> None:
    """Publish a document and wait until it can be found; say how many seconds that took."""
    make_document("a needle")
    began = time.monotonic()
    while search(SearchParams(q="needle")).total == 0 and time.monotonic() < began + 60:
        time.sleep(0.02)
    page = search(SearchParams(q="needle"))
    say(page.total, "fallback" if page.notice else "index", round(time.monotonic() - began, 2))


if __name__ == "__main__":
    {"hammer": hammer, "publish": publish, "together": together}[sys.argv[1]](*sys.argv[2:])
