"""CSL-JSON: what citeproc, Zotero and pandoc take in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from archive.interchange.works import ARCHIVE, Work

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
TYPES = {"law": "legislation", "regulation": "regulation", "speech": "speech"}
"""Kind of a document → type of item; all others are reports."""


def csl_json(works: Iterable[Work]) -> str:
    return json.dumps([item(work) for work in works], ensure_ascii=False, indent=1)


def item(work: Work) -> dict[str, Any]:
    """The item of a work, without what is not known."""
    made = {
        "id": work.key,
        "type": "chapter" if work.part else TYPES.get(work.kind, "report"),
        "title": work.cited,
        "container-title": work.title if work.part else "",
        "author": [{"literal": work.issuer}] if work.issuer else [],
        "issued": {"date-parts": [date_parts(work.issued)]} if work.issued else {},
        "number": work.number,
        "genre": work.kind_name,
        "section": work.section,
        "publisher": work.issuer,
        "archive": ARCHIVE,
        "keyword": ", ".join(work.themes),
        "language": work.language,
        "note": "Machine translation" if work.is_machine_translated else "",
        "URL": work.address,
        "accessed": {"date-parts": [date_parts(work.accessed.isoformat())]},
    }
    return {name: value for name, value in made.items() if value}


def date_parts(iso: str) -> list[int]:
    return [int(part) for part in iso.split("-")]
