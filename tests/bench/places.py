"""Where this archive keeps its state in a run, and how it is asked from outside; no Django is needed for either."""

from __future__ import annotations

import os
from pathlib import Path

from tests.bench.contender import Question

ADDRESS = "MASSLINE_BENCH_POSTGRESQL"
"""Environment variable with the address of the contender PostgreSQL."""
STOCK = "MASSLINE_BENCH_STOCK"
"""Environment variable with the folder of stock Haystack's indexes."""


def plain_environment() -> dict[str, str]:
    """This process's environment without anything that would lead to a database or an index of the archive."""
    leading = ("MASSLINE_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if not name.startswith(leading)}


def archive_environment(folder: Path, database: str = "") -> dict[str, str]:
    """The environment in which the archive has all its state in `folder`, and its rows there or at `database`."""
    return plain_environment() | {
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "MASSLINE_DATA": str(folder),
        "MASSLINE_LOG_LEVEL": "ERROR",
        "DATABASE_URL": database,
    }


def stock_environment(folder: Path) -> dict[str, str]:
    return plain_environment() | {"DJANGO_SETTINGS_MODULE": "tests.bench.stock.settings", STOCK: str(folder)}


def query_text(question: Question) -> str:
    """The question as a reader of the archive types it."""
    if question.match == "phrase":
        return f'"{" ".join(question.words)}"'
    if question.match == "prefix":
        return f"{question.words[0]}*"
    return (" OR " if question.match == "any" else " ").join(question.words)
