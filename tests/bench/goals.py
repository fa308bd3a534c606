"""What the archive wants to reach, beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MEGABYTE = 1_000_000
SLOWER = {"fts5": 15, "postgresql": 8, "whoosh": 25, "stock": 1000}
"""How many times faster than these a page of the engine has to be."""
GROWTH = 4
"""How many times longer a page may take in the largest corpus than in the smallest."""
LONG = {"one line of 240 KB": 3.0, "1 MB": 12.0}
"""Seconds for long documents."""


def goals(results: dict[str, Any]) -> list[list[str]]:
    """Rows of goal, measured, reached; at the largest size, and only what was measured."""
    sizes = results["search"]
    rows = [*_engine(sizes[-1]), *_service(sizes[-1]), *_build(sizes[-1]), *_growth(sizes)]
    rows += [*_reading(results.get("reading")), *_laws(results.get("laws"))]
    return [[goal, measured, "yes" if reached else "no"] for goal, measured, reached in rows]


Row = tuple[str, str, bool]


def _engine(found: dict[str, Any]) -> Iterator[Row]:
    contenders = found["contenders"]
    if "engine" not in contenders:
        return
    page = contenders["engine"]["classes"]["page"]
    if "tantivy" in contenders:
        for group, figure in (("page", "p50"), ("page", "p95"), ("phrase", "p95")):
            ratio = contenders["engine"]["classes"][group][figure] / contenders["tantivy"]["classes"][group][figure]
            yield f"engine, {group} {figure} ≤ 1.0 × tantivy's", f"{ratio:.2f} ×", ratio <= 1
    for name, wanted in SLOWER.items():
        if other := contenders.get(name, {}).get("classes", {}).get("page"):
            ratio = other["p50"] / page["p50"]
            yield (
                f"engine, page ≥ {wanted} × faster than {contenders[name]['label']}",
                f"{ratio:.1f} ×",
                ratio >= wanted,
            )


def _service(found: dict[str, Any]) -> Iterator[Row]:
    measured = {
        "service, page": (found["contenders"].get("service", {}).get("classes", {}).get("page"), 8, 15),
        "first page through gunicorn": (found.get("first page"), 25, 60),
    }
    for name, (times, median, high) in measured.items():
        if times:
            reached = times["p50"] <= median and times["p95"] <= high
            yield f"{name} p50 ≤ {median} ms, p95 ≤ {high} ms", f"{times['p50']:.1f}, {times['p95']:.1f} ms", reached


def _build(found: dict[str, Any]) -> Iterator[Row]:
    if each := found["contenders"].get("engine") or found["contenders"].get("service"):
        rate, memory = each["build"]["documents"] / each["build"]["seconds"], each["build"]["memory"] / MEGABYTE
        yield "build ≥ 800 documents/s", f"{rate:.0f} documents/s", rate >= 800
        yield "memory of the builder ≤ 700 MB", f"{memory:.0f} MB", memory <= 700


def _growth(sizes: list[dict[str, Any]]) -> Iterator[Row]:
    pages = [each["contenders"]["engine"]["classes"]["page"]["p50"] for each in sizes if "engine" in each["contenders"]]
    if len(pages) > 1:
        growth = pages[-1] / pages[0]
        yield f"engine, page grows ≤ {GROWTH} × from smallest to largest", f"{growth:.1f} ×", growth <= GROWTH


def _reading(found: dict[str, Any] | None) -> Iterator[Row]:
    for name, took in found["long documents"].items() if found else ():
        limit = next(seconds for ending, seconds in LONG.items() if name.endswith(ending))
        yield f"reading, {name} < {limit:.0f} s", f"{took:.1f} s", took < limit


def _laws(found: dict[str, Any] | None) -> Iterator[Row]:
    if found:
        exact = found["literal"]["equal"]
        yield (
            "Chinese strings found exactly",
            f"{exact} of {found['literal']['strings']}",
            exact == found["literal"]["strings"],
        )
