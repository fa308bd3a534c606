"""The command line of `make bench`; `--help` lists what can be chosen."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench import corpus, laws, questions, reading
from tests.bench.contender import CONTENDERS
from tests.bench.contest import Contest, Options
from tests.bench.report import markdown

PARTS = ("reading", "search", "laws")


def names(allowed: tuple[str, ...]) -> Callable[[str], list[str]]:
    """Reads names with commas between them."""

    def read(raw: str) -> list[str]:
        found = [name.strip() for name in raw.split(",") if name.strip()]
        if unknown := set(found) - {*allowed}:
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: choose from {', '.join(allowed)}")
        return found

    return read


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench BENCH_OPTIONS=…", description=sys.modules["tests.bench"].__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add = parser.add_argument
    add("--only", type=names(PARTS), default=list(PARTS), help=f"of {','.join(PARTS)}")
    add("--sizes", type=lambda raw: [int(size) for size in raw.split(",")], default=[1000, 10_000], help="documents")
    add("--engines", type=names(tuple(CONTENDERS)), default=list(CONTENDERS), help=f"of {','.join(CONTENDERS)}")
    corpus_folder = os.environ.get("MASSLINE_CORPUS")
    add("--corpus", type=Path, default=corpus_folder and Path(corpus_folder), help="documents (MASSLINE_CORPUS)")
    add("--rounds", type=int, default=3, help="rounds; in each, everything is asked twice, and the second time counts")
    add("--budget", type=float, default=60.0, help="seconds of stock Haystack for a round")
    add("--pages", type=int, default=200, help="requests to gunicorn")
    add("--laws", type=int, default=0, help="at most so many Chinese texts of the corpus, 0 for all")
    add("--tantivy-python", default="", help="an interpreter that has the package tantivy")
    add("--postgresql-rows", action="store_true", help="keep the archive's rows in PostgreSQL, not in SQLite")
    add("--keep", action="store_true", help="keep the indexes; the next run uses those of the other engines")
    add("--out", type=Path, default=Path("var/bench"), help="folder of the results and of all that is made on the way")
    return parser.parse_args()


def main() -> None:
    chosen = arguments()
    if chosen.corpus and not chosen.corpus.is_dir():
        sys.exit(f"There is no folder {chosen.corpus}.")
    out = chosen.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    results: dict[str, Any] = {
        "begun": datetime.now(UTC).strftime("%Y-%m-%d"),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "rounds": chosen.rounds,
        "kept": chosen.keep,
        "search": [],
    }
    for measure in parts(chosen, out / "work"):
        measure(results)
        # What has been measured stays when a later part is interrupted.
        (out / "bench.json").write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
        (out / "bench.md").write_text(markdown(results), encoding="utf-8")
    print(f"\n{markdown(results)}\nWritten: {out / 'bench.md'}, {out / 'bench.json'}")


def parts(chosen: argparse.Namespace, work: Path) -> list[Callable[[dict[str, Any]], None]]:
    """What to measure, in order; each puts its figures into the results."""
    options = Options(
        names=chosen.engines,
        rounds=chosen.rounds,
        budget=chosen.budget,
        pages=chosen.pages,
        tantivy_python=chosen.tantivy_python,
        keep=chosen.keep,
        archive_on_postgresql=chosen.postgresql_rows,
    )

    def read(results: dict[str, Any]) -> None:
        print("== reading", flush=True)
        results["reading"] = reading.measure(chosen.corpus, chosen.rounds)

    def search(size: int) -> Callable[[dict[str, Any]], None]:
        def run(results: dict[str, Any]) -> None:
            print(f"== search, {size:,} documents", flush=True)
            contest = Contest(work / str(size), options)
            results["search"].append(contest.run(corpus.documents(size), questions.questions()))
            contest.clear()

        return run

    def chinese(results: dict[str, Any]) -> None:
        print("== Chinese texts", flush=True)
        results["laws"] = laws.measure(chosen.corpus, work / "laws", options, chosen.laws)

    made: list[Callable[[dict[str, Any]], None]] = [read] if "reading" in chosen.only else []
    made += [search(size) for size in sorted(chosen.sizes)] if "search" in chosen.only else []
    return [*made, chinese] if "laws" in chosen.only and chosen.corpus else made


if __name__ == "__main__":
    main()
