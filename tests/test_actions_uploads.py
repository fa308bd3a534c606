"""Files are kept byte for byte, once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from archive.actions.uploads import plain_name, receive
from archive.models import Upload

pytestmark = pytest.mark.django_db


def test_the_bytes_are_kept_under_their_digest(media_folder: Path):
    upload, created = receive(data=b"circular\r\n", name="a.txt", by=None)
    assert created
    assert upload.sha256 == hashlib.sha256(b"circular\r\n").hexdigest()
    assert (media_folder / upload.file.name).read_bytes() == b"circular\r\n"
    assert upload.size == 10


def test_the_same_bytes_twice_are_one_upload(media_folder: Path):
    first, _ = receive(data=b"circular", name="a.txt", by=None)
    second, created = receive(data=b"circular", name="b.txt", by=None)
    assert (second, created) == (first, False)
    assert Upload.objects.count() == 1
    assert sum(path.is_file() for path in media_folder.rglob("*")) == 1


def test_a_lost_file_is_restored_by_the_same_bytes(media_folder: Path):
    upload, _ = receive(data=b"circular", name="a.txt", by=None)
    (media_folder / upload.file.name).unlink()
    receive(data=b"circular", name="a.txt", by=None)
    assert (media_folder / upload.file.name).read_bytes() == b"circular"


def test_a_disk_that_refuses_leaves_no_row_and_no_part(media_folder: Path):
    media_folder.write_text("a file stands where the folder should be")
    with pytest.raises(OSError, match=r"uploads"):
        receive(data=b"circular", name="a.txt", by=None)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("received", "kept"),
    [
        ("notice.txt", "notice.txt"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\a\通知.docx", "通知.docx"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("\u202etxt.exe", "txt.exe"),
        ("", "unnamed"),
        ("/", "unnamed"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_names_are_plain(received: str, kept: str):
    assert plain_name(received) == kept
