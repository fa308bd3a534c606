"""`manage.py analyse FILE… [--out DIR] [--explain]`: read files and print what was found; needs no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.analysis.export import explain, record
from archive.analysis.pipeline import analyse
from archive.formats import UnreadableFile, read


class Command(BaseCommand):
    help = "Read documents: one JSON object per file, on stdout or as DIR/<file name>.json."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--out", type=Path, metavar="DIR", help="write one JSON file per document here")
        parser.add_argument("--explain", action="store_true", help="print the results along the text")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [path for path in options["files"] if not self._analyse(path, options)]
        if failed:
            raise CommandError(f"{len(failed)} of {len(options['files'])} files could not be read.")

    def _analyse(self, path: Path, options: dict[str, Any]) -> bool:
        try:
            text = read(path.read_bytes(), path.name).text
        except (OSError, UnreadableFile) as error:
            self.stderr.write(f"{path}: {error}")
            return False
        found = analyse(text)
        if options["out"]:
            _write(options["out"] / f"{path.name}.json", record(path.name, text, found))
        if options["explain"]:
            self.stdout.write("\n".join([f"== {path}", *explain(text, found)]))
        elif not options["out"]:
            self.stdout.write(json.dumps(record(path.name, text, found), ensure_ascii=False))
        return True


def _write(path: Path, values: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
