"""The child process that reads one file: `python start.py READER [ARGUMENT…] < file > answer`.

It limits itself before it sees the first byte of the file: memory, processor time, no core, nothing written, and once
the file is read, no file or socket can be opened any more, so that there is no network and no other file to reach.
"""

from __future__ import annotations

import codecs
import json
import re
import resource
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from .reading import MEGABYTE, UNPACKED_LIMIT, Code, Extracted, UnreadableFile

MEMORY_BYTES = 1024 * MEGABYTE
CPU_SECONDS = 10
READERS = ("html", "docx", "odt", "epub", "rtf", "docbook", "pdf", "page_image", "xlsx")
_CODECS = ("ascii", "latin-1", "utf-8", "utf-16-le", "utf-16-be", "cp437")
"""What the readers' libraries decode names and strings with; Python would open a file for each at its first use."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def main() -> None:
    """Answers with a line of JSON, `{"text", "title", "warnings", "scans"}` or `{"refused": [reason, code]}`; after the
    line, the bytes of the picture if the reader gives one."""
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    name, arguments = sys.argv[1], sys.argv[2:]
    if name not in READERS:
        raise SystemExit(f"no reader named {name}")
    reader = import_module(f"archive.formats.{name}")
    for codec in _CODECS:
        codecs.lookup(codec)
    getattr(reader, "prepare", _nothing)()
    output, sys.stdout = sys.stdout.buffer, sys.stderr
    data = sys.stdin.buffer.read()
    _limit(resource.RLIMIT_NOFILE, 3)
    answer, picture = _answer(reader.extract, data, arguments)
    output.write(json.dumps(answer, ensure_ascii=False).encode("utf-8") + b"\n")
    output.write(picture)
    output.flush()


def _nothing() -> None:
    """A reader that reads no file of its own needs no `prepare`."""


def _limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(what, (value, value))


def _answer(
    extract: Callable[..., Extracted], data: bytes, arguments: Sequence[str]
) -> tuple[dict[str, object], bytes]:
    """What the reader says, or why it does not, and its picture. Every accident inside a reader is a broken file."""
    try:
        found = extract(data, *arguments)
        if len(found.text) * 4 > UNPACKED_LIMIT:
            raise UnreadableFile("This file holds more text than any document. Split it and upload the parts.", "bomb")
    except UnreadableFile as refusal:
        return _refused(refusal.reason, refusal.code)
    except MemoryError:
        return _refused("This file needs more memory than is allowed. Split it and upload the parts.", "bomb")
    except Exception as error:
        kind = type(error).__name__
        return _refused(f"This file is damaged ({kind}). Save it again in the program that made it.", "broken")
    answer = {"text": _storable(found.text), "title": _storable(found.title), "warnings": list(found.warnings)}
    return {**answer, "scans": list(found.scans)}, found.picture


def _refused(reason: str, code: Code) -> tuple[dict[str, object], bytes]:
    return {"refused": [reason, code]}, b""


def _storable(text: str) -> str:
    """No lone surrogates and no NULs: a file format can spell them, a database cannot keep them."""
    return _UNSTORABLE.sub("\ufffd", text)
