"""Opening zips that come from strangers: every limit is checked on the directory first, and again while unpacking."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO

from .reading import MEGABYTE, MEMBER_LIMIT, RATIO_LIMIT, UNPACKED_LIMIT, UnreadableFile

_ENTRY = b"PK\x01\x02"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_RATIO_FREE = MEGABYTE
"""Below this size a member may be as repetitive as it likes."""
_ENCRYPTED = 0x1


def is_zip(data: bytes) -> bool:
    """True for what starts as a zip does, an empty one included."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The opened zip after the check of its directory; UnreadableFile (broken, bomb, encrypted) otherwise."""
    if data.count(_ENTRY) > 4 * MEMBER_LIMIT:
        raise _too_many()
    try:
        opened = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, IndexError) as error:
        raise _broken() from error
    _check(opened.infolist())
    return opened


def unpack(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of one member, as many as its directory entry declares; UnreadableFile("broken") if they differ."""
    try:
        with opened.open(member) as stream:
            return stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            f"“{label(member)}” in this file is damaged. Make the file again and upload it.", "broken"
        ) from error


def label(member: zipfile.ZipInfo) -> str:
    """A member's name, short enough and printable, for a sentence."""
    return "".join(char if char.isprintable() else "�" for char in member.filename[-80:])


def is_link(member: zipfile.ZipInfo) -> bool:
    """True for a symbolic link (and for a device or a pipe), which has no content of its own."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR)


def _check(members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MEMBER_LIMIT:
        raise _too_many()
    if sum(member.file_size for member in members) > UNPACKED_LIMIT:
        raise UnreadableFile(
            f"Unpacked, this file has more than {UNPACKED_LIMIT // MEGABYTE} MB. Split it and upload the parts.", "bomb"
        )
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableFile(
                "This file is protected by a password. Remove the protection and upload it again.", "encrypted"
            )
        if member.file_size > max(_RATIO_FREE, member.compress_size * RATIO_LIMIT):
            raise UnreadableFile(
                f"“{label(member)}” in this file is packed more than {RATIO_LIMIT} times, as no document is. "
                "Make the file again and upload it.",
                "bomb",
            )
        if member.compress_type not in _METHODS:
            raise UnreadableFile(
                f"“{label(member)}” is packed by an uncommon method. Make an ordinary zip of the files.", "broken"
            )


def _broken() -> UnreadableFile:
    return UnreadableFile("This file is damaged or cut off. Get it again from where it came, and upload it.", "broken")


def _too_many() -> UnreadableFile:
    return UnreadableFile(f"This file holds more than {MEMBER_LIMIT:,} members. Split it and upload the parts.", "bomb")
