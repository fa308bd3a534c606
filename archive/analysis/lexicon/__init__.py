"""Words as data: cue words, markers, actors and phrases, one folder per language.

`load("en", "markers")` reads `en/markers.toml` or `en/markers.json`, once per process. A file that is missing is a
programming error and raises FileNotFoundError.
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
