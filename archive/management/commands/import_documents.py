"""Take in files, folders and zips: `python manage.py import_documents PATH… [--publish]`."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from archive import formats
from archive.actions import sheets
from archive.actions.batches import add_file, finish, open_batch, read_waiting
from archive.actions.imports import Candidate, Intake, Outcome, candidate_of, files_below, intake_of, names_in, try_out
from archive.actions.known import known_of
from archive.actions.sheets import SheetRefused, metadata_of
from archive.models import Batch, BatchItem, Source

Sheet = dict[str, dict[str, object]]
COLUMNS = ", ".join(sheets.COLUMNS)
TOLD = (Outcome.READ, Outcome.DUPLICATE, Outcome.FAILED)


class Command(BaseCommand):
    help = (
        "Reads files, folders and zips into the archive as one batch; one line per file says what became of it. "
        "An import that was broken off goes on when it is begun again with the same paths and options."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file, folder or zip")
        parser.add_argument("--publish", action="store_true", help="publish what was read; otherwise it stays a draft")
        parser.add_argument("--source", metavar="SLUG", help="where the files come from: the slug of a source")
        parser.add_argument("--sheet", type=Path, metavar="FILE", help=f"CSV or xlsx with the columns {COLUMNS}")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and keep nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *, paths: list[Path], dry_run: bool, **options: Any) -> None:
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"There is no file or folder {', '.join(missing)}. Nothing was imported.")
        source = self.source(options["source"])
        files = files_below(paths)
        sheet = self.sheet(options["sheet"], files)
        batch = None if dry_run else self.batch(paths, source, sheet, publish=options["publish"])
        counts = dict.fromkeys(TOLD, 0)
        try:
            for intake in self.intakes(batch, files):
                counts[Outcome(intake.outcome)] += 1
                self.tell(intake, as_json=options["json"])
        except OSError as error:
            raise CommandError(
                f"A file could not be kept ({error}). See that there is room in {settings.MEDIA_ROOT} and that it may "
                "be written to, then begin again: the import goes on from here."
            ) from None
        if batch:
            finish(batch=batch)
        if not options["json"]:
            told = ", ".join(f"{number} {outcome}" for outcome, number in counts.items())
            self.stdout.write(f"{told} ({f'batch {batch.pk}' if batch else 'dry run: nothing was kept'})")

    def intakes(self, batch: Batch | None, files: list[tuple[str, Path]]) -> Iterator[Intake]:
        for name, path in tqdm(files, unit="file", disable=not sys.stderr.isatty()):
            yield from taken_in(batch, candidate_of(name, path))

    def batch(self, paths: list[Path], source: Source | None, sheet: Sheet, *, publish: bool) -> Batch:
        """The batch of this import: the one that was broken off, when there is one."""
        said = json.dumps([sorted(str(path.resolve()) for path in paths), source and source.slug, sheet, publish])
        return open_batch(
            name=", ".join(path.name for path in paths),
            by=None,
            key=hashlib.sha256(said.encode()).hexdigest(),
            known=known_of(source),
            sheet=sheet,
            to_publish=publish,
        )

    def sheet(self, path: Path | None, files: list[tuple[str, Path]]) -> Sheet:
        """What the sheet knows of each file; CommandError with every problem before anything is written."""
        if path is None:
            return {}
        names = {name for one in files for name in names_in(candidate_of(*one))}
        try:
            return metadata_of(formats.table(path.read_bytes()), names)
        except (OSError, formats.UnreadableFile) as error:
            raise CommandError(f"{path}: {error}") from None
        except SheetRefused as refused:
            told = [f"row {problem.row}, {problem.column}: {problem.message}" for problem in refused.problems]
            raise CommandError("\n".join([f"{path}: {refused}", *told])) from None

    def tell(self, intake: Intake, *, as_json: bool) -> None:
        with tqdm.external_write_mode():
            self.stdout.write(json.dumps(asdict(intake), ensure_ascii=False) if as_json else line(intake))

    def source(self, slug: object) -> Source | None:
        if not slug:
            return None
        source = Source.objects.filter(slug=slug).first()
        if source is None:
            known = ", ".join(Source.objects.values_list("slug", flat=True)[:20]) or "none yet"
            raise CommandError(f"There is no source “{slug}”. Known sources: {known}. Add one in the admin.")
        return source


def taken_in(batch: Batch | None, candidate: Candidate) -> Iterator[Intake]:
    """What became of the file, or of the files in a zip; without a batch, what would become of them."""
    if batch is None:
        yield from try_out(candidate)
        return
    item = add_file(batch=batch, candidate=candidate)
    settled: Iterable[BatchItem] = [item]
    if item.outcome == Outcome.WAITING:
        settled = read_waiting(batch=batch)
    else:
        for _left in read_waiting(batch=batch):
            pass  # an import that was broken off has left files waiting; they are told in their turn
        if item.outcome == Outcome.UNPACKED:
            settled = batch.items.filter(name__startswith=f"{item.name}/")
    yield from (intake_of(one) for one in settled if one.outcome in TOLD)


def line(intake: Intake) -> str:
    """One file's line: outcome, name, and what was read or why not."""
    if intake.outcome == Outcome.FAILED:
        return f"failed     {intake.name}: {intake.reason}"
    number = f"document {intake.number}, " if intake.number else ""
    read = f"{intake.sections} sections, {intake.directives} directives: " if intake.outcome == Outcome.READ else ""
    return f"{intake.outcome:<10} {intake.name}: {number}{read}{intake.title}"
