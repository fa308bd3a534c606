"""A query as it is searched for: read, widened by its variants, with the archive's own names for what readers type."""

from __future__ import annotations

from dataclasses import dataclass

from archive.search.conditions import resolved
from archive.search.expansion import expand
from archive.search.families import families
from archive.search.page import QueryWarning, Variant, Variants
from archive.search.query import parse
from archive.search.tree import Node


@dataclass(frozen=True, slots=True)
class Understood:
    """`typed` is the tree before variants were added and names became slugs; `refused`: it was not looked at at all."""

    tree: Node | None
    typed: Node | None
    warnings: tuple[QueryWarning, ...]
    searched: tuple[Variant, ...]
    offered: tuple[Variant, ...]
    refused: bool


def understood(q: str, variants: Variants = Variants()) -> Understood:  # noqa: B008 - a value, never changed
    query = parse(q)
    wide = expand(query.tree, families(), variants)
    tree, doubts = resolved(wide.tree)
    return Understood(tree, query.tree, query.warnings + doubts, wide.searched, wide.offered, query.refused)
