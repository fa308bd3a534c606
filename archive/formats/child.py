"""The child process that reads one file: `python -m archive.formats.child READER < file > answer.json`.

It limits itself before it sees the first byte of the file: memory, processor time, no core, nothing written, and once
the file is read, no file or socket can be opened any more, so that there is no network and no other file to reach.
"""

from __future__ import annotations

import codecs
import json
import re
import resource
import sys
from collections.abc import Callable
from importlib import import_module

from .reading import MEGABYTE, UNPACKED_LIMIT, Extracted, UnreadableFile

MEMORY_BYTES = 1024 * MEGABYTE
CPU_SECONDS = 10
READERS = ("html", "docx", "pdf")
_CODECS = ("ascii", "latin-1", "utf-8", "utf-16-le", "utf-16-be", "cp437")
"""What the readers' libraries decode names and strings with; Python would open a file for each at its first use."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def main() -> None:
    """Answers with `{"text", "title", "warnings"}` or `{"refused": [reason, code]}`."""
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    name = sys.argv[1]
    if name not in READERS:
        raise SystemExit(f"no reader named {name}")
    reader = import_module(f"archive.formats.{name}")
    for codec in _CODECS:
        codecs.lookup(codec)
    output, sys.stdout = sys.stdout.buffer, sys.stderr
    data = sys.stdin.buffer.read()
    _limit(resource.RLIMIT_NOFILE, 3)
    output.write(json.dumps(_answer(reader.extract, data), ensure_ascii=False).encode("utf-8"))
    output.flush()


def _limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(what, (value, value))


def _answer(extract: Callable[[bytes], Extracted], data: bytes) -> dict[str, object]:
    """What the reader says, or why it does not. Every accident inside a reader is a broken file."""
    try:
        found = extract(data)
        if len(found.text) * 4 > UNPACKED_LIMIT:
            raise UnreadableFile("This file holds more text than any document. Split it and upload the parts.", "bomb")
    except UnreadableFile as refusal:
        return {"refused": [refusal.reason, refusal.code]}
    except MemoryError:
        return {"refused": ["This file needs more memory than is allowed. Split it and upload the parts.", "bomb"]}
    except Exception as error:
        kind = type(error).__name__
        return {"refused": [f"This file is damaged ({kind}). Save it again in the program that made it.", "broken"]}
    return {"text": _storable(found.text), "title": _storable(found.title), "warnings": list(found.warnings)}


def _storable(text: str) -> str:
    """No lone surrogates and no NULs: a file format can spell them, a database cannot keep them."""
    return _UNSTORABLE.sub("\ufffd", text)


if __name__ == "__main__":
    main()
