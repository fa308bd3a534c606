"""The indexer as real processes, on an SQLite database of their own: signals, kill -9, builders that fail."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import run, start


def stopped(process: subprocess.Popen[str], signum: int) -> tuple[int, str]:
    """(status, standard error) of a process that was sent a signal."""
    process.send_signal(signum)
    with process:
        _, error = process.communicate(timeout=60)
    return process.returncode, error


@pytest.fixture
def indexer_process(place: Path) -> Iterator[subprocess.Popen[str]]:
    process = start(place, "manage.py", "indexer")
    assert process.stderr is not None
    assert "running" in process.stderr.readline()
    yield process
    if process.poll() is None:
        stopped(process, signal.SIGKILL)


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_what_is_published_is_found_and_a_signal_ends_the_indexer(
    place: Path, indexer_process: subprocess.Popen[str], signum: int
) -> None:
    hits, answered_by, _ = run(place, "-m", "tests.search_child", "publish").split()
    assert int(hits) > 0
    assert answered_by == "index"
    status, error = stopped(indexer_process, signum)
    assert status == 0
    assert "has stopped" in error


def test_a_second_indexer_says_who_is_at_work(place: Path, indexer_process: subprocess.Popen[str]) -> None:
    with start(place, "manage.py", "indexer") as second:
        _, error = second.communicate(timeout=60)
    assert second.returncode == 1
    assert f"process {indexer_process.pid}" in error
    assert "Traceback" not in error


def test_killed_at_any_moment_the_index_stays_readable_and_repairs_itself(place: Path) -> None:
    """kill -9 while documents are committed and generations are built; the next process finds every one of them."""
    chance = random.Random(20240501)  # the same moments in every run
    for _ in range(8):
        with start(place, "-m", "tests.search_child", "hammer") as process:
            assert process.stdout is not None
            before, after = process.stdout.readline().split(), process.stdout.readline().split()
            try:
                process.wait(chance.uniform(0.05, 1.0))
            except subprocess.TimeoutExpired:
                process.kill()
            _, error = process.communicate()
        assert process.returncode == -signal.SIGKILL, error
        _, total_before, published, unsure, _ = before
        assert abs(int(total_before) - int(published)) <= int(unsure)
        assert after[1] == after[2]
        assert after[3] == "index"


@pytest.mark.skipif(os.cpu_count() == 1, reason="a machine with one core builds with one process")
@pytest.mark.parametrize("trouble", ["none", "killed", "database"])
def test_several_processes_build_what_one_would(place: Path, trouble: str) -> None:
    """When one of them fails, the one that began them builds."""
    *builders, built = run(place, "-m", "tests.search_child", "together", trouble).splitlines()
    assert built.split() == ["built", "2", "40", "index"]
    assert all(line.startswith("builder ") for line in builders)
    assert builders


@pytest.mark.skipif(os.cpu_count() == 1, reason="a machine with one core builds with one process")
def test_builders_end_with_their_parent_and_the_next_start_builds(place: Path) -> None:
    with start(place, "-m", "tests.search_child", "together", "orphaned") as process:
        out, error = process.communicate(timeout=60)  # the pipes close when all that hold them have ended
    assert process.returncode == -signal.SIGKILL, error
    assert "builder" in out
    assert "built" not in out
    assert [*(place / "index").glob("building-*")]
    assert "Generation 2 of the search index answers: 40 sections." in run(place, "manage.py", "reindex")
    assert not [*(place / "index").glob("building-*")]
