"""RIS: tagged lines, a record for each work. Lines end with CR LF, as the format asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.interchange.works import ARCHIVE, Work

MEDIA_TYPE = "application/x-research-info-systems"
# Whatever some reader may take for the end of a line, too: a value that starts a line could name a tag.
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def ris(works: Iterable[Work]) -> Iterator[str]:
    for work in works:
        yield record(work)


def record(work: Work) -> str:
    lines = [f"{tag}  - {plain(value)}" for tag, value in tags(work) if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def tags(work: Work) -> list[tuple[str, str]]:
    """A part of a document is a chapter of it. The number of a report goes into SN, where managers look for it."""
    return [
        ("TY", "CHAP" if work.part else "RPRT"),
        ("ID", work.key),
        ("TI", work.cited),
        ("T2", work.title if work.part else ""),
        ("AU", work.issuer),
        ("PB", work.issuer or ARCHIVE),
        ("PY", work.year),
        ("DA", work.issued.replace("-", "/")),
        ("SN", work.number),
        ("M3", work.kind_name),
        ("SE", work.section),
        ("LA", work.language),
        *[("KW", theme) for theme in work.themes],
        ("N1", "Machine translation" if work.is_machine_translated else ""),
        ("DP", ARCHIVE),
        ("UR", work.address),
        ("Y2", work.accessed.strftime("%Y/%m/%d")),
    ]


def plain(value: str) -> str:
    return BREAKS.sub(" ", value).strip()
