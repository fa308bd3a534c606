"""The results as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.bench.contest import OURS
from tests.bench.goals import goals

ABOUT = Path(__file__).with_name("about.md")
MEGABYTE = 1_000_000


def markdown(results: dict[str, Any]) -> str:
    """A page with a table for everything that was measured."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: dict[str, Any]) -> Iterator[str]:
    yield "# How fast the archive is\n"
    machine = f"{results['cores']} cores and Python {results['python']}"
    yield (
        f"Measured by `make bench` on {results['begun']} with {machine}, in {results['rounds']} rounds. Milliseconds "
        "are the median, the 95th percentile and the worst of a round, of each the median of the rounds. Compare "
        "within one run, and repeat it: what else the machine does moves all figures.\n"
    )
    if results.get("kept"):
        yield "Indexes of the other engines, and how fast they were built, may be those of an earlier run (`--keep`).\n"
    if reading := results.get("reading"):
        yield from _reading(reading)
    for size in results.get("search", []):
        yield from _search(size)
    if laws := results.get("laws"):
        yield from _laws(laws)
    if results.get("search"):
        yield "## The goals\n"
        yield from table(["goal", "measured", "reached"], goals(results))
    yield ABOUT.read_text(encoding="utf-8").rstrip()


def _reading(reading: dict[str, Any]) -> Iterator[str]:
    yield f"## Reading: {reading['source']}, {reading['documents']} texts, {reading['characters']:,} characters\n"
    whole = reading["stages"]["all"]["seconds"]
    yield from table(
        ["stage", "characters per second", "share of the time"],
        [
            [name, f"{found['characters per second']:,.0f}", f"{found['seconds'] / whole:.0%}"]
            for name, found in reading["stages"].items()
        ],
    )
    yield from table(
        ["one long document", "seconds"], [[name, f"{took:.2f}"] for name, took in reading["long documents"].items()]
    )


def _search(found: dict[str, Any]) -> Iterator[str]:
    yield f"## Search: {found['documents']:,} documents, {found['sections']:,} sections\n"
    yield from _classes(found)
    yield "How many times the time of this archive (median / 95th percentile):\n"
    yield from _ratios(found)
    yield "Time of the processor alone, which a busy machine moves less (of PostgreSQL without its server):\n"
    yield from _classes(found, "cpu", ("all", "page", "phrase"))
    yield from _builds(found)
    if page := found.get("first page"):
        yield (
            f"First page through gunicorn, HTML of up to {page['bytes'] / 1000:.0f} KB, {page['requests']} requests: "
            f"**{_times(page)} ms**.\n"
        )
    for name, reason in found["skipped"].items():
        yield f"Skipped: {name} ({reason}).\n"


def _classes(found: dict[str, Any], clock: str = "classes", only: Sequence[str] = ()) -> Iterator[str]:
    contenders = found["contenders"]
    groups = only or next(iter(contenders.values()))[clock]
    yield from table(
        ["class", *(each["label"] for each in contenders.values())],
        [[group, *(_times(each[clock].get(group)) for each in contenders.values())] for group in groups],
    )


def _ratios(found: dict[str, Any]) -> Iterator[str]:
    contenders = found["contenders"]
    rows = []
    for other, group in [(name, group) for name in OURS if name in contenders for group in ("page", "all")]:
        own = contenders[other]["classes"][group]
        rows.append(
            [
                f"{group}, against the {other}",
                *(_ratio(each["classes"].get(group), own) for each in contenders.values()),
            ]
        )
    yield from table(["", *(each["label"] for each in contenders.values())], rows)


def _builds(found: dict[str, Any]) -> Iterator[str]:
    yield from table(
        ["", "built, documents/s", "index, MB", "memory of the builder, MB", "answered", "same answer", ""],
        [
            [
                each["label"],
                f"{each['build']['documents'] / each['build']['seconds']:.1f}",
                f"{each['size'] / MEGABYTE:.1f}",
                f"{each['build']['memory'] / MEGABYTE:.0f}",
                str(each["answered"]),
                str(each.get("agree", "")),
                each["build"]["note"],
            ]
            for each in found["contenders"].values()
        ],
    )


def _laws(found: dict[str, Any]) -> Iterator[str]:
    size = f"{found['documents']:,} texts, {found['sections']:,} sections, {found['characters']:,} characters"
    yield f"## Chinese: {size}\n"
    yield from table(
        ["strings against", "strings", "found exactly where they stand", "recall", "precision"],
        [
            [
                name,
                *(str(each[part]) for part in ("strings", "equal")),
                f"{each['recall']:.4f}",
                f"{each['precision']:.4f}",
            ]
            for name, each in (("the texts as typed", found["literal"]), ("the folded texts", found["folded"]))
        ],
    )
    yield from _classes(found)
    yield from _builds(found)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _times(found: dict[str, float] | None) -> str:
    return " / ".join(_short(found[name]) for name in ("p50", "p95", "worst")) if found else "–"


def _ratio(found: dict[str, float] | None, own: dict[str, float]) -> str:
    return " / ".join(_short(found[name] / own[name]) for name in ("p50", "p95")) if found else "–"


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 20 else f"{number:.1f}" if number >= 2 else f"{number:.2f}"
