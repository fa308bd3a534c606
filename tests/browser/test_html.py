"""html-validate on every kind of page, in both languages."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from collections import defaultdict
from pathlib import Path

import pytest

from tests.browser.conftest import Site, npm_tool
from tests.browser.screenshots import PAGES

pytestmark = pytest.mark.browser

SETTINGS = Path(__file__).with_name("htmlvalidate.json")


def html_of(address: str, language: str) -> bytes:
    """The page, also where its status says that nothing is there."""
    request = urllib.request.Request(address, headers={"Accept-Language": language})
    try:
        with urllib.request.urlopen(request) as response:
            return bytes(response.read())
    except urllib.error.HTTPError as error:
        return error.read()


def test_html_is_valid(site: Site, tmp_path: Path):
    program = npm_tool(".bin/html-validate")
    for name, address in PAGES.items():
        for language in ("en", "zh-hans"):
            (tmp_path / f"{name}.{language}.html").write_bytes(html_of(site.url + address, language))
    command = [program, "--config", SETTINGS, "--formatter", "json", tmp_path]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    mistakes: dict[str, list[str]] = defaultdict(list)
    for file in json.loads(done.stdout):
        for message in file["messages"]:
            kind = f"{message['ruleId']}: {message['message']}"
            mistakes[kind].append(f"{Path(file['filePath']).name}:{message['line']}:{message['column']}")
    assert {kind: places[:5] for kind, places in mistakes.items()} == {}
