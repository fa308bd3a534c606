"""Building on several cores: each process writes the segments of its shards, one commit takes them all."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, TypeVar

from whoosh.fields import Schema

from archive.search.arrays.segment import ArraySegment
from archive.search.arrays.segments import Making, SegmentBuilder, merge
from archive.search.arrays.writer import ArrayWriter

S = TypeVar("S")
Fill = Callable[[SegmentBuilder, S], object]
"""Adds the rows of a shard to a builder. Runs in a child process: with `spawn` it must be found by its name."""


class BuildFailed(Exception):
    """A process that was building has ended before it was done; the message says how."""


def build(writer: ArrayWriter, fill: Fill[S], shards: Sequence[S], processes: int = 2, start: str = "fork") -> None:
    """Have processes write the rows of all shards; the caller commits or cancels the writer.

    Each takes every n-th shard. BuildFailed when one of them fails: nothing of this build is then part of the index.
    """
    context: Any = multiprocessing.get_context(start)
    running: dict[Any, Any] = {}
    try:
        for number in range(min(processes, len(shards))):
            ours, theirs = context.Pipe(duplex=False)
            mine = list(shards[number::processes])
            arguments = (theirs, writer.folder, writer.schema, writer.making, fill, mine)
            process = context.Process(target=_work, args=arguments, daemon=True)
            process.start()
            theirs.close()
            running[ours] = process
        while running:
            for connection in wait(list(running)):
                writer.adopt(_result(connection, running[connection]))
                running.pop(connection).join()
    finally:
        for process in running.values():
            process.kill()
            process.join()


def _result(connection: Any, process: Any) -> list[ArraySegment]:
    try:
        found = connection.recv()
    except EOFError:
        process.join()
        raise BuildFailed(f"a building process ended with code {process.exitcode}") from None
    finally:
        connection.close()
    if isinstance(found, str):
        raise BuildFailed(found)
    made: list[ArraySegment] = found
    return made


def _work(
    connection: Connection, folder: Path, schema: Schema, making: Making, fill: Fill[S], shards: Sequence[S]
) -> None:
    builder = SegmentBuilder(folder, schema, making)
    try:
        for shard in shards:
            fill(builder, shard)
        made = builder.finish()
        connection.send([merge(folder, schema, made)] if len(made) > 1 else made)
    except Exception as error:
        builder.discard()
        with suppress(OSError):  # nobody is left to be told
            connection.send(f"{type(error).__name__}: {error}")
    finally:
        connection.close()
