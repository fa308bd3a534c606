"""Batches: what came in together, its report, and what is done with a whole one."""

from __future__ import annotations

import csv
import errno
import io
import os
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from archive.actions.accounts import give_role
from archive.actions.batches import add_file, open_batch, read_waiting
from archive.actions.imports import Candidate
from archive.actions.selections import correct_one
from archive.models import Batch, BatchItem, Document, Job, Upload
from tests.factories import CHINESE_NOTICE, NOTICE, administrator
from tests.test_jobs import work_off

pytestmark = pytest.mark.django_db
ADD = "/admin/archive/upload/add/"
BROKEN = b"%PDF-1.7 and nothing more"


@pytest.fixture
def curator(client: Client) -> Client:
    client.force_login(administrator())
    return client


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def three() -> list[SimpleUploadedFile]:
    return [file("a.txt", NOTICE.encode()), file("b.pdf", BROKEN), file("c.txt", NOTICE.encode())]


def packed(**members: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    return written.getvalue()


def batch_of(*texts: str, publish: bool = False) -> Batch:
    batch = open_batch(name="texts", by=None, to_publish=publish)
    for number, text in enumerate(texts):
        add_file(batch=batch, candidate=Candidate(f"{number}.txt", text.encode()))
    list(read_waiting(batch=batch))
    return batch


def act(client: Client, action: str, batch: Batch, **fields: str) -> str:
    address = reverse(f"admin:archive_batch_{action}", args=[batch.pk])
    return client.post(address, fields, follow=True).content.decode()


def test_many_files_are_a_batch_with_a_report(curator: Client):
    response = curator.post(ADD, {"file": three(), "themes": ["petitions"], "language": "zh"}, follow=True)
    batch = Batch.objects.get()
    assert response.redirect_chain[-1][0] == batch.get_absolute_url()
    assert [item.outcome for item in batch.items.all()] == ["read", "failed", "duplicate"]
    document = Document.objects.get()
    assert document.language == "zh"
    assert document.documenttheme_set.get(theme__key="petitions").by_person
    page = response.content.decode()
    assert "damaged or cut off" in page
    assert batch.finished_at is not None
    report = b"".join(curator.get(reverse("admin:archive_batch_report", args=[batch.pk]))).decode()
    rows = list(csv.reader(io.StringIO(report)))
    assert [row[:2] for row in rows[1:]] == [["a.txt", "read"], ["b.pdf", "failed"], ["c.txt", "duplicate"]]


def test_a_zip_is_left_to_the_worker(curator: Client):
    curator.post(ADD, {"file": file("two.zip", packed(one=NOTICE, two=CHINESE_NOTICE))})
    batch = Batch.objects.get()
    assert (Document.objects.count(), batch.finished_at) == (0, None)
    assert "data-live" in curator.get(batch.get_absolute_url()).content.decode()
    work_off()
    batch.refresh_from_db()
    assert [item.outcome for item in batch.items.all()] == ["unpacked", "read", "read"]
    assert batch.finished_at is not None


def test_a_script_sends_the_files_one_by_one(curator: Client):
    start = curator.post(reverse("admin:archive_batch_start"), {"name": "three files"}).json()
    said = [curator.post(start["add"], {"file": one}).json() for one in three()]
    assert [one["outcome"] for one in said] == ["read", "failed", "duplicate"]
    assert said[0]["address"] == said[2]["address"] == f"/admin/archive/document/{Document.objects.get().pk}/preview/"
    assert "damaged" in said[1]["reason"]
    assert curator.get(start["report"]).status_code == 200
    assert curator.post(start["add"], {}).status_code == 400


def test_a_sheet_is_checked_before_anything_is_kept(curator: Client):
    sheet = file("sheet.csv", b"file,date\na.txt,May 2013\nx.txt,2013\n")
    page = curator.post(ADD, {"file": three(), "sheet": sheet}).content.decode()
    assert "Write 2013, 2013-05 or 2013-05-12" in page
    assert "There is no file “x.txt” in this import" in page
    assert not Upload.objects.exists() and not Batch.objects.exists()
    sheet = file("sheet.csv", "file,title,date,issuer\na.txt,走访,2013-05,公安部\n".encode("gbk"))
    curator.post(ADD, {"file": three(), "sheet": sheet})
    document = Document.objects.get()
    assert (document.title, str(document.issued_on), document.issued_precision) == ("走访", "2013-05-01", "month")
    assert document.issuer.name_zh == "公安部"
    assert document.facts["title"]["rule"] == "person"


def test_checking_keeps_nothing(curator: Client, media_folder: Path):
    page = curator.post(ADD, {"file": [*three(), file("z.zip", packed(one="Report."))], "check": "1"}).content.decode()
    assert "nothing was kept" in page
    assert "z.zip/one.txt" in page
    assert not (Upload.objects.exists() or Batch.objects.exists() or media_folder.exists())


def test_a_sheet_goes_with_an_import(tmp_path: Path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "two.zip").write_bytes(packed(one=NOTICE, two=CHINESE_NOTICE))
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("file,title,themes\none.txt,A given title,petitions\nthree.txt,x,\n")
    with pytest.raises(CommandError, match=r"row 3, file: There is no file “three\.txt”"):
        call_command("import_documents", str(tmp_path / "files"), sheet=sheet, stdout=io.StringIO())
    assert not Batch.objects.exists()
    sheet.write_text("file,title,themes\none.txt,A given title,petitions\n")
    for _ in range(2):
        call_command("import_documents", str(tmp_path / "files"), sheet=sheet, stdout=io.StringIO())
    assert Document.objects.filter(title="A given title", themes__key="petitions").count() == 1
    assert Document.objects.count() == 2


def test_a_whole_batch_is_published_and_taken_back(curator: Client):
    batch = batch_of(NOTICE, CHINESE_NOTICE, NOTICE + "Third.")
    act(curator, "publish", batch)
    work_off()
    assert Document.objects.published().count() == 3
    touched = Document.objects.order_by("pk").first()
    correct_one(touched, {"kind": "order"}, (), None)
    page = curator.get(batch.get_absolute_url()).content.decode()
    assert "1 document has been worked at since" in page
    act(curator, "undo", batch)
    work_off()
    assert list(Document.objects.published()) == [touched]
    assert Document.objects.filter(state="withdrawn").count() == 2
    act(curator, "undo", batch, touched="yes")
    work_off()
    assert not Document.objects.published().exists()
    batch.refresh_from_db()
    assert batch.undone_by.username == "curator"
    assert Upload.objects.count() == 3


def test_drafts_of_a_batch_that_is_taken_back_are_discarded(curator: Client):
    batch = batch_of(NOTICE)
    act(curator, "undo", batch)
    work_off()
    assert Document.objects.get().state == "discarded"
    assert [item.outcome for item in batch_of(NOTICE).items.all()] == ["read"]


def test_failed_files_are_tried_again(curator: Client):
    batch = batch_of(NOTICE)
    Document.objects.all().delete() if not BatchItem.objects.update(
        document=None, outcome="failed", reason="x"
    ) else None
    Document.objects.all().delete()
    assert "1 file is read again" in act(curator, "again", batch)
    work_off()
    assert batch.items.get().outcome == "read"


def test_a_full_disk_is_told_and_leaves_nothing_half_kept(curator: Client, monkeypatch, media_folder: Path):
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    start = curator.post(reverse("admin:archive_batch_start")).json()
    monkeypatch.setattr(os, "fsync", full)
    response = curator.post(ADD, {"file": three()})
    assert response.status_code == 507
    assert "No space left on device" in response.content.decode()
    assert curator.post(start["add"], {"file": three()[0]}).status_code == 507
    assert not Upload.objects.exists() and not BatchItem.objects.exists()
    assert not [path for path in media_folder.rglob("*") if path.is_file()]
    monkeypatch.undo()
    curator.post(ADD, {"file": three()})
    assert Upload.objects.count() == 2


def test_a_stored_file_that_is_lost_is_told_and_comes_back_with_the_same_bytes(media_folder: Path):
    batch = open_batch(name="lost", by=None)
    item = add_file(batch=batch, candidate=Candidate("a.txt", NOTICE.encode()))
    (media_folder / item.upload.file.name).unlink()
    list(read_waiting(batch=batch))
    item.refresh_from_db()
    assert (item.outcome, "Upload it again" in item.reason) == ("failed", True)
    assert [one.outcome for one in batch_of(NOTICE).items.all()] == ["read"]


def test_an_upload_that_breaks_off_leaves_nothing(curator: Client):
    whole = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nNotice'
    response = curator.generic("POST", ADD, whole, "multipart/form-data; boundary=x")
    assert response.status_code < 500
    assert not Document.objects.exists()


def test_a_contributor_sees_own_batches_and_does_not_publish_or_undo(client: Client):
    person = User.objects.create_user("wang", password="a long password")
    give_role(user=person, role="contributor", by=None)
    client.force_login(User.objects.get(pk=person.pk))
    other = batch_of(NOTICE)
    page = client.post(ADD, {"file": three(), "publish": "on"}, follow=True).content.decode()
    assert f"document {Document.objects.get().pk}" in page
    assert "Notice on doing a good job" not in page
    assert Document.objects.get().state == "draft"
    own = Batch.objects.get(made_by=person)
    assert client.get(other.get_absolute_url()).status_code == 404
    for action in ("publish", "undo"):
        assert client.post(reverse(f"admin:archive_batch_{action}", args=[own.pk])).status_code == 403
    assert client.post(reverse("admin:archive_batch_file", args=[other.pk])).status_code == 404


def test_the_page_of_a_batch_asks_as_much_for_many_files(curator: Client, django_assert_max_num_queries):
    batch = batch_of(*(f"Units must report, number {number}." for number in range(30)))
    with django_assert_max_num_queries(14):
        assert "29.txt" in curator.get(batch.get_absolute_url()).content.decode()


def test_jobs_are_seen_and_tried_again_by_administrators(curator: Client):
    batch = batch_of(NOTICE)
    act(curator, "publish", batch)
    Job.objects.update(state="failed", reason="The disk was full.", ended_at="2024-01-01T00:00:00Z", done=1, total=3)
    page = curator.get("/admin/archive/job/").content.decode()
    assert "The disk was full." in page
    job = Job.objects.get()
    assert "Try again" in curator.get(f"/admin/archive/job/{job.pk}/change/").content.decode()
    curator.post(reverse("admin:archive_job_again", args=[job.pk]))
    work_off()
    assert Document.objects.get().is_published
