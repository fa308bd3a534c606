"""Everything that can be tested on this machine: what `make test` runs."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
sys.path.insert(0, str(ROOT))

from tests import postgres  # noqa: E402

LINT = (
    ("linter", [BIN / "ruff", "check", "."]),
    ("formatter", [BIN / "ruff", "format", "--check", "."]),
    ("types", [BIN / "mypy"]),
    ("import contracts", [BIN / "lint-imports"]),
    ("system checks", [sys.executable, "manage.py", "check", "--fail-level", "WARNING"]),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
)
PYTEST = [str(BIN / "pytest"), "-q", "-rs", "--numprocesses", "auto", "--dist", "worksteal"]


class Run:
    """The steps so far: what failed, what was skipped and how to get it."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.skipped: list[str] = []

    def step(self, name: str, command: Iterable[object], **environment: str) -> None:
        print(f"\n== {name}", flush=True)
        begun = time.monotonic()
        done = subprocess.run([*map(str, command)], cwd=ROOT, env=os.environ | environment, check=False)
        print(f"-- {name}: {'failed' if done.returncode else 'passed'} in {time.monotonic() - begun:.0f} s", flush=True)
        if done.returncode:
            self.failed.append(name)

    def skip(self, name: str, how: str) -> None:
        self.skipped.append(f"{name}: {how}")

    def conclude(self, *, may_skip: bool) -> int:
        print()
        for line in self.skipped:
            print(f"skipped: {line}")
        if self.failed:
            print(f"FAILED: {', '.join(self.failed)}")
        if self.skipped and not may_skip:
            print("FAILED: nothing may be skipped here")
        return 1 if self.failed or (self.skipped and not may_skip) else 0


def test_on_postgres(run: Run) -> None:
    """The tests of the database on PostgreSQL too: on the server of DATABASE_URL, else on one of our own."""
    name, command = "tests on PostgreSQL", [*PYTEST, "-m", "not browser"]
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        run.step(name, command)
    elif postgres.programs():
        with postgres.server() as url:
            run.step(name, command, DATABASE_URL=url)
    else:
        run.skip(name, "install PostgreSQL (Debian: apt-get install postgresql) or set DATABASE_URL")


def test_in_browser(run: Run) -> None:
    if shutil.which("chromium"):
        run.step("tests in a browser", [*PYTEST, "-m", "browser", "tests/browser"], DATABASE_URL="")
    else:
        run.skip("tests in a browser", "install Chromium (Debian: apt-get install chromium)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["lint"], help="only the linter, types and contracts")
    parser.add_argument("--no-skips", action="store_true", help="fail when something cannot be run here")
    options = parser.parse_args()
    if options.no_skips:
        os.environ["MASSLINE_NO_SKIPS"] = "1"
    # Containers often set it; without compiled files every one of the many processes compiles the whole archive.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    run = Run()
    for name, command in LINT:
        run.step(name, command)
    if not options.only:
        run.step("tests on SQLite", [*PYTEST, "-m", "not browser"], DATABASE_URL="")
        test_on_postgres(run)
        test_in_browser(run)
    return run.conclude(may_skip=not options.no_skips)


if __name__ == "__main__":
    sys.exit(main())
