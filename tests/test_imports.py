"""Files, folders and zips through `import_documents`, and the founding documents."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.actions.documents import withdraw
from archive.actions.founding import founding_documents, take_in_founding_documents
from archive.models import Batch, Document, OutboxEntry, Source, Upload
from tests.factories import NOTICE

pytestmark = pytest.mark.django_db


def run(*arguments: object, **options: object) -> str:
    out = io.StringIO()
    call_command("import_documents", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One notice, its double, a broken file, an empty one, a hidden one, and a zip of two."""
    files = tmp_path / "files"
    (files / "deeper").mkdir(parents=True)
    (files / "a.txt").write_text(NOTICE)
    (files / "deeper" / "again.txt").write_text(NOTICE)
    (files / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (files / "empty.txt").write_bytes(b"")
    (files / ".hidden").write_text("not for the archive")
    with zipfile.ZipFile(files / "two.zip", "w") as archive:
        archive.writestr("one.txt", "Units must report every month.")
        archive.writestr("通知.txt", "各单位必须按时报送。")
    return files


def test_one_line_per_file_and_the_rest_goes_on(folder: Path):
    lines = run(folder).splitlines()
    assert [line.split()[:2] for line in lines[:-1]] == [
        ["read", "a.txt:"],
        ["failed", "broken.pdf:"],
        ["duplicate", "deeper/again.txt:"],
        ["failed", "empty.txt:"],
        ["read", "two.zip/one.txt:"],
        ["read", "two.zip/通知.txt:"],
    ]
    assert lines[-1] == f"3 read, 1 duplicate, 2 failed (batch {Batch.objects.get().pk})"
    assert set(Document.objects.values_list("state", flat=True)) == {"draft"}
    failed = Upload.objects.filter(state="failed")
    assert {upload.name for upload in failed} == {"broken.pdf", "empty.txt"}
    assert all(upload.reason for upload in failed)


def test_publish_publishes_new_ones_and_drafts(folder: Path):
    run(folder / "a.txt")
    run(folder, publish=True)
    assert set(Document.objects.values_list("state", flat=True)) == {"published"}
    assert OutboxEntry.objects.pending().count() == 3


def test_a_dry_run_keeps_nothing(folder: Path, media_folder: Path):
    out = run(folder, dry_run=True)
    assert "dry run: nothing was kept" in out
    assert not Upload.objects.exists()
    assert not Document.objects.exists()
    assert not media_folder.exists()


def test_json_has_an_object_per_line(folder: Path):
    rows = [json.loads(line) for line in run(folder, json=True).splitlines()]
    assert [row["outcome"] for row in rows].count("failed") == 2
    assert next(row for row in rows if row["name"] == "a.txt")["title"] == "Notice on doing a good job in home visits"


def test_a_source_is_given_by_its_slug(folder: Path):
    Source.objects.create(slug="huiwen", name_en="Huiwen", kind=Source.Kind.WEBSITE)
    run(folder / "a.txt", source="huiwen")
    assert Document.objects.get().found_at.slug == "huiwen"


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (["nowhere.txt"], {}, "There is no file or folder nowhere.txt"),
        (["."], {"source": "unknown"}, "There is no source “unknown”"),
    ],
)
def test_a_wrong_argument_is_told_before_anything_is_done(arguments: list[str], options: dict[str, str], words: str):
    with pytest.raises(CommandError, match=words):
        run(*arguments, **options)
    assert not Upload.objects.exists()


def test_too_large_a_file_is_told_and_not_read(tmp_path: Path, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * (settings.UPLOAD_LIMIT + 1))
    assert "MASSLINE_UPLOAD_MB" in run(large)


def test_a_folder_that_cannot_be_written_is_told_and_the_import_goes_on_later(folder: Path, media_folder: Path):
    media_folder.write_text("a file stands where the folder should be")
    with pytest.raises(CommandError, match="begin again: the import goes on"):
        run(folder)
    media_folder.unlink()
    assert f"3 read, 1 duplicate, 2 failed (batch {Batch.objects.get().pk})" in run(folder)


def test_the_founding_documents_come_in_once_and_stay_as_people_leave_them():
    assert [intake.outcome for intake in take_in_founding_documents()] == ["read"] * 5
    assert set(Document.objects.values_list("translation", flat=True)) == {Document.Translation.MACHINE}
    document = Document.objects.published().first()
    assert document is not None
    withdraw(document=document, by=None, reason="A test of withdrawing.")
    assert list(take_in_founding_documents()) == []
    assert Document.objects.published().count() == 4


def test_the_breadcrumb_becomes_source_and_category():
    list(take_in_founding_documents())
    document = Document.objects.get(upload__name__startswith="001_")
    assert document.title == (
        'Strive to create "four environments" and build a harmonious relationship between the police and the people'
    )
    assert (document.found_at.name_en, document.category) == ("Joke Collection Website", "Bulletin headlines")
    assert [kind for _start, _end, kind in document.boilerplate][:1] == ["breadcrumb"]
    assert {record["file"] for record in founding_documents()} == set(Upload.objects.values_list("name", flat=True))
