"""What is in deploy/ is what the archive needs."""

from __future__ import annotations

import configparser
import re
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from archive.management.supervisor import PortInUse, check_port

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("systemd/*.service")), ids=lambda path: path.name)
def test_units_start_what_is_there_without_rights_they_do_not_need(unit: Path):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit.read_text())
    service = parser["Service"]
    assert service["User"] == "massline"
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    for command in re.findall(r"manage\.py (\w+)", unit.read_text()):
        assert (ROOT / "archive/management/commands" / f"{command}.py").exists() or command in {
            "migrate",
            "collectstatic",
        }


def test_gunicorn_settings_load():
    settings = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    assert settings["wsgi_app"] == "archive.wsgi"
    assert settings["workers"] >= 1


def test_the_image_copies_what_runs_and_no_tests():
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    copied = {line.split()[1] for line in lines if line.startswith("COPY")}
    assert {"archive", "templates", "static", "deploy", "requirements.lock"} <= copied
    assert "tests" not in copied
    assert all((ROOT / name).exists() for name in copied)


@pytest.mark.parametrize("lock", ["requirements.lock", "tests/requirements.lock"])
def test_locks_have_versions_and_hashes_and_no_addresses(lock: str):
    text = (ROOT / lock).read_text()
    pins = re.findall(r"^([a-z0-9._-]+)==\S+ \\$", text, re.MULTILINE)
    assert len(pins) >= 15
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text
    assert "--index" not in text


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    start = lines.index("dependencies = [")
    for before, line in zip(lines[start:], lines[start + 1 : lines.index("]", start)], strict=False):
        if line.strip().startswith('"'):
            assert before.strip().startswith("#"), line


def test_a_port_in_use_is_told_with_the_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse, match=f"PORT={port + 1}"):
            check_port("127.0.0.1", port)


def test_when_one_process_ends_the_others_are_stopped(tmp_path: Path):
    """In a process of its own, because the supervisor takes over the signals of the one it runs in."""
    script = tmp_path / "supervise.py"
    marker = tmp_path / "stopped"
    waiting = (
        "import pathlib, signal, sys, time\n"
        f"signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path({str(marker)!r}).touch(), sys.exit()))\n"
        "time.sleep(60)"
    )
    script.write_text(
        "import django, sys\ndjango.setup()\n"
        "from archive.management.supervisor import Supervisor\n"
        f"waiting = [sys.executable, '-c', {waiting!r}]\n"
        "ending = [sys.executable, '-c', 'import sys, time; time.sleep(1); sys.exit(3)']\n"
        "supervisor = Supervisor([waiting, ending])\n"
        "assert not supervisor.wait(lambda: False)\n"
        "print(supervisor.close())\n"
    )
    environment = {
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "MASSLINE_DATA": str(tmp_path),
    }
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ended with status 3" in done.stdout
    assert marker.exists()
