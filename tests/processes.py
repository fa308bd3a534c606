"""Commands of the archive as real processes, over an SQLite database of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty database."""
    folder = tmp_path_factory.mktemp("processes")
    run(folder, "manage.py", "migrate", "--verbosity", "0")
    return folder


@pytest.fixture
def place(empty: Path, tmp_path: Path) -> Path:
    """A data folder of this test's own."""
    return shutil.copytree(empty, tmp_path / "data")


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {
        "MASSLINE_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "MASSLINE_LOG_LEVEL": "ERROR",
    }


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(folder: Path, *arguments: str) -> str:
    with start(folder, *arguments) as process:
        out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    return out
