"""The documents whose lanterns the tests of the concordance look for."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.models import Document
from archive.search import SearchParams, indexer
from archive.search.concordance import Order, concordance
from archive.search.lines import Line
from tests.search_fixtures import make_document, make_source

MOST_QUERIES = 12
BOILERPLATE = "Menu lantern menu. "


@pytest.fixture
def library(index_folder: Path) -> dict[str, Document]:
    """Three English documents and a Chinese one; none but their lanterns is asked for."""
    made = {
        "old": make_document(
            "No hit here. ", "A red lantern hung low.", year=1999, issuer="harbour", themes=["visits"]
        ),
        "new": make_document(
            BOILERPLATE,
            "Lanterns of the old town; blue lantern boats.",
            year=2011,
            issuer="bureau",
            boilerplate=[(0, len(BOILERPLATE), "menu")],
        ),
        "undated": make_document("", "The amber lantern, zealously kept.", found_at="digest"),
        "zh": make_document("", "民警应当点亮灯笼。居民收起灯籠回家。", language="zh", year=2011, title="灯笼通知"),
        "draft": make_document("", "A secret lantern.", published=False, year=2011),
    }
    make_source("harbour")
    indexer.rebuild()
    return made


def asked(q: str, order: Order = Order.DATE, **filters: object) -> list[Line]:
    """All lines of a question."""
    found = concordance(SearchParams(q=q, **filters), order)
    return found.lines(found.order)


def shown(lines: list[Line]) -> list[tuple[str, str, str]]:
    return [(line.context.before, line.context.hit, line.context.after) for line in lines]
