"""manage.py indexer: keeps the search index, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.search import indexer
from archive.search.keeping import Locked


class Command(BaseCommand):
    help = "Keeps the search index: what is published can be found within two seconds. Ctrl-C or SIGTERM ends it."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, lambda *_: stop.set())
        self.stderr.write("The indexer is running.")
        try:
            indexer.run(stop)
        except Locked as busy:
            raise CommandError(f"{busy} There must be one indexer only.") from None
        self.stderr.write("The indexer has stopped.")
