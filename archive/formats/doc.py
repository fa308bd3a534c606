"""Old Word files (.doc), by antiword; by LibreOffice where antiword is missing, fails, or leaves out numbers.

Both run outside with limits, and what they write is read in the child process: antiword's DocBook, whose cells stay
whole (its plain text cuts them to the width of a column), and LibreOffice's docx, which keeps automatic numbers.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from . import outside, process
from .encodings import decode
from .notes import NUMBERS_LOST
from .outside import Limits
from .reading import MEGABYTE, UNPACKED_LIMIT, Extracted, UnreadableFile

ANTIWORD_LIMITS = Limits(wall_seconds=20, cpu_seconds=10, memory=512 * MEGABYTE, file=UNPACKED_LIMIT)
LIBREOFFICE_LIMITS = Limits(wall_seconds=60, cpu_seconds=40, memory=4096 * MEGABYTE, file=UNPACKED_LIMIT, network=False)
INSTALL = "Install antiword or LibreOffice (Debian: apt-get install antiword), or save the file as docx."
_SECTOR = 512
_MAGIC = (b"\xec\xa5", b"\xdc\xa5")
_HEADER = struct.Struct("<HHHHHH")
_ENCRYPTED = 0x0100
_NOTE, _RULER = b"<footnote>", b"\n" + b"-" * 23 + b"\n"
"""Antiword marks in its DocBook where a note belongs, and gives its words only in plain text, below a ruler."""
_UNICODE_SINCE = 0xC1
"""The number of the format of Word 97, the first that is not in the code page of its language."""
_BROKEN = UnreadableFile(
    "This document is damaged, or older than Word 6. Save it again in Word, as docx, and upload that.", "broken"
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a document holds, and the program, with its version, that read it."""

    found: Extracted
    program: str


def read(data: bytes) -> Read:
    """The text of a .doc. UnreadableFile: encrypted, macro, broken, no-text, timeout, unavailable."""
    header = _header(data)
    _refuse_protected(data, header)
    first, refusal = _tried(lambda: by_antiword(data, header))
    if first and NUMBERS_LOST not in first.found.warnings:
        return first
    second, second_refusal = _tried(lambda: by_libreoffice(data))
    best = second or first
    if best:
        return best
    raise (
        refusal
        or second_refusal
        or UnreadableFile(f"Old Word files (.doc) cannot be read on this server. {INSTALL}", "unavailable")
    )


def _tried(read_by: Callable[[], Read | None]) -> tuple[Read | None, UnreadableFile | None]:
    try:
        return read_by(), None
    except UnreadableFile as refusal:
        return None, refusal


def _header(data: bytes) -> tuple[int, int]:
    """(version of the format, flags) out of the head of the stream that holds the text, at the start of a sector."""
    for at in range(_SECTOR, len(data) - _HEADER.size, _SECTOR):
        if data.startswith(_MAGIC, at):
            fields = _HEADER.unpack_from(data, at)
            return fields[1], fields[5]
    raise _BROKEN


def _refuse_protected(data: bytes, header: tuple[int, int]) -> None:
    if header[1] & _ENCRYPTED:
        raise UnreadableFile(
            "This document is protected by a password. Remove the protection and upload it again.", "encrypted"
        )
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise UnreadableFile(
            "This document contains macros (programs). Save it without macros and upload that.", "macro"
        )


def by_antiword(data: bytes, header: tuple[int, int]) -> Read | None:
    """None where antiword is not installed."""
    path = outside.program("antiword")
    if path is None:
        return None
    with tempfile.TemporaryDirectory(prefix="massline-") as name:
        folder = Path(name)
        (folder / "file.doc").write_bytes(data)
        written = _antiword(path, folder, "-x", "db")
        if _NOTE in written:
            written += _antiword(path, folder, "-w", "0").rpartition(_RULER)[2]
    found = process.extract("docbook", written)
    if header[0] < _UNICODE_SINCE:
        found = _in_its_own_code_page(found)
    return Read(found, f"antiword {outside.version(path)}".strip())


def _antiword(path: str, folder: Path, *form: str) -> bytes:
    done = outside.run([path, "-m", "UTF-8.txt", *form, "file.doc"], folder=folder, limits=ANTIWORD_LIMITS)
    if len(done.output) > UNPACKED_LIMIT:
        raise UnreadableFile("This file holds more text than any document. Split it and upload the parts.", "bomb")
    if done.status != 0 or not done.output.strip():
        raise _BROKEN
    return done.output


def _in_its_own_code_page(found: Extracted) -> Extracted:
    """Word 6 and 95 wrote bytes of the local character set, all of which antiword takes for Latin ones."""
    bytes_again = b"".join(_byte(char) for char in found.text)
    decoded = decode(bytes_again)
    return replace(found, text=decoded.text, warnings=(*found.warnings, *decoded.warnings))


def _byte(char: str) -> bytes:
    """The byte that was shown as this character; what never was one stays readable in every legacy set."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return bytes((ord(char),)) if char < "\u0100" else b"?"


def by_libreoffice(data: bytes) -> Read | None:
    """None where LibreOffice is not installed, or where it could reach the network for what a file refers to."""
    path = outside.program("soffice")
    if path is None:
        return None
    with tempfile.TemporaryDirectory(prefix="massline-") as name:
        folder = Path(name)
        (folder / "file.doc").write_bytes(data)
        command = [path, "--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "file.doc"]
        command.insert(1, f"-env:UserInstallation=file://{folder}/profile")
        try:
            outside.run(command, folder=folder, limits=LIBREOFFICE_LIMITS)
        except outside.NotConfined:
            return None
        written = folder / "file.docx"
        if not written.is_file():
            raise _BROKEN
        converted = written.read_bytes()
    return Read(process.extract("docx", converted), f"LibreOffice {outside.version(path, '--version')}".strip())
