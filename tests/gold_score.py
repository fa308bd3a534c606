"""How well a reading agrees with labels: figures per layer, pooled over documents.

Both sides are records in the form of `archive.analysis.export.record`. A section is hit when a start lies within three
characters; a directive or formulation when the spans share at least 0.8 or 0.5 of their union. Each label and each
finding count once, the best pairs first. Attributes (level, modality, actor …) are judged on the hits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

Item = dict[str, Any]
_NEAR = 3


@dataclass
class Score:
    """Counts that add up over documents; `counts["sections hit"]`, `counts["level right"]` and so on."""

    counts: Counter[str] = field(default_factory=Counter)

    def f1(self, layer: str) -> float:
        hit, gold, found = (self.counts[f"{layer} {what}"] for what in ("hit", "gold", "found"))
        return 2 * hit / (gold + found) if gold + found else 1.0

    def share(self, attribute: str, layer: str) -> float:
        """How many of the layer's hits have the attribute right."""
        hit = self.counts[f"{layer} hit"]
        return self.counts[f"{attribute} right"] / hit if hit else 1.0

    def add(self, gold: Item, found: Item) -> None:
        self._layer("sections", gold, found, _closeness, {"level": _equal("level"), "kind": _equal("kind")})
        judges = {"modality": _equal("modality"), "actor": _same_actor, "theme": _theme_shared}
        self._layer("directives", gold, found, _overlap(0.8), judges)
        self._layer("formulations", gold, found, _overlap(0.5), {})
        self.counts["themes hit"] += len(set(gold["themes"]) & set(found["themes"]))
        self.counts["themes gold"] += len(gold["themes"])
        self.counts["themes found"] += len(found["themes"])

    def _layer(
        self,
        layer: str,
        gold: Item,
        found: Item,
        quality: Callable[[Item, Item], float],
        judges: dict[str, Callable[[Item, Item], bool]],
    ) -> None:
        pairs = list(_pairs(gold[layer], found[layer], quality))
        self.counts.update({f"{layer} gold": len(gold[layer]), f"{layer} found": len(found[layer])})
        self.counts[f"{layer} hit"] += len(pairs)
        for name, judge in judges.items():
            self.counts[f"{name} right"] += sum(judge(one, other) for one, other in pairs)


def _pairs(gold: list[Item], found: list[Item], quality: Callable[[Item, Item], float]) -> Iterable[tuple[Item, Item]]:
    ranked = sorted(
        ((quality(one, other), i, j) for i, one in enumerate(gold) for j, other in enumerate(found)), reverse=True
    )
    used: set[tuple[str, int]] = set()
    for value, i, j in ranked:
        if value > 0 and not used & {("gold", i), ("found", j)}:
            used |= {("gold", i), ("found", j)}
            yield gold[i], found[j]


def _closeness(one: Item, other: Item) -> float:
    return max(0, _NEAR + 1 - abs(one["start"] - other["start"]))


def _overlap(least: float) -> Callable[[Item, Item], float]:
    def quality(one: Item, other: Item) -> float:
        shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
        union = max(one["end"], other["end"]) - min(one["start"], other["start"])
        share = shared / union if union and shared > 0 else 0.0
        return share if share >= least else 0.0

    return quality


def _equal(name: str) -> Callable[[Item, Item], bool]:
    return lambda one, other: bool(one[name] == other[name])


def _same_actor(one: Item, other: Item) -> bool:
    words = [re.sub(r"^(the|all|all the)\s+", "", (item["actor"] or "").casefold().strip()) for item in (one, other)]
    return words[0] == words[1]


def _theme_shared(one: Item, other: Item) -> bool:
    return bool(set(one["themes"]) & set(other["themes"]))
