"""Imports that are killed: begun again, they end with the rows of an undisturbed run."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from archive.actions.founding import FOLDER
from tests.factories import CHINESE_NOTICE, NOTICE
from tests.processes import run, start

COPIES = 6
IMPORT = ("-u", "manage.py", "import_documents", "--publish")
WORKER = ("-u", "-m", "tests.import_child", "work")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Notices in two languages, long texts, a double, files that cannot be read, and a zip."""
    folder = tmp_path_factory.mktemp("files")
    for number in range(COPIES):
        (folder / f"{number:02}.txt").write_text(f"{NOTICE}\nCopy {number}.\n")
        (folder / f"{number:02}-zh.txt").write_bytes(f"{CHINESE_NOTICE}\n第{number}份。\n".encode("gb18030"))
    for path in sorted(FOLDER.glob("*.txt"))[:2]:
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "double.txt").write_bytes((folder / "00.txt").read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (folder / "empty.txt").write_bytes(b"")
    with zipfile.ZipFile(folder / "packed.zip", "w") as packed:
        for number in range(COPIES):
            packed.writestr(f"{number}.txt", f"Units must report every month, copy {number}.")
    return folder


def killed_twice_and_finished(place: Path, *command: str) -> None:
    """Run the command three times, and kill it twice, a moment after its first line."""
    chance = random.Random(2024)  # the same moments in every run
    for _ in range(2):
        with start(place, *command) as process:
            assert process.stdout is not None
            assert process.stdout.readline()
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=chance.uniform(0.1, 0.6))
            process.kill()
        assert process.returncode == -signal.SIGKILL
    run(place, *command)


@pytest.fixture(scope="module")
def undisturbed(empty: Path, files: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The rows of an import that nothing happened to."""
    folder = shutil.copytree(empty, tmp_path_factory.mktemp("undisturbed") / "data")
    run(folder, *IMPORT, str(files))
    return run(folder, "-m", "tests.import_child", "rows")


def test_an_import_that_is_killed_ends_with_the_rows_of_an_undisturbed_one(
    place: Path, files: Path, undisturbed: str
) -> None:
    killed_twice_and_finished(place, *IMPORT, str(files))
    assert run(place, "-m", "tests.import_child", "rows") == undisturbed
    run(place, *IMPORT, str(files))
    again = run(place, "-m", "tests.import_child", "rows").splitlines()
    new = [line for line in again if line not in undisturbed.splitlines()]
    assert {line.split()[0] for line in new} <= {"Batch", "BatchItem"}, "importing again changes nothing else"


def test_a_worker_that_is_killed_leaves_no_trace_either(place: Path, files: Path, undisturbed: str) -> None:
    run(place, "-m", "tests.import_child", "leave", str(files))
    killed_twice_and_finished(place, *WORKER)
    rows = run(place, "-m", "tests.import_child", "rows")
    assert without_batch(rows) == without_batch(undisturbed)


def test_two_people_with_the_same_files_at_once_make_one_document_of_each(
    place: Path, files: Path, undisturbed: str
) -> None:
    paths = sorted(map(str, files.iterdir()))
    with start(place, *IMPORT, *paths) as one, start(place, *IMPORT, *reversed(paths)) as other:
        assert [process.communicate()[1] for process in (one, other)] == ["", ""]
    assert (one.returncode, other.returncode) == (0, 0)
    rows = run(place, "-m", "tests.import_child", "rows")
    assert " waiting" not in rows
    for kind in ("Upload", "Document", "Section", "Directive", "Decision"):
        assert counted(kind, rows) == counted(kind, undisturbed)


def counted(kind: str, rows: str) -> int:
    return sum(line.startswith(f"{kind} ") for line in rows.splitlines())


def without_batch(rows: str) -> list[str]:
    """The rows but that of the batch, which has another name when a worker has read it."""
    return [line for line in rows.splitlines() if not line.startswith("Batch ")]
