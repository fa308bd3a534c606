"""Hostile and odd files through the door that every upload takes: read or refused with a reason, and never lost.

What the readers refuse comes from their own tables; here it is whole uploads, and files that are only odd.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.actions.batches import add_file, open_batch, read_waiting
from archive.actions.imports import Candidate
from archive.actions.uploads import sha256
from archive.models import BatchItem, Document, Upload
from tests import format_samples as samples
from tests import test_formats, test_formats_zip
from tests.format_packages import chapter, epub
from tests.format_samples import CHINESE, ENGLISH, docx, paragraph, pdf, zipped

pytestmark = pytest.mark.django_db
HTML = f"<html><body><script>alert(1)</script><p onclick='x()'>{ENGLISH}</p></body></html>"
GBK = ("通知/走访的通知.txt", "第二份通知.txt")
TWO = {"a.txt": ENGLISH, "b.txt": ENGLISH + "More."}

BY_THE_READERS = {
    label: (name, make, {name: "failed"})
    for label, (name, make, _code) in test_formats.REFUSED.items()
    if label != "zip of files"
}
ZIPS = {
    f"zip, {label}": ("a.zip", make, {"a.zip": "failed"})
    for label, (make, _code) in test_formats_zip.REFUSED.items()
    if label != "no zip"
}
ODD = {
    "names in GBK": (
        "a.zip",
        lambda: samples.legacy_named_zip([name.encode("gbk") for name in GBK], b"Notice."),
        {"a.zip": "unpacked", f"a.zip/{GBK[0]}": "read", f"a.zip/{GBK[1]}": "duplicate"},
    ),
    "two of one name": (
        "a.zip",
        lambda: zipped([("n.txt", ENGLISH), ("n.txt", CHINESE)]),
        {"a.zip": "unpacked", "a.zip/n.txt": "read", "a.zip/n.txt ": "read"},
    ),
    "a zip in a zip": (
        "a.zip",
        lambda: zipped({"in.zip": zipped(TWO)}),
        {"a.zip": "unpacked", "a.zip/in.zip": "failed"},
    ),
    "a damaged member": (
        "a.zip",
        test_formats_zip._damaged,
        {"a.zip": "failed", "a.zip/a.txt": "read", "a.zip/c.txt": "read"},
    ),
    "a zip named docx": (
        "a.docx",
        lambda: zipped(TWO),
        {"a.docx": "unpacked", "a.docx/a.txt": "read", "a.docx/b.txt": "read"},
    ),
    "clutter of file managers": (
        "a.zip",
        lambda: zipped({"__MACOSX/._a.txt": "x", "a.txt": ENGLISH}),
        {"a.zip": "unpacked", "a.zip/a.txt": "read"},
    ),
    "html with scripts": ("a.html", HTML.encode, {"a.html": "read"}),
    "epub with scripts": (
        "a.epub",
        lambda: epub({"1.xhtml": chapter(f"<script>alert(1)</script><p>{ENGLISH}</p>")}),
        {"a.epub": "read"},
    ),
    "text named pdf": ("a.pdf", ENGLISH.encode, {"a.pdf": "read"}),
    "pdf named txt": ("a.txt", lambda: pdf([["Notice on visits"]]), {"a.txt": "read"}),
    "docx named txt": ("a.txt", lambda: docx(paragraph("Notice")), {"a.txt": "read"}),
    "ten thousand pages": ("a.pdf", lambda: pdf([["x"]] * 10_000), {"a.pdf": "failed"}),
    "a name that leads upwards": ("../../etc/passwd.txt", ENGLISH.encode, {"../../etc/passwd.txt": "read"}),
    "a name of controls": ("a\u202e\x07txt.exe", ENGLISH.encode, {"atxt.exe": "read"}),
    "a name of 600 letters": ("n" * 600 + ".txt", ENGLISH.encode, {"n" * 496 + ".txt": "read"}),
    "a device's name": ("CON", ENGLISH.encode, {"CON": "read"}),
    "a name with an order": (".htaccess", b"Deny from all", {".htaccess": "read"}),
    "a formula for a name": ("=cmd|calc.txt", ENGLISH.encode, {"=cmd|calc.txt": "read"}),
    "one line of a megabyte": ("a.txt", lambda: b"visit " * 170_000, {"a.txt": "read"}),
    "ten thousand empty lines": ("a.txt", lambda: b"Notice." + b"\n" * 10_000 + b"End.", {"a.txt": "read"}),
    "only punctuation": ("a.txt", "。，、；".encode() * 20, {"a.txt": "read"}),
}
TABLE: dict[str, tuple[str, Callable[[], bytes] | bytes, dict[str, str]]] = BY_THE_READERS | ZIPS | ODD


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 40 + len(ODD)


@pytest.mark.parametrize("name, make, expected", TABLE.values(), ids=TABLE.keys())
def test_every_file_is_read_or_refused_with_a_reason_and_kept(
    name: str, make: Callable[[], bytes] | bytes, expected: dict[str, str], media_folder: Path
) -> None:
    data = make if isinstance(make, bytes) else make()
    batch = open_batch(name="hostile", by=None)
    item = add_file(batch=batch, candidate=Candidate(name, data))
    list(read_waiting(batch=batch))
    became = sorted((one.name, one.outcome) for one in batch.items.all())
    assert became == sorted((name.strip(), outcome) for name, outcome in expected.items())
    assert item.upload is not None
    assert (media_folder / item.upload.file.name).read_bytes() == data
    assert {path.name for path in media_folder.rglob("*") if path.is_file()} == set(
        Upload.objects.values_list("sha256", flat=True)
    )
    for failed in batch.items.filter(outcome="failed"):
        assert failed.reason.count(".") >= 1, "says what is wrong and what to do"
        assert failed.upload is None or failed.upload.reason == failed.reason


def test_scripts_do_not_become_text() -> None:
    batch = open_batch(name="scripts", by=None)
    add_file(batch=batch, candidate=Candidate("a.html", HTML.encode()))
    list(read_waiting(batch=batch))
    assert "alert" not in Document.objects.get().text


def test_a_file_that_ended_the_program_three_times_is_left_alone() -> None:
    batch = open_batch(name="dangerous", by=None)
    item = add_file(batch=batch, candidate=Candidate("a.txt", ENGLISH.encode()))
    BatchItem.objects.update(attempts=3)
    list(read_waiting(batch=batch))
    item.refresh_from_db()
    assert item.outcome == "failed"
    assert "ended three times" in item.reason
    assert Upload.objects.get(sha256=sha256(ENGLISH.encode())).state == "failed"
