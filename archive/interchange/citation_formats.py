"""The formats of citation files, each with what a response and a link say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.interchange import bibtex, csl_json, ris
from archive.interchange.works import Work


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """From works to pieces of a file."""

    name: str
    media_type: str
    write: Callable[[Iterable[Work]], Iterator[str]]


CITATIONS = {
    "bib": CitationFormat("BibTeX", bibtex.MEDIA_TYPE, bibtex.bibtex),
    "ris": CitationFormat("RIS", ris.MEDIA_TYPE, ris.ris),
    "csl.json": CitationFormat("CSL-JSON", csl_json.MEDIA_TYPE, lambda works: iter([csl_json.csl_json(works)])),
}
"""By the ending of the file."""
