"""The archive says how it is, and answers clearly when it is not ready."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from archive.models import OutboxEntry
from archive.search import indexer
from tests.factories import published

ROOT = Path(__file__).resolve().parent.parent
ASK = """
import django, sys
from django.core.management import call_command
from django.test import Client
django.setup()
call_command("collectstatic", interactive=False, verbosity=0)
client = Client(raise_request_exception=False, SERVER_NAME="localhost")
for address in sys.argv[1:]:
    answer = client.get(address)
    print(address, answer.status_code, answer.content.decode(), sep="\\x1f", end="\\x1e")
"""


def ask(data: Path, *addresses: str, **environment: str) -> dict[str, tuple[int, str]]:
    """Answers of an archive in a process of its own: address → (status, body)."""
    given = os.environ | {"MASSLINE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "archive.settings"} | environment
    done = subprocess.run(
        [sys.executable, "-c", ASK, *addresses], cwd=ROOT, env=given, capture_output=True, text=True, check=True
    )
    rows = (row.split("\x1f") for row in done.stdout.split("\x1e") if row)
    return {address: (int(status), body) for address, status, body in rows}


@pytest.mark.django_db
def test_all_is_well_after_a_build(client: Client, index_folder: Path):
    published()
    indexer.rebuild()
    answer = client.get("/healthz")
    report = answer.json()
    assert (answer.status_code, report["status"]) == (200, "ok")
    assert report["index"]["sections"] == report["index"]["published_sections"] > 0
    assert report["index"]["pending"] == 0


@pytest.mark.django_db
def test_it_tells_how_far_the_indexer_is_behind(client: Client, index_folder: Path):
    document = published()
    indexer.rebuild()
    long_ago = timezone.now() - timedelta(minutes=5)
    OutboxEntry.objects.filter(pk=OutboxEntry.objects.create(document=document).pk).update(made_at=long_ago)
    report = client.get("/healthz").json()
    assert report["status"] == "degraded"
    assert report["index"]["pending"] == 1
    assert report["index"]["oldest_pending_seconds"] >= 300


@pytest.mark.django_db
def test_without_an_index_it_is_degraded_and_not_down(client: Client, index_folder: Path):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["index"]["problem"]


def test_missing_tables_are_a_503_that_says_migrate(tmp_path: Path):
    answers = ask(tmp_path, "/", "/search/?q=visit", "/documents/1/", "/healthz", DATABASE_URL="")
    for status, body in answers.values():
        assert status == 503
        assert "manage.py migrate" in body


def test_a_database_that_is_away_is_a_503(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"postgres://nobody@127.0.0.1:{taken.getsockname()[1]}/none"
        answers = ask(tmp_path, "/", "/healthz", DATABASE_URL=url)
    for status, body in answers.values():
        assert status == 503
        assert "does not answer" in body
