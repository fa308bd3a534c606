"""The outline of a text: which markers open sections, what continues what, and how deep."""

from __future__ import annotations

from collections.abc import Sequence

from archive.spans import Boilerplate, FoundSection


def sections(text: str, language: str, boilerplate: Sequence[Boilerplate]) -> tuple[FoundSection, ...]:
    return ()
