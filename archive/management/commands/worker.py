"""manage.py worker: does the long work that waits in the database, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from archive.actions import worker


class Command(BaseCommand):
    help = "Reads scans and batches, reads documents again: whatever takes long. Ctrl-C or SIGTERM ends it."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, lambda *_: stop.set())
        self.stderr.write("The worker is running.")
        worker.run(stop)
        self.stderr.write("The worker has stopped.")
