"""What the tests of killed processes run in a process of its own: `python -m tests.search_child ACTION`."""

from __future__ import annotations

import itertools
import sys
import time

import django

django.setup()

from archive.models import Document, OutboxEntry  # noqa: E402 - models need the setup
from archive.search import SearchParams, indexer, search  # noqa: E402
from tests.search_fixtures import make_document, withdraw  # noqa: E402


def say(*words: object) -> None:
    """A line for the parent."""
    print(*words, flush=True)


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
            indexer.rebuild()


def publish() -> None:
    """Publish a document and wait until it can be found; say how many seconds that took."""
    make_document("a needle")
    began = time.monotonic()
    while search(SearchParams(q="needle")).total == 0 and time.monotonic() < began + 60:
        time.sleep(0.02)
    page = search(SearchParams(q="needle"))
    say(page.total, "fallback" if page.notice else "index", round(time.monotonic() - began, 2))


if __name__ == "__main__":
    {"hammer": hammer, "publish": publish}[sys.argv[1]]()
