"""manage.py reindex: builds the search index anew, beside the one that answers meanwhile."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from archive.search import indexer
from archive.search.keeping import Locked


class Command(BaseCommand):
    help = "Builds the search index anew and puts it in place of the current one, which answers until then."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="only when the index is missing, damaged or of another version"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        reason = indexer.rebuild_reason()
        if options["if_needed"] and reason is None:
            self.stdout.write("The search index is in order.")
            return
        if reason:
            self.stdout.write(f"Building the search index: {reason}.")
        try:
            with tqdm(unit=" documents", disable=not sys.stderr.isatty()) as bar:
                generation = indexer.rebuild(lambda done, total: advance(bar, done, total))
        except Locked as busy:
            raise CommandError(str(busy)) from None
        state = indexer.status()
        self.stdout.write(f"Generation {generation} of the search index answers: {state.sections} sections.")


def advance(bar: tqdm[Any], done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)
