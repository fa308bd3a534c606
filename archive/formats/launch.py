"""Starts an outside program with limits: `python -I -S launch.py MEMORY CPU FILE NETWORK PROGRAM ARGUMENT…`.

It runs before the program and becomes it: bytes of memory, seconds of processor time and bytes of one written file are
limited, and the network is cut off where the system lets an ordinary user do so. NETWORK is `any`, or `none` for a
program that may only run without one: then UNCONFINED is the exit status where it cannot be cut off.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys

UNCONFINED = 97
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def main(memory: str, cpu: str, file: str, network: str, *command: str) -> None:
    """Does not return."""
    if not _cut_off() and network == "none":
        raise SystemExit(UNCONFINED)
    _limit(resource.RLIMIT_AS, int(memory))
    _limit(resource.RLIMIT_CPU, int(cpu))
    _limit(resource.RLIMIT_FSIZE, int(file))
    _limit(resource.RLIMIT_CORE, 0)
    os.execv(command[0], command)  # noqa: S606 - the program that `outside.py` found, its arguments never from a file


def _cut_off() -> bool:
    """True when this process now has a network of its own with nothing in it."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is None:
        return False
    return bool(unshare(_CLONE_NEWNET) == 0 or unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def _limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(what, (value, value))


if __name__ == "__main__":
    main(*sys.argv[1:])
