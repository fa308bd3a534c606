"""Settings fail closed, with words that say what to do. Each case is a process of its own, as it would be started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECRET = "k" + "3x9v" * 15
GOOD = {
    "MASSLINE_MODE": "production",
    "MASSLINE_SECRET_KEY": SECRET,
    "MASSLINE_HOSTS": "archive.example.org",
}


def check(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MASSLINE_", "DATABASE_URL"))}
    given = clean | {"DJANGO_SETTINGS_MODULE": "archive.settings", "MASSLINE_DATA": str(tmp_path)} | environment
    command = [sys.executable, "manage.py", "check", *arguments]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)


def test_production_is_clean_under_check_deploy(tmp_path: Path):
    done = check(tmp_path, "--deploy", "--fail-level", "WARNING", **GOOD)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_local_start_needs_no_variable_and_keeps_a_random_secret(tmp_path: Path):
    assert check(tmp_path).returncode == 0
    secret = tmp_path / "secret_key"
    first = secret.read_text()
    assert len(first) >= 50
    assert secret.stat().st_mode & 0o077 == 0
    check(tmp_path)
    assert secret.read_text() == first


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"MASSLINE_SECRET_KEY": ""}, "Set the environment variable MASSLINE_SECRET_KEY"),
        ({"MASSLINE_SECRET_KEY": "short"}, "shorter than 50"),
        ({"MASSLINE_SECRET_KEY": "change-me-to-fifty-or-more-random-characters"}, "example value"),
        ({"MASSLINE_DEBUG": "1"}, "Production does not run with MASSLINE_DEBUG=1"),
        ({"MASSLINE_HOSTS": ""}, "Set MASSLINE_HOSTS"),
        ({"MASSLINE_HOSTS": "*"}, "Set MASSLINE_HOSTS"),
        ({"MASSLINE_MODE": "staging"}, "not one of local, production"),
        ({"MASSLINE_DEBUG": "yes"}, "not one of 0, 1"),
        ({"MASSLINE_UPLOAD_MB": "many"}, "the largest upload in megabytes"),
        ({"MASSLINE_UPLOAD_MB": "-1"}, "not above 0"),
        ({"MASSLINE_ADDRESS": "archive.example.org"}, "not a scheme and a host"),
        ({"DATABASE_URL": "nonsense"}, "postgres://user"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_says_why(tmp_path: Path, changed: dict[str, str], words: str):
    done = check(tmp_path, **GOOD | changed)
    assert done.returncode != 0
    assert words in done.stderr


def test_every_variable_is_in_the_example():
    example = (ROOT / "deploy" / "env.example").read_text()
    source = (ROOT / "archive" / "settings.py").read_text()
    names = {word.split('"')[1] for word in source.replace("env(\n", "env(").split("env(")[1:] if '"' in word[:40]}
    names |= {line.strip().strip('",') for line in source.splitlines() if line.strip().startswith('"MASSLINE_')}
    assert len(names) >= 6
    assert {name for name in names if name.isupper() and name not in example} == set()
