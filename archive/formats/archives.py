"""Zips of documents, for import: their members one by one, nothing ever written to a folder."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from .encodings import decode
from .packages import package_of
from .reading import MEGABYTE, UPLOAD_LIMIT_DEFAULT, UnreadableFile
from .zips import is_link, is_zip, label, open_zip, unpack

_UTF8_NAME = 0x800
_UNSAFE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f\x7f]")
_CLUTTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", re.I)


def is_archive(data: bytes, name: str) -> bool:
    """True for a zip of files, whatever `name` says; False for office packages and for all that is no zip.

    A zip that cannot be opened counts as an archive when its name ends in .zip, so that `members` gives the reason.
    """
    if not is_zip(data):
        return False
    try:
        return package_of(data) == "zip"
    except UnreadableFile:
        return name.lower().endswith(".zip")


def members(data: bytes, name: str, *, limit: int = UPLOAD_LIMIT_DEFAULT) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every file in a zip, in its order; names in any of the encodings that `decode` knows.

    Before the first member, UnreadableFile for a zip that is too large, a bomb, encrypted, broken, or that holds links
    or names that lead outside. A damaged member does not stop the others: it is named by the UnreadableFile that
    comes after the last one. A zip inside is a member like any other (`read` refuses it). Folders and what
    file managers leave behind (`__MACOSX/`, `Thumbs.db`, `~$…`) are passed over.
    """
    if len(data) > limit:
        raise UnreadableFile(
            f"“{name}” has {len(data) / MEGABYTE:.1f} MB; at most {limit / MEGABYTE:.0f} MB are read. Split it.",
            "too-large",
        )
    if not is_zip(data):
        raise UnreadableFile(f"“{name}” is not a zip. Pack the files as a zip.", "unknown-type")
    opened = open_zip(data)
    named = list(zip(_names(opened.infolist()), opened.infolist(), strict=True))
    _refuse_unsafe(named)
    files = [(path, member) for path, member in named if not (member.is_dir() or _CLUTTER.search(path))]
    if not files:
        raise UnreadableFile(f"There are no files in “{name}”.", "empty")
    yield from _unpacked(opened, files, name)


def _unpacked(
    opened: zipfile.ZipFile, files: list[tuple[str, zipfile.ZipInfo]], name: str
) -> Iterator[tuple[str, bytes]]:
    damaged = []
    for path, member in files:
        try:
            content = unpack(opened, member)
        except UnreadableFile:
            damaged.append(path)
        else:
            yield path, content
    if damaged:
        raise UnreadableFile(
            f"{len(damaged)} member(s) of “{name}” are damaged and were left out: {', '.join(damaged[:10])}. "
            "Pack these again and upload them.",
            "broken",
        )


def _refuse_unsafe(named: list[tuple[str, zipfile.ZipInfo]]) -> None:
    for path, member in named:
        if is_link(member):
            raise UnreadableFile(f"“{label(member)}” is a link, not a file. Pack the file itself.", "broken")
        if _UNSAFE.search(path) or _UNSAFE.search(member.orig_filename):
            raise UnreadableFile(f"The name “{label(member)}” leads outside this zip. Pack the files again.", "broken")


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """The names as they were meant, by one decision for the whole zip. Old Chinese Windows writes GBK unannounced."""
    raw = [None if info.flag_bits & _UTF8_NAME else info.filename.encode("cp437", "replace") for info in infos]
    together = b"\n".join(name for name in raw if name is not None and not name.isascii())
    encoding = _encoding(together)
    pairs = zip(raw, infos, strict=True)
    return [info.filename if name is None else name.decode(encoding, "replace") for name, info in pairs]


def _encoding(names: bytes) -> str:
    """The encoding of unmarked names; code page 437, which the format prescribes, where nothing else is natural."""
    if not names:
        return "cp437"
    try:
        found = decode(names)
    except UnreadableFile:
        return "cp437"
    return "cp437" if found.warnings or found.encoding == "cp1252" else found.encoding
