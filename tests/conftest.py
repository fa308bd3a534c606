"""Fixtures for all tests: every test has folders of its own."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils import translation

from archive.models import Theme
from tests.processes import empty, place
from tests.search_fixtures import index_folder

__all__ = ["empty", "index_folder", "media_folder", "nobodys_language", "nothing_kept", "place", "restore_themes"]

LONG = {"test_crawl", "test_imports_processes", "test_indexer_processes"}
"""Files in which one costly fixture serves all tests. They come first: a process that has nothing left to do takes
tests from the end of another's list, where no such fixture is made a second time, nor is a long test waited for."""


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path: Path) -> Path:
    """Uploads of one test go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Numbers that pages keep are those of one test: its rows may have come without being announced."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def nobodys_language() -> None:
    """A request leaves its reader's language behind; only the next request would change it."""
    translation.deactivate()


@receiver(post_migrate, sender=apps.get_app_config("archive"))
def restore_themes(**_: object) -> None:
    """Tests with real transactions end by emptying all tables: the themes of the migration come back at once."""
    if not Theme.objects.exists():
        import_module("archive.migrations.0002_themes").add_themes(apps, None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem not in LONG)
    if connection.vendor == "postgresql":
        leave_out_others(config, items)


def leave_out_others(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL the tests that ask no database, or one of their own, would show what they show on SQLite."""
    others = [item for item in items if not asks_database(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in {*others}]


def asks_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "django_db_setup", "live_server"}
    return bool(item.get_closest_marker("django_db") or fixtures & {*getattr(item, "fixturenames", ())})


def pytest_collection_finish() -> None:
    """What has been imported and collected stays: the garbage collector need not look through it again and again."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be skipped (`tests/run.py --no-skips`), a skipped test has failed."""
    report = yield
    if report.skipped and os.environ.get("MASSLINE_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"
    return report
