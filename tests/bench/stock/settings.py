"""The settings of Haystack's tutorial."""

import os
from pathlib import Path

from tests.bench.places import STOCK

_engine = "haystack.backends.whoosh_backend.WhooshEngine"
_folder = Path(os.environ[STOCK])

INSTALLED_APPS = ["haystack", "tests.bench.stock"]
HAYSTACK_CONNECTIONS = {
    "default": {"ENGINE": _engine, "PATH": str(_folder / "index")},
    # where its own way of building is measured
    "own": {"ENGINE": _engine, "PATH": str(_folder / "own")},
}
USE_TZ = True
