"""Fixtures for all tests: every test has folders of its own."""

from __future__ import annotations

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

from archive.models import Theme
from tests.search_fixtures import index_folder

__all__ = ["index_folder", "media_folder", "nothing_kept", "restore_themes"]


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


@receiver(post_migrate, sender=apps.get_app_config("archive"))
def restore_themes(**_: object) -> None:
    """Tests with real transactions end by emptying all tables: the themes of the migration come back at once."""
    if not Theme.objects.exists():
        import_module("archive.migrations.0002_themes").add_themes(apps, None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL the tests that ask no database, or one of their own, would show what they show on SQLite."""
    if connection.vendor != "postgresql":
        return
    others = [item for item in items if not asks_database(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in {*others}]


def asks_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "django_db_setup", "live_server"}
    return bool(item.get_closest_marker("django_db") or fixtures & {*getattr(item, "fixturenames", ())})


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
