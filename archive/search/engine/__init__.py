"""The search engine: Haystack on Whoosh 2.7.4. Whoosh is imported here and nowhere else.

`queries` turns Haystack's query into a plan, `reading` picks the state of the index to ask, `snapshot` and `segments`
answer from it, `schema` and `writing` fill it, `generations` keeps its folders.
"""

from __future__ import annotations

from haystack.backends import BaseEngine

from archive.search.engine.backend import ArchiveBackend
from archive.search.engine.queries import ArchiveQuery


class ArchiveEngine(BaseEngine):
    backend = ArchiveBackend
    query = ArchiveQuery


__all__ = ["ArchiveEngine"]
