"""Read documents again: `python manage.py reanalyse [--stale|--all] [--dry-run]`."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from tqdm import tqdm

from archive.actions.directive_rows import Changes
from archive.actions.rereading import live_documents, reread, stale_documents


class Command(BaseCommand):
    help = "Reads documents again with the rules of this version; what people decided is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--stale", action="store_true", help="those that older rules have read (default)")
        which.add_argument("--all", action="store_true", help="every document")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *, dry_run: bool, **options: object) -> None:
        numbers = list(live_documents().values_list("pk", flat=True)) if options["all"] else stale_documents()
        total = Changes()
        for number in tqdm(numbers, unit="document", disable=not sys.stderr.isatty()):
            with transaction.atomic():
                changes = reread(number=number, by=None)
                transaction.set_rollback(dry_run)
            total += changes
            if changes != Changes(kept=changes.kept):
                self.stdout.write(f"document {number}: {told(changes)}")
        suffix = " (dry run: nothing was changed)" if dry_run else ""
        self.stdout.write(f"{len(numbers)} documents read again: {told(total)}{suffix}")


def told(changes: Changes) -> str:
    return (
        f"{changes.added} directives added, {changes.changed} changed, {changes.retired} no longer found; "
        f"{changes.kept} decided by people kept, {changes.lost} of them not found again"
    )
