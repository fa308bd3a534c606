"""Outside programs: what they may use, and that nothing of them is left."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from archive.formats import UnreadableFile, outside, readable
from archive.formats.outside import Limits, NotConfined, run

LIMITS = Limits(wall_seconds=20, cpu_seconds=5, memory=256 * 1024 * 1024, file=1024 * 1024)


def python(code: str, folder: Path, limits: Limits = LIMITS, data: bytes = b"") -> outside.Done:
    return run([sys.executable, "-I", "-c", code], folder=folder, limits=limits, data=data)


def test_input_output_and_complaint(tmp_path: Path) -> None:
    code = "import sys; print(sys.stdin.read()); print('no', file=sys.stderr); sys.exit(3)"
    assert python(code, tmp_path, data=b"text") == outside.Done(3, b"text\n", "no\n")


@pytest.mark.parametrize(
    "code",
    [
        "bytearray(512 * 1024 * 1024)",
        "open('large', 'wb').write(bytes(2 * 1024 * 1024))",
    ],
)
def test_memory_and_files_are_limited(code: str, tmp_path: Path) -> None:
    assert python(code, tmp_path).status != 0


def test_processor_time_is_limited(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        python("while True: pass", tmp_path, Limits(20, 1))
    assert refusal.value.code == "timeout"


def test_a_program_that_hangs_is_killed_with_all_that_it_started(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        run(["/bin/sh", "-c", "sleep 60 & echo $! > pid; wait"], folder=tmp_path, limits=Limits(1, 5))
    assert refusal.value.code == "timeout"
    assert _ends(int((tmp_path / "pid").read_text()))


def test_what_a_program_leaves_behind_is_killed(tmp_path: Path) -> None:
    script = "sleep 60 >/dev/null 2>&1 </dev/null & echo $!"
    assert _ends(int(run(["/bin/sh", "-c", script], folder=tmp_path, limits=LIMITS).output))


def _ends(process: int) -> bool:
    """True when a process is gone, or dead and only not yet fetched by its new parent; it may take a moment."""
    for _ in range(100):
        state = Path(f"/proc/{process}/stat")
        try:
            if state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_a_program_that_may_have_no_network_has_none_or_does_not_run(tmp_path: Path) -> None:
    code = "import socket; print([name for _, name in socket.if_nameindex() if name != 'lo'])"
    try:
        done = python(code, tmp_path, Limits(20, 5, network=False))
    except NotConfined:
        return
    assert done.output == b"[]\n"


def test_nothing_of_the_environment_reaches_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSLINE_SECRET_KEY", "secret")
    shown = python("import os; print(sorted(os.environ))", tmp_path).output.decode()
    assert "SECRET" not in shown and "HOME" in shown


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    assert outside.program("no-such-program") is None
    assert run(["/nowhere/program"], folder=tmp_path, limits=LIMITS).status != 0


def test_the_table_of_what_is_readable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PATH", str(tmp_path))
    lacking = {row.name: row.lacking for row in readable() if not row.available}
    assert set(lacking) == {"Word 6 to 2003", "Scanned PDF", "Picture"}
    assert all("apt-get install" in what for what in lacking.values())


@pytest.mark.parametrize(
    "name, program",
    [("antiword", "antiword 0."), ("tesseract", "tesseract "), ("soffice", "LibreOffice ")],
)
def test_the_table_names_the_programs_and_their_versions(name: str, program: str) -> None:
    if outside.program(name) is None:
        pytest.skip(f"install {name}")
    assert any(program in row.program and row.available for row in readable())


def test_only_the_systems_folders_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "antiword-of-a-stranger"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert outside.program(program.name) is None
