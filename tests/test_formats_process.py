"""The child process: its limits, and that whatever happens to it is told and nothing else raised."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from archive.formats import UnreadableFile, process
from archive.formats.pdf import extract as extract_pdf
from archive.formats.process import extract

from .format_samples import docx, paragraph, pdf

ROOT = Path(process.__file__).parents[2]


def child(script: str, reader: str = "html") -> subprocess.CompletedProcess[bytes]:
    """Runs the child with a reader whose `extract` is `script`, as a hostile file would make a library behave."""
    program = f"""
        import sys
        sys.argv = ["child", {reader!r}]
        import archive.formats.html as reader
        from archive.formats import child
        from archive.formats.reading import Extracted
        def extract(data):
            {script}
        reader.extract = extract
        child.main()
    """
    return subprocess.run(
        [sys.executable, "-P", "-c", textwrap.dedent(program)],
        check=False,
        input=b"data",
        capture_output=True,
        env={"PYTHONPATH": str(ROOT)},
        timeout=30,
    )


@pytest.mark.parametrize(
    "script, answer",
    [
        ("return Extracted('text' + chr(0) + chr(0xd800))", '"text": "text\ufffd\ufffd"'),
        ("return Extracted('a' * 17 * 1024 * 1024)", '"bomb"'),
        ("bytearray(2 * 1024 ** 3)", '"bomb"'),
        ("raise KeyError('x')", '"broken"'),
        ("extract(data)", '"broken"'),
        ("open('/etc/passwd')", "OSError"),
        ("import socket; socket.socket()", '"broken"'),
        ("import subprocess; subprocess.Popen(['true'])", '"broken"'),
        ("print('noise'); return Extracted('text')", '{"text": "text"'),
    ],
)
def test_what_a_reader_may_not_do_becomes_an_answer(script: str, answer: str) -> None:
    done = child(script)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"{")
    assert answer in done.stdout.decode()


def test_an_unknown_reader_is_refused() -> None:
    assert child("pass", reader="os").returncode != 0


def answered(*command: str, wall: float = 20) -> UnreadableFile:
    """The refusal that comes of a child that runs `command` instead of reading."""
    started = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    with started, pytest.raises(UnreadableFile) as refusal:
        process._answer(started, b"data" * 100_000, wall)
    assert started.poll() is not None, "no child is left behind"
    return refusal.value


@pytest.mark.parametrize(
    "program, code",
    [
        ("import os; os.abort()", "broken"),
        ("import os; os.kill(os.getpid(), 9)", "timeout"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "timeout"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken"),
        ("raise SystemExit(3)", "broken"),
        ("print('no json')", "broken"),
        ("print('[]')", "broken"),
        ("print('{}')", "broken"),
        ('print(\'{"text": 1, "title": "", "warnings": []}\')', "broken"),
        ('print(\'{"refused": ["x"]}\')', "broken"),
        ("import sys; sys.stdin.close(); sys.stdout.close()", "broken"),
    ],
)
def test_every_end_of_a_child_is_told(program: str, code: str) -> None:
    assert answered(sys.executable, "-c", program).code == code


def test_a_child_that_hangs_is_killed() -> None:
    assert answered("sleep", "60", wall=0.2).code == "timeout"


def test_an_endless_loop_ends_with_its_processor_time() -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
    assert answered(sys.executable, "-c", limit).code == "timeout"


def test_nothing_of_the_environment_reaches_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSLINE_SECRET_KEY", "secret")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert set(process._environment()) == {"PYTHONPATH", "LC_ALL", "PATH", "PYTHONWARNINGS"}


def test_no_interpreter_is_told_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(UnreadableFile):
        extract("html", b"<p>x")


def test_the_limits_change_nothing_in_what_is_read() -> None:
    document = pdf([["Notice on visits", "to house-"], ["holds"]])
    assert extract("pdf", document) == extract_pdf(document)
    assert extract_pdf(document).text == "Notice on visits\nto house-\n\fholds"


def test_a_large_document_passes_the_pipes() -> None:
    body = "".join(paragraph(f"{number} 各派出所要落实走访制度") for number in range(20_000))
    assert extract("docx", docx(body)).text.count("\n") == 19_999


def test_the_child_works_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')")
    monkeypatch.chdir(tmp_path)
    assert extract("html", b"<p>x").text == "x"
    assert [path.name for path in tmp_path.iterdir()] == ["json.py"]
