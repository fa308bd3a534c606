"""Words as data: cue words, markers, actors and phrases, one folder per language.

`load("en", "markers")` reads `en/markers.toml` or `en/markers.json`; `lines("zh", "page_furniture")` reads
`zh/page_furniture.txt`. Both are read once per process. A file that is missing is a programming error and
raises FileNotFoundError; a stage may ask `has()` first when a language need not have the file.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

_ENDINGS = (".toml", ".json")


def _file(language: str, name: str) -> Traversable:
    return files(__package__).joinpath(language, name)


def has(language: str, name: str) -> bool:
    """True when the language has a data file of this name (with or without its ending)."""
    return any(_file(language, name + ending).is_file() for ending in (*_ENDINGS, ".txt", ""))


@cache
def load(language: str, name: str) -> Mapping[str, Any]:
    """The parsed TOML or JSON file; the same object every time, not to be changed by the caller."""
    for ending in _ENDINGS:
        found = _file(language, name + ending)
        if found.is_file():
            text = found.read_text(encoding="utf-8")
            data: Mapping[str, Any] = tomllib.loads(text) if ending == ".toml" else json.loads(text)
            return data
    raise FileNotFoundError(f"no lexicon {language}/{name} (.toml or .json)")


@cache
def lines(language: str, name: str) -> tuple[str, ...]:
    """The lines of a txt file in their order, without white space at the ends, empty lines and # comments."""
    text = _file(language, name + ".txt").read_text(encoding="utf-8")
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))
