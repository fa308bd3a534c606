"""A PostgreSQL server of the tests' own, on a free loopback port, gone when the tests end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "massline"


def programs() -> Path | None:
    """The folder with initdb and postgres, or None when PostgreSQL is not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    return next((folder for folder in [*debian, *on_path] if (folder / "initdb").exists()), None)


def unprivileged() -> dict[str, object]:
    """PostgreSQL does not run as root: the account to run it as, for `subprocess`."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL does not run as root, and there is no account “postgres” or “nobody” to run it as")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[str]:
    """A running server; yields its DATABASE_URL. RuntimeError with PostgreSQL's own words when it does not start."""
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed")
    account = unprivileged()
    data = Path(tempfile.mkdtemp(prefix="massline-postgres-"))
    if account:
        os.chown(data, account["user"], account["group"])  # type: ignore[arg-type]
    port = free_port()
    # Durability costs time and these data are thrown away.
    fast = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=50"
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 {fast}"
    control = [str(folder / "pg_ctl"), "-D", str(data / "db"), "-w", "-t", "60"]
    try:
        call([str(folder / "initdb"), "-D", str(data / "db"), "-U", USER, "-A", "trust", "-E", "UTF8"], account)
        call([*control, "-l", str(data / "log"), "-o", options, "start"], account)
        try:
            yield f"postgres://{USER}@127.0.0.1:{port}/postgres"
        finally:
            call([*control, "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def call(command: list[str], account: dict[str, object]) -> None:
    with tempfile.TemporaryFile("w+") as output:
        # A file, not a pipe: the server inherits it and would keep a pipe open.
        done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, cwd="/", check=False, **account)  # type: ignore[call-overload]
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{command[0]} ended with status {done.returncode}:\n{output.read()}")
