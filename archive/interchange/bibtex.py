"""BibTeX: an entry for each work, as BibTeX, biber and reference managers read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.interchange.works import ARCHIVE, Work

MEDIA_TYPE = "application/x-bibtex"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BRACES = {"{": r"\{", "}": r"\}"}
# Braces are counted even behind a backslash: one without its other would leave the entry open.
LONE_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%$&#_"},
}
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
LANGUAGES = {"en": "english", "zh": "chinese"}


def bibtex(works: Iterable[Work]) -> Iterator[str]:
    """The entries one after the other; a part of a document is an @incollection of it."""
    for work in works:
        yield entry(work)


def entry(work: Work) -> str:
    lines = [f"  {name} = {{{value}}}" for name, value in fields(work).items() if value]
    month = f"  month = {MONTHS[int(work.issued[5:7]) - 1]}" if len(work.issued) >= 7 else ""
    return f"@{kind(work)}{{{work.key},\n" + ",\n".join([*lines, *[month] * bool(month)]) + "\n}\n\n"


def kind(work: Work) -> str:
    if work.part:
        return "incollection"
    return "techreport" if work.issuer else "misc"


def fields(work: Work) -> dict[str, str]:
    """Names in double braces are kept as one, and titles with their capitals."""
    whole = not work.part
    return {
        "title": braced(work.cited),
        "booktitle": "" if whole else braced(work.title),
        "author": braced(work.issuer),
        "institution": braced(work.issuer) if whole else "",
        "publisher": "" if whole else ARCHIVE,
        "howpublished": ARCHIVE if whole and not work.issuer else "",
        "type": plain(work.kind_name),
        "number": plain(work.number),
        "chapter": "" if whole else work.section,
        "year": work.year,
        "url": work.address,
        "urldate": work.accessed.isoformat(),
        "language": LANGUAGES.get(work.language, ""),
        "keywords": plain(", ".join(work.themes)),
        "note": "Machine translation" if work.is_machine_translated else "",
    }


def braced(value: str) -> str:
    return f"{{{plain(value)}}}" if value else ""


def plain(value: str) -> str:
    """On one line, with every sign that TeX would act on written out."""
    signs = SPECIAL | (BRACES if is_balanced(value) else LONE_BRACES)
    return "".join(signs.get(sign, sign) for sign in CONTROL.sub(" ", value))


def is_balanced(value: str) -> bool:
    depth = 0
    for sign in value:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return not depth
