"""Fixtures for all tests: every test has folders of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.search_fixtures import index_folder

__all__ = ["index_folder", "media_folder"]


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path: Path) -> Path:
    """Uploads of one test go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT
