"""Take in files, folders and zips: `python manage.py import_documents PATH… [--publish]`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from archive.actions.imports import Intake, Outcome, candidates_of, files_below, import_candidates
from archive.models import Source


class Command(BaseCommand):
    help = "Reads files, folders and zips into the archive; one line per file says what became of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file, folder or zip")
        parser.add_argument("--publish", action="store_true", help="publish what was read; otherwise it stays a draft")
        parser.add_argument("--source", metavar="SLUG", help="where the files come from: the slug of a source")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and keep nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *, paths: list[Path], publish: bool, dry_run: bool, **options: object) -> None:
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"There is no file or folder {', '.join(missing)}. Nothing was imported.")
        source = self.source(options["source"])
        counts = dict.fromkeys(Outcome, 0)
        for path in tqdm(files_below(paths), unit="file", disable=not sys.stderr.isatty()):
            intakes = import_candidates(
                candidates=candidates_of(path), by=None, source=source, to_publish=publish, dry_run=dry_run
            )
            for intake in intakes:
                counts[intake.outcome] += 1
                with tqdm.external_write_mode():
                    self.stdout.write(
                        json.dumps(asdict(intake), ensure_ascii=False) if options["json"] else line(intake)
                    )
        if not options["json"]:
            told = ", ".join(f"{number} {outcome}" for outcome, number in counts.items())
            self.stdout.write(f"{told}{' (dry run: nothing was kept)' if dry_run else ''}")

    def source(self, slug: object) -> Source | None:
        if not slug:
            return None
        source = Source.objects.filter(slug=slug).first()
        if source is None:
            known = ", ".join(Source.objects.values_list("slug", flat=True)[:20]) or "none yet"
            raise CommandError(f"There is no source “{slug}”. Known sources: {known}. Add one in the admin.")
        return source


def line(intake: Intake) -> str:
    """One file's line: outcome, name, and what was read or why not."""
    if intake.outcome == Outcome.FAILED:
        return f"failed     {intake.name}: {intake.reason}"
    number = f"document {intake.number}, " if intake.number else ""
    read = f"{intake.sections} sections, {intake.directives} directives: " if intake.outcome == Outcome.READ else ""
    return f"{intake.outcome:<10} {intake.name}: {number}{read}{intake.title}"
